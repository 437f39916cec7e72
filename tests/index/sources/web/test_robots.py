"""What robots.txt allows: the rules of RFC 9309, and whatever else hosts write there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.web.robots import Robots, product, read

URL = "https://mail.example"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /news/", "/news/a", True),  # the longest rule counts
        ("User-agent: *\nAllow: /\nDisallow: /news/", "/news/a", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?page=2", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: Quotewire\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: QUOTEWIRE\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /%D0%B0", "/а", False),
        ("<html>not found</html>", "/a", True),
        ("", "/a", True),
    ],
)
def test_the_rule_that_fits_best_counts(rules, path, allowed):
    assert read(rules.encode(), "Quotewire/1.0 (+https://paper.example/bot)").allows(URL + path) is allowed


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nRequest-rate: 1/30", 30),
        ("User-agent: *\nCrawl-delay: 2\nRequest-rate: 1/30", 30),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: -5", 0),
        ("User-agent: other\nCrawl-delay: 9", 0),
    ],
)
def test_the_longest_pace_counts(rules, delay):
    assert read(rules.encode(), "Quotewire").delay == delay


def test_rules_that_cannot_be_reached_allow_nothing():
    assert not Robots(None, "Quotewire", "the host is silent").allows(f"{URL}/a")
    assert Robots(None, "Quotewire").allows(f"{URL}/a")


@pytest.mark.parametrize("agent", ["Quotewire", "Quotewire/1.0", "Quotewire (+https://a.example)", "Quotewire/1 x/2"])
def test_a_program_is_known_by_the_first_word_of_its_name(agent):
    assert product(agent) == "Quotewire"


@given(st.binary(max_size=400) | st.text(alphabet="User-agent: *\nDisallowCrw/$%0159?", max_size=300).map(str.encode))
def test_whatever_stands_there_says_yes_or_no(data):
    rules = read(data, "Quotewire")
    assert rules.allows(f"{URL}/a?b=%D0") in (True, False)
    assert rules.delay >= 0
