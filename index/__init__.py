"""The archive: reading, storing, finding and quoting articles. Knows neither Telegram nor settings."""
