"""Every sentence a reader can see, one file for each language; `bot.messages.catalogue` reads them."""
