"""One reader a format or place: each turns bytes into records."""
