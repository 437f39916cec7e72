"""One reader a format: each turns the bytes of a file into articles not yet cleaned. Start at `open.open_source`."""
