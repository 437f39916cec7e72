"""From the passages found to an answer that quotes. Doors: `ask` for a question, `recall` for an answer given."""
