"""What a command, message or button does: each handler reads an update, asks the archive and sends a reply."""
