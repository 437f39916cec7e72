"""What the owner of an archive can set: the settings and the file that documents them."""
