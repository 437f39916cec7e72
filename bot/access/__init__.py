"""Who may ask, how often and how much: roles and limits."""
