"""Passages and questions as vectors: the model, the nearest-neighbour index, its file."""
