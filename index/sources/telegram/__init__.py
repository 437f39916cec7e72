"""Posts of Telegram channels, one by one or as an export."""
