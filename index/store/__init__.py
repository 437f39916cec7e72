"""SQLite, the archive's only truth. Every SQL statement of the archive stands in this room.

One file a noun: articles (with their versions), passages (with the full text), vectors, answers, runs. Each function
takes an open `Database` first, so that the caller decides what is one transaction.
"""
