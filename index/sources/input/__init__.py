"""Bytes, folders, encodings and fields: what readers of every format need."""
