"""Quotewire: ask a news archive in Telegram or the terminal. `python run_bot.py --help` lists the commands."""

import sys

from bot.terminal.cli import main

if __name__ == "__main__":
    sys.exit(main())
