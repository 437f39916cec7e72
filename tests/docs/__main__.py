"""`python -m tests.docs`: write what the documents show of the program itself, after it has changed."""

from tests.docs import architecture, commands

commands.PAGE.write_text(commands.written(commands.PAGE.read_text("utf-8")), "utf-8")
architecture.PICTURE.write_text(architecture.drawing(), "utf-8")
