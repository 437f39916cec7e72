"""Feeds of every dialect: what they say of their articles, and what is no feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newssite import article_page, rss, sitemap_index, urlset

from index.sources.web.feed import NoFeed, read
from index.sources.web.lead import Lead

URL = "https://mail.example/feeds/news.xml"

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
  <title>The Oldport Mail</title>
  <entry>
    <title type="html">Ferry &amp;amp; bridge: &lt;em&gt;both&lt;/em&gt; closed</title>
    <link rel="alternate" href="/2026/ferry"/>
    <id>tag:mail.example,2026:1</id>
    <published>2026-03-02T07:00:00+01:00</published>
    <updated>2026-03-02T09:30:00+01:00</updated>
    <author><name>Ada Venn</name></author><author><name>Tom Reck</name></author>
    <summary>Short.</summary>
    <content type="html">&lt;p&gt;The ferry is closed.&lt;/p&gt;&lt;p&gt;So is the bridge.&lt;/p&gt;</content>
  </entry>
</feed>"""

JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Oldport Mail",
    "language": "en",
    "authors": [{"name": "Imke Sand"}],
    "items": [
        {
            "id": "1",
            "url": "https://mail.example/ferry",
            "title": "Ferry stops",
            "content_html": "<p>The ferry is closed.</p>",
            "date_published": "2026-03-02T07:00:00+01:00",
            "authors": [{"name": "Ada Venn"}],
        },
        {"id": "https://mail.example/bridge", "content_text": "The bridge <is> open.\n\nAt last."},
    ],
}


def leads(data: str | bytes, media: str = "") -> tuple[Lead, ...]:
    return read(data.encode() if isinstance(data, str) else data, URL, media).leads


def no_feed(data: str | bytes, media: str = "") -> str:
    with pytest.raises(NoFeed) as said:
        leads(data, media)
    return str(said.value)


class TestRss:
    def test_an_entry_says_what_it_knows(self):
        (lead,) = leads(
            rss(
                "The Oldport Mail",
                {
                    "title": "Ferry stops",
                    "link": "https://mail.example/ferry",
                    "published": "Mon, 02 Mar 2026 07:00:00 +0100",
                    "author": "Ada Venn and Tom Reck",
                    "id": "1",
                },
            )
        )
        assert lead == Lead(
            url="https://mail.example/ferry",
            title="Ferry stops",
            published="Mon, 02 Mar 2026 07:00:00 +0100",
            authors=("Ada Venn", "Tom Reck"),
            changed=datetime(2026, 3, 2, 6, tzinfo=UTC),
            id="https://mail.example/feeds/1",
        )

    def test_a_whole_article_is_told_from_a_summary(self):
        whole, summary = leads(
            rss(
                "",
                {"link": "https://a.example/1", "content": "<p>All of it.</p>", "description": "Some."},
                {"link": "https://a.example/2", "description": "<p>Some.</p>"},
            )
        )
        assert (whole.content, summary.content) == ("<p>All of it.</p>", "")

    def test_an_address_may_be_relative_or_the_guid(self):
        first, second = leads(rss("", {"link": "/ferry"}, {"id": "https://mail.example/bridge"}))
        assert (first.url, second.url) == ("https://mail.example/ferry", "https://mail.example/bridge")

    def test_an_address_for_mail_is_no_author(self):
        (lead,) = leads("<rss><channel><item><author>desk@mail.example</author><link>/a</link></item></channel></rss>")
        assert lead.authors == ()

    def test_an_encoding_is_believed_where_it_is_declared(self):
        item = "<rss><channel><item><title>Паром</title></item></channel></rss>"
        data = f'<?xml version="1.0" encoding="windows-1251"?>{item}'
        assert leads(data.encode("cp1251"), "application/rss+xml")[0].title == "Паром"

    def test_what_is_cut_short_is_read_as_far_as_it_goes(self):
        found = read(rss("", {"title": "Whole", "link": "/a"}, {"title": "Cut"})[:-60].encode(), URL)
        assert found.leads[0].title == "Whole"
        assert found.flaw == "is not well-formed; what could be made out was read"

    def test_a_sound_one_has_no_flaw(self):
        assert read(rss("", {"link": "/a"}).encode(), URL, "text/xml").flaw == ""

    def test_rdf_is_read_too(self):
        data = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            "<item><title>Ferry</title><link>https://mail.example/ferry</link></item></rdf:RDF>"
        )
        assert leads(data)[0].url == "https://mail.example/ferry"


def test_an_atom_feed():
    (lead,) = leads(ATOM)
    assert lead == Lead(
        url="https://mail.example/2026/ferry",
        title="Ferry & bridge: both closed",
        published="2026-03-02T07:00:00+01:00",
        authors=("Ada Venn", "Tom Reck"),
        language="en-GB",
        changed=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
        content="<p>The ferry is closed.</p><p>So is the bridge.</p>",
        id="tag:mail.example,2026:1",
    )


def test_a_json_feed():
    ferry, bridge = leads(json.dumps(JSON_FEED), "application/feed+json")
    assert ferry == Lead(
        url="https://mail.example/ferry",
        title="Ferry stops",
        published="2026-03-02T07:00:00+01:00",
        authors=("Ada Venn",),
        language="en",
        changed=datetime(2026, 3, 2, 6, tzinfo=UTC),
        content="<p>The ferry is closed.</p>",
        id="1",
    )
    assert (bridge.url, bridge.authors) == ("https://mail.example/bridge", ("Imke Sand",))
    assert bridge.content == "The bridge &lt;is&gt; open.<p>At last."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (article_page("A", "B"), 'is not a feed but a web page; set kind = "pages"'),
        (
            article_page("A", "B", head='<link rel="alternate" type="application/rss+xml" href="/rss">'),
            "is not a feed but a web page; its feed is https://mail.example/rss",
        ),
        (urlset("https://mail.example/a"), 'is not a feed but a sitemap; set kind = "sitemap"'),
        (sitemap_index("https://mail.example/a"), 'is not a feed but a sitemap index; set kind = "sitemap"'),
        ("%PDF-1.7 ...", "is not a feed but a PDF file; check the address"),
        ("", "is not a feed but an empty document; check the address"),
        ('{"articles": []}', "is not a feed but JSON, but no feed; check the address"),
        ("<?xml version='1.0'?><opml/>", "is not a feed but XML of another kind (<opml>); check the address"),
        ("Good morning", "is not a feed but plain text; check the address"),
        (json.dumps({**JSON_FEED, "items": None}), "is not a whole JSON feed: its items are no list"),
        (json.dumps(JSON_FEED)[:-9], "is not a whole JSON feed: it has no readable items"),
    ],
)
def test_what_is_no_feed_is_called_what_it_is(data, said):
    assert no_feed(data) == said


class TestHostileFeeds:
    def test_one_that_unfolds_its_entities_without_end(self):
        entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
        bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "x">{entities}]>'
        found = leads(f"{bomb}<rss><channel><item><title>&e11;</title><link>/a</link></item></channel></rss>")
        assert all(len(lead.title) < 1_000 for lead in found)

    def test_one_that_reads_files_of_this_machine(self, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("the secret")
        data = (
            f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
            "<rss><channel><item><title>&x;</title><link>/a</link></item></channel></rss>"
        )
        assert all("the secret" not in lead.title for lead in leads(data))

    def test_one_that_is_the_name_of_a_file(self, tmp_path):
        (tmp_path / "feed.xml").write_text(rss("", {"link": "/a"}))
        assert no_feed(str(tmp_path / "feed.xml")) == "is not a feed but plain text; check the address"

    @pytest.mark.parametrize("opening", ["<div>", "<item>", "<b><i>"])
    def test_one_that_is_very_deep(self, opening):
        data = f"<rss><channel><item><description>{opening * 20_000}"
        try:
            leads(data)
        except NoFeed as error:
            assert "too broken" in str(error)

    def test_one_that_is_very_long(self):
        assert len(leads(rss("", *({"link": f"/{n}"} for n in range(6_000))))) == 5_000

    @given(
        st.binary(max_size=300), st.sampled_from([ATOM, rss("T", {"link": "/a", "title": "t"}), json.dumps(JSON_FEED)])
    )
    def test_whatever_comes_is_a_feed_or_said_to_be_none(self, noise, feed):
        data = feed.encode()
        cut = len(noise) * 7 % len(data)
        for damaged in (noise, data[:cut] + noise + data[cut:], data[:cut] + noise):
            try:
                found = read(damaged, URL)
            except NoFeed as error:
                assert str(error)
            else:
                assert all(isinstance(lead.url, str) and isinstance(lead.title, str) for lead in found.leads)
