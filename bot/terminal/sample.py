"""The sample archive: a way to try Quotewire with nothing set up, in a data folder of its own.

Called by `ask --sample` and `chat --sample`, with the settings that `sample_settings` gives. Must not touch the data
folder of the real archive.
"""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

import index.sample
from bot.open_archive import open_archive
from bot.terminal.progress import watched
from config.settings import Settings
from index.archive import Archive
from index.errors import RunBusy

ARTICLES = Path(index.sample.__file__).parent / "articles"
QUESTIONS = ARTICLES.with_name("questions.jsonl")  # with known answers, for `evaluate --sample`


def sample_settings(settings: Settings) -> Settings:
    """The settings, aimed at the sample's data folder: next to the real one, named after it."""
    path = settings.archive.path.absolute()
    archive = settings.archive.model_copy(update={"path": path.with_name(f"{path.name or 'quotewire'}-sample")})
    return settings.model_copy(update={"archive": archive})


def open_sample(settings: Settings, screen: Console) -> Archive:
    """The sample archive, brought up to date with the articles it is made of; the first time takes some seconds."""
    archive = open_archive(settings)
    known = archive.status().articles
    if not known:
        screen.print("Indexing the sample articles, which is done once.")
    try:
        watched(archive, lambda tell: archive.reindex([ARTICLES], progress=tell, by="sample"), screen)
    except RunBusy:  # another process is at it
        if not known:
            raise
    return archive
