"""Pages in the manner of news sites, each with its trap: what they say is read, and no sentence is lost."""

from __future__ import annotations

from functools import cache

import pytest

from index.datatypes import Label
from tests.quality import pages

read = cache(pages.read)


def test_every_page_has_its_expectations():
    assert len(pages.names()) >= 40
    assert {path.stem for path in pages.PAGES.rglob("*.toml")} == set(pages.names())


def test_the_shares_do_not_fall():
    shares = pages.shares([read(name) for name in pages.names()])
    floors = {"title": 0.98, "date": 0.98, "outlet": 0.98, "authors": 0.98, "label": 0.98, "text": 0.985}
    assert {field: share for field, share in shares.items() if share < floors[field]} == {}


@pytest.mark.parametrize("name", pages.names())
def test_no_sentence_is_lost(name):
    assert read(name).lost == ()


def test_a_live_blog_keeps_each_entry_under_its_time():
    paper = pages.manuscript("live_blog")
    starts = [start for start, _ in paper.metadata.entries]
    moments = [moment.strftime("%H:%M") for _, moment in paper.metadata.entries]
    assert moments == ["14:32", "13:05", "11:48", "09:25"]
    labels = {one.start: one.label for one in paper.labels}
    assert all(labels[start] is Label.HEADING for start in starts)  # so that no passage goes over it
    assert all(moment.utcoffset() is not None for _, moment in paper.metadata.entries)


def test_a_correction_in_the_text_is_known_by_its_place():
    paper = pages.manuscript("correction_note")
    note = paper.metadata.correction
    assert note is not None and note.of(paper.text).startswith("Correction: An earlier version")


def test_a_retracted_article_is_known_as_one():
    assert pages.manuscript("retracted").metadata.retracted
    assert not pages.manuscript("correction_note").metadata.retracted
