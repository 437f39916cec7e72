"""From a record to canonical text, labels and metadata. Door: `article.clean`."""
