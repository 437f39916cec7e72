"""Candidates for a question and their order. Door: `retrieve.retrieve`."""
