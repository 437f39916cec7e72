"""Bringing the archive up to date. Door: `refresh.refresh`."""
