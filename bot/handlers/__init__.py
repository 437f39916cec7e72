"""Thin functions that updates are handed to: each reads one, asks the archive, hands a reply to the outbox."""
