"""How things look: the text and buttons of every message. Pure."""
