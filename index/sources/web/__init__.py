"""Articles from the web: feeds, sitemaps and single pages, fetched politely."""
