"""Kinds of articles are told by their section, the beginning of their headline and the folders of their address."""

from __future__ import annotations

import pytest

from index.clean.labels import article_label
from index.datatypes import ArticleLabel


def label(given="", sections=(), title="Ferry stops in May", url="", text="The ferry stops.") -> ArticleLabel | None:
    return article_label(given, sections, title, url, text)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (label("Opinion"), "opinion"),
        (label(sections=["News", "Leitartikel"]), "opinion"),
        (label(sections=["رأي"]), "opinion"),
        (label(title="Opinion: Let the ferry go"), "opinion"),
        (label(url="https://mail.example/commentisfree/2024/ferry"), "opinion"),
        (label(text="The ferry. The views expressed in this commentary are her own."), "opinion"),
        (label(sections=["Satire"]), "satire"),
        (label(url="https://mail.example/satira/transbordador"), "satire"),
        (label(sections=["Paid content by Norvik Mutual"]), "sponsored"),
        (label(sections=["На правах рекламы"]), "sponsored"),
        (label(url="https://mail.example/brandedcontent/pension"), "sponsored"),
        (label(title="Live updates: Ferry aground"), "live"),
        (label(sections=["Liveticker"]), "live"),
        (label(title="Correction: Ferry stops in May"), "correction"),
        (label("live", sections=["Opinion"]), "live"),  # what the record itself says goes first
        (label(sections=["Opinion"], title="Sponsored: A pension for you"), "sponsored"),  # the surer warning first
    ],
)
def test_kinds(found, expected):
    assert found == expected


@pytest.mark.parametrize(
    "found",
    [
        label(title="Opinion poll: valley turns against plant"),
        label(title="Opinions differ on the ferry"),
        label(sections=["Public opinion"]),
        label(sections=["Live music", "Culture"]),
        label(url="https://mail.example/news/opinion-poll-ferry"),
        label(url="https://mail.example/culture/satire-museum-opens"),
        label(url="https://mail.example/opinion"),  # the last part is the article's own name
        label(title="Sponsored walk raises 3,000 crowns"),
        label(title="Live eels found in harbour"),
        label(title="Column falls from town hall"),
        label(text="The minister said the views expressed by his deputy were wrong."),
        label(url="http://[broken"),
    ],
)
def test_what_only_sounds_like_a_kind_is_news(found):
    assert found is None
