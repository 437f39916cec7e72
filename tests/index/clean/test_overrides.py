"""What people say of articles goes over what was read: rules by domain and folder, sidecars over all."""

from __future__ import annotations

import pytest

from index.clean.article import clean
from index.clean.overrides import PAYWALLED_QUOTE, BadOverride, Override, Rule, apply, override_of
from index.datatypes import ArticleLabel, DateOrigin, Record

BODY = "The ferry to Sandholm will stop in May.\n\nThe harbour board said so on Monday evening."


def record(key: str = "2017/ferry.txt", **fields: object) -> Record:
    return Record(key, "text", BODY, {"title": "Ferry stops", **fields})


def metadata(one: Record):
    return clean(one).metadata


def test_a_record_of_which_nothing_is_said_stays_the_same():
    one = record()
    assert apply(one, [Rule("2018", Override(outlet="The Mail"))]) is one


@pytest.mark.parametrize(
    ("where", "covered"),
    [
        ("2017", True),
        ("2017/", True),
        ("2017/ferry.txt", True),
        ("201", False),
        ("mail.example", True),
        ("https://www.mail.example/", True),
        ("sport.mail.example", False),
        ("ail.example", False),
    ],
)
def test_a_rule_is_about_a_folder_or_a_domain(where, covered):
    assert Rule(where, Override(outlet="X")).covers(record(url="https://www.mail.example/ferry")) is covered


def test_later_rules_go_over_earlier_ones_and_a_sidecar_over_all():
    rules = [
        Rule("2017", Override(outlet="The Mail", language="de")),
        Rule("mail.example", Override(outlet="Mail on Sunday")),
    ]
    one = apply(record(url="https://mail.example/a"), rules, Override(outlet="The Evening Mail"))
    assert (metadata(one).outlet, metadata(one).lang) == ("The Evening Mail", "de")


def test_every_field_arrives():
    said = Override(
        title="A better headline",
        agency="AP",
        authors=("Ada Venn",),
        published="2017-11-21",
        url="https://mail.example/ferry?utm_source=x",
        section="Kommentar",
    )
    found = metadata(apply(record(), own=said))
    assert (found.title, found.agency, found.authors) == ("A better headline", "AP", ("Ada Venn",))
    assert (str(found.published), found.date_origin) == ("2017-11-21", DateOrigin.EDITOR)
    assert (found.url, found.label) == ("https://mail.example/ferry", ArticleLabel.OPINION)


def test_a_label_given_goes_before_what_section_and_address_say():
    one = record(url="https://mail.example/opinion/ferry", sections=["Opinion"])
    assert metadata(one).label is ArticleLabel.OPINION
    assert metadata(apply(one, own=Override(label="news"))).label is None
    assert metadata(apply(one, own=Override(label="satire"))).label is ArticleLabel.SATIRE


def test_a_paywall_makes_quotes_shorter():
    assert metadata(apply(record(), own=Override(paywall=True))).max_quote_chars == PAYWALLED_QUOTE
    assert metadata(apply(record(), own=Override(paywall=True, max_quote_chars=90))).max_quote_chars == 90
    assert metadata(record()).max_quote_chars is None


def test_a_paywall_can_be_lifted_for_one_article():
    rules = [Rule("mail.example", Override(paywall=True))]
    one = apply(record(url="https://mail.example/a"), rules, Override(paywall=False))
    assert metadata(one).max_quote_chars is None


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"outlte": "X"}, "outlte is not known; known are agency, authors, "),
        ({"label": "gossip"}, "label is 'gossip'; known are news, opinion, "),
        ({"language": "english"}, "write two letters"),
        ({"paywall": "yes"}, "paywall is neither true nor false"),
        ({"max_quote_chars": 0}, "write a number from 1 up"),
        ({"max_quote_chars": "90"}, "max_quote_chars is no number"),
        ({"authors": [1]}, "authors is no list of names"),
        ({"outlet": ""}, "outlet is no text"),
        ({"published": "in May"}, "write YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_understood_is_named(values, complaint):
    with pytest.raises(BadOverride, match=complaint):
        override_of(values)
