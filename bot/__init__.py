"""Everything a person sees: the Telegram bot and the terminal. Knows `index` and `config`; nothing below knows it."""
