"""The built-in sample archive: invented news articles and the questions they answer, shipped as package data."""
