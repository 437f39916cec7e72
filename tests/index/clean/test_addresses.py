from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean.addresses import canonical, identity

PLAIN = "https://www.lakeshore-courier.example/world/2024/05/ferry-strike-ends"


@pytest.mark.parametrize(
    "other",
    [
        PLAIN + "?utm_source=x&utm_medium=social",
        PLAIN + "?fbclid=IwAR0abc",
        PLAIN + "?gclid=1&msclkid=2&yclid=3&igshid=4&twclid=5",
        PLAIN + "?at_medium=RSS&at_campaign=KARANGA",
        PLAIN + "?smid=tw-share",
        PLAIN + "?ref=hp&CMP=Share_iOSApp_Other",
        PLAIN + "?source=rss",
        PLAIN + "?from=newsletter",
        PLAIN + "#comments",
        PLAIN + "#:~:text=the%20ferry",
        PLAIN + "?amp",
        PLAIN + "?amp=1",
        PLAIN + "?outputType=amp",
        PLAIN + "?print=true",
        PLAIN + "/amp",
        PLAIN + ".amp",
        "HTTPS://WWW.Lakeshore-Courier.EXAMPLE:443/world/2024/05/ferry-strike-ends",
        "https://www.lakeshore-courier.example/amp/world/2024/05/ferry-strike-ends",
        "https://www.lakeshore-courier.example//world/./2024/05/x/../ferry-strike-ends",
        "https://www.lakeshore-courier.example/world/2024/05/ferry-strike-ends;jsessionid=0AF?utm_id=1",
        "https://www.lakeshore-courier.example/world/2024/05/ferry%2Dstrike%2Dends",
        "https://www.google.com/amp/s/www.lakeshore-courier.example/world/2024/05/ferry-strike-ends",
        "https://www-lakeshore--courier-example.cdn.ampproject.org/c/s/"
        "www.lakeshore-courier.example/world/2024/05/ferry-strike-ends?usqp=mq331&amp_js_v=0.1",
        f"  {PLAIN}\n",
    ],
)
def test_one_article_has_one_address(other):
    assert canonical(other) == PLAIN


@pytest.mark.parametrize(
    ("mobile", "plain"),
    [
        ("https://m.lakeshore.example/a/b", "https://lakeshore.example/a/b"),
        ("https://mobile.lakeshore.co.uk/a", "https://lakeshore.co.uk/a"),
        ("https://amp.lakeshore.example/a", "https://lakeshore.example/a"),
        ("https://de.m.lakeshore.example/a", "https://de.lakeshore.example/a"),
    ],
)
def test_the_mobile_site_is_the_site(mobile, plain):
    assert canonical(mobile) == plain


@pytest.mark.parametrize(
    "url",
    [
        "https://lakeshore.example/story.php?id=4711",
        "https://lakeshore.example/?p=81&page=2",
        "https://lakeshore.example/article?cid=99812&source=wire-desk",
        "https://lakeshore.example/a?session_report=7",
        "https://m.example/a",  # the site's whole name
        "https://m.co.uk/a",
        "https://lakeshore.example/amp",  # a story about amplifiers, or a front page
        "https://lakeshore.example/guitar-amp-review",
        "http://127.0.0.1:8080/story",
        "http://[::1]:8080/story",
        "https://lakeshore.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        "https://lakeshore.example/a%2Fb?next=%2Fhome",
    ],
)
def test_what_chooses_the_article_stays(url):
    assert canonical(url) == url


def test_both_ways_of_writing_a_letter_are_one():
    assert canonical("https://lakeshore.example/новости?q=да") == canonical(
        "https://lakeshore.example/%d0%bd%d0%be%d0%b2%d0%be%d1%81%d1%82%d0%b8?q=%D0%B4%D0%B0"
    )


@pytest.mark.parametrize(
    "odd", ["", "not an address", "mailto:desk@example.org", "https://", "http://[bad", "ftp://a/b"]
)
def test_what_is_no_address_of_the_web_stays_as_it_is(odd):
    assert canonical(odd) == odd
    assert identity(odd) == ""


@pytest.mark.parametrize(
    "twin",
    [
        "http://lakeshore-courier.example/world/2024/05/ferry-strike-ends/",
        "https://m.lakeshore-courier.example/world/2024/05/ferry-strike-ends?utm_source=x",
        "https://www.lakeshore-courier.example/world/2024/05/ferry-strike-ends/index.html",
    ],
)
def test_twins_are_compared_without_scheme_www_and_closing_slash(twin):
    assert identity(twin) == identity(PLAIN) == "lakeshore-courier.example/world/2024/05/ferry-strike-ends"


def test_the_order_of_parameters_does_not_make_another_article():
    assert identity("https://a.example/s?id=1&part=2") == identity("https://a.example/s?part=2&id=1")
    assert identity("https://a.example/s?id=1") != identity("https://a.example/s?id=2")


ADDRESSES = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.from_regex(r"[a-z0-9.\[\]:@-]{1,20}", fullmatch=True),
    st.text(max_size=30).map(lambda text: "/" + text),
    st.text(max_size=20).map(lambda text: "?" + text),
    st.text(max_size=5).map(lambda text: "#" + text),
)


@given(st.one_of(st.text(max_size=60), ADDRESSES))
def test_any_text_is_taken_and_twice_is_once(text):
    once = canonical(text)
    assert canonical(once) == once
    assert identity(once) == identity(text)
