"""Everything between the bot and Telegram: sending, pace, polling, posts, albums, menus. Door: `outbox`."""
