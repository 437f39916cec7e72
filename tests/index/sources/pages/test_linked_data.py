"""The article of a page's JSON-LD is found among everything that is described there."""

from __future__ import annotations

import json

import pytest

from index.clean.addresses import identity
from index.sources.pages.linked_data import article, facts, folded, nodes, updates


def found(*things: object, address: str = "", headline: str = "") -> dict:
    known = nodes([one if isinstance(one, str) else json.dumps(one) for one in things])
    addresses = frozenset(filter(None, [identity(address)]))
    node = article(known, addresses=addresses, headlines=frozenset(filter(None, [folded(headline)])))
    return facts(node) if node is not None else {}


NEWS = {"@type": "NewsArticle", "headline": "Ferry stops", "author": {"@type": "Person", "name": "Ada Venn"}}


@pytest.mark.parametrize(
    "thing",
    [
        NEWS,
        [NEWS],
        {"@graph": [{"@type": "WebSite", "name": "Mail"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        {**NEWS, "@type": ["Article", "ReportageNewsArticle"]},
        {**NEWS, "@type": "http://schema.org/BackgroundNewsArticle"},
        "<!-- " + json.dumps(NEWS) + " -->",
        json.dumps(NEWS)[:-1] + ",}",
        json.dumps({**NEWS, "description": "x"}).replace("x", "two\nlines"),
    ],
)
def test_however_it_is_wrapped(thing):
    assert found("{broken", thing) == {"title": "Ferry stops", "authors": ["Ada Venn"]}


@pytest.mark.parametrize("thing", ["", "null", "[[[[", "[" * 5_000, '"text"', {"@type": "Recipe", "name": "Soup"}])
def test_what_is_no_article_gives_nothing(thing):
    try:
        assert found(thing) == {}
    except RecursionError:
        pytest.fail("nesting is not bounded")


def test_the_article_of_the_page_is_told_from_links_to_others():
    other = {**NEWS, "headline": "Wolves", "url": "https://mail.example/wolves", "author": "Tom Weller"}
    mine = {**NEWS, "mainEntityOfPage": {"@id": "https://mail.example/ferry"}}
    assert found(other, mine, address="https://www.mail.example/ferry?utm_source=x")["title"] == "Ferry stops"
    assert found(other, mine, headline="Ferry stops in May")["title"] == "Ferry stops"
    assert found(other, address="https://mail.example/ferry", headline="Ferry stops") == {}


def test_what_is_only_named_is_looked_up():
    graph = [
        {"@type": "Person", "@id": "#ada", "name": "Ada Venn"},
        {"@type": "NewsMediaOrganization", "@id": "#mail", "name": "The Mail"},
        {"@type": "NewsArticle", "headline": "Ferry stops", "author": [{"@id": "#ada"}], "publisher": {"@id": "#mail"}},
    ]
    assert found({"@graph": graph}) == {"title": "Ferry stops", "authors": ["Ada Venn"], "outlet": "The Mail"}


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("OpinionNewsArticle", "opinion"),
        ("AdvertiserContentArticle", "sponsored"),
        ("SatiricalArticle", "satire"),
        ("LiveBlogPosting", "live"),
        ("AnalysisNewsArticle", None),
    ],
)
def test_the_type_says_the_kind(kind, label):
    assert found({**NEWS, "@type": kind}).get("label") == label


def test_an_agency_is_no_person_and_an_organisation_nobody():
    authors = [
        {"@type": "Organization", "name": "Reuters"},
        {"@type": "Organization", "name": "Harbour desk"},
        "Ada Venn",
    ]
    one = found({**NEWS, "author": authors})
    assert (one["agency"], one["authors"]) == ("Reuters", ["Ada Venn"])


def test_corrections_and_retractions():
    comment = {"@type": "CorrectionComment", "text": "The ferry stops in June.", "name": "Correction"}
    assert found({**NEWS, "correction": comment})["correction"] == "The ferry stops in June."
    assert found({**NEWS, "creativeWorkStatus": "Retracted"})["retracted"] is True


def test_the_entries_of_a_live_blog():
    blog = {
        "@type": "LiveBlogPosting",
        "liveBlogUpdate": [{"headline": "A", "datePublished": "2024", "articleBody": "B"}, {}],
    }
    assert updates(blog) == [("2024", "A", "B")]
