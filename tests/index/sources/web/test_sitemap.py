"""Sitemaps: pages, further sitemaps and news, and what is none."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newssite import article_page, rss, sitemap_index, urlset

from index.sources.web.lead import Lead
from index.sources.web.sitemap import NoSitemap, Sitemap, read

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
  <url>
    <loc>https://mail.example/ferry</loc>
    <news:news>
      <news:publication><news:name>The Oldport Mail</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2026-03-02T07:00:00+01:00</news:publication_date>
      <news:title>Ferry &amp; bridge closed</news:title>
    </news:news>
  </url>
</urlset>"""


def no_sitemap(data: str | bytes) -> str:
    with pytest.raises(NoSitemap) as said:
        read(data.encode() if isinstance(data, str) else data)
    return str(said.value)


def test_pages_with_the_day_of_their_last_change():
    found = read(
        urlset(
            ("https://a.example/1", "2026-03-02"), ("https://a.example/2", "2026-03-02T07:00Z"), "https://a.example/3"
        ).encode()
    )
    assert found == Sitemap(
        (
            Lead("https://a.example/1", changed=datetime(2026, 3, 3, tzinfo=UTC)),  # any time of that day
            Lead("https://a.example/2", changed=datetime(2026, 3, 2, 7, tzinfo=UTC)),
            Lead("https://a.example/3"),
        )
    )


def test_news_with_what_it_says_of_them():
    assert read(NEWS.encode()) == Sitemap(
        (
            Lead(
                "https://mail.example/ferry",
                title="Ferry & bridge closed",
                published="2026-03-02T07:00:00+01:00",
                outlet="The Oldport Mail",
                language="en",
                changed=datetime(2026, 3, 2, 6, tzinfo=UTC),
            ),
        ),
        news=True,
    )


def test_further_sitemaps():
    assert read(sitemap_index("https://a.example/1.xml", "https://a.example/2.xml.gz").encode()).children == (
        "https://a.example/1.xml",
        "https://a.example/2.xml.gz",
    )


def test_a_plain_list_of_addresses():
    found = read(b"\xef\xbb\xbfhttps://a.example/1\r\nhttps://a.example/2\r\n", "text/plain")
    assert [lead.url for lead in found.leads] == ["https://a.example/1", "https://a.example/2"]


def test_pictures_in_a_sitemap_are_no_pages():
    data = urlset("https://a.example/1").replace(
        "</url>", '<image:image xmlns:image="x"><image:loc>https://a.example/p.jpg</image:loc></image:image></url>'
    )
    assert [lead.url for lead in read(data.encode()).leads] == ["https://a.example/1"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (article_page("A", "B"), 'is not a sitemap but a web page; set kind = "pages"'),
        (rss("", {"link": "/a"}), 'is not a sitemap but an RSS feed; set kind = "feed"'),
        ("", "is not a sitemap but an empty document; check the address"),
        (b"\x89PNG\r\n", "is not a sitemap but a picture; check the address"),
    ],
)
def test_what_is_no_sitemap_is_called_what_it_is(data, said):
    assert no_sitemap(data) == said


def test_one_that_is_cut_short_counts_for_nothing():
    """What it does not list would be taken for gone."""
    whole = urlset(*(f"https://a.example/{n}" for n in range(9)))
    assert no_sitemap(whole[: len(whole) // 2]).startswith("is not valid XML (")


class TestHostileSitemaps:
    def test_entities_are_not_unfolded(self):
        entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        bomb = f'<!DOCTYPE urlset [<!ENTITY e0 "x">{entities}]><urlset><url><loc>&e11;</loc></url></urlset>'
        began = time.monotonic()
        try:
            assert read(bomb.encode()).leads == ()
        except NoSitemap as error:
            assert "not valid XML" in str(error)
        assert time.monotonic() - began < 2

    def test_files_of_this_machine_are_not_read(self, tmp_path):
        (tmp_path / "secret").write_text("https://secret.example/")
        data = (
            f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
            "<urlset><url><loc>https://a.example/&x;</loc></url></urlset>"
        )
        assert all("secret" not in lead.url for lead in read(data.encode()).leads)

    def test_depth_is_bounded(self):
        assert "not valid XML" in no_sitemap("<urlset>" + "<url>" * 50_000)

    def test_one_that_lists_more_than_any_may(self):
        listed = "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(100_001))
        assert no_sitemap(f"<urlset>{listed}</urlset>") == "lists more than 100,000 addresses, which no sitemap may"

    @given(
        st.binary(max_size=200),
        st.sampled_from([NEWS, urlset("https://a.example/1"), sitemap_index("https://a.example/1")]),
    )
    def test_whatever_comes_is_a_sitemap_or_said_to_be_none(self, noise, whole):
        data = whole.encode()
        cut = len(noise) * 7 % len(data)
        for damaged in (noise, data[:cut] + noise + data[cut:], data[:cut] + noise):
            try:
                found = read(damaged)
            except NoSitemap as error:
                assert str(error)
            else:
                assert all(isinstance(lead.url, str) for lead in found.leads)
