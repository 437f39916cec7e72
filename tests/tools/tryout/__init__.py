"""Quotewire without a token: the real bot on the local Telegram server, for a newcomer's hands and the README's eyes.

`python -m tryout` is the text client of `make try`; `python -m tryout.pictures` draws the README's pictures.

`desk` starts server and bot, `client` is what a person at the terminal does, `screen` and `drawing` show messages (both
read them through `marks`), `exchanges` are the conversations of the pictures.
"""
