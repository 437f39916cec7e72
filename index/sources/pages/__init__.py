"""Web pages: their body, their facts, what surrounds the article. Door: `web_page.read`."""
