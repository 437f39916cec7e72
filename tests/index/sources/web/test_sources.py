"""Sources of the web read into an archive: what is asked, what is known again, what goes and what stays."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import newsroom
import pytest
from newssite import NewsSite, serving, sitemap_index, urlset

from index.archive import Archive
from index.clean import article
from index.datatypes import IndexReport, SourceKind, SourceRun, SourceSpec, WebRules
from index.errors import SourceError
from index.sources.pages import web_page
from index.sources.web.fetch import Web
from index.sources.web.memory import Memory
from index.sources.web.reading import Reading
from index.store import sources
from index.store.database import connect
from index.store.fetches import Fetched

FERRY = ("Ferry to Sandholm stops in May", newsroom.FERRY)
BRIDGE = ("Swing bridge opens two years late", newsroom.BRIDGE)
BAKERY = ("Rye bread prize for Mill Lane", newsroom.BAKERY)
DAY = "Mon, 02 Mar 2026 07:00:00 +0100"


@pytest.fixture(scope="module")
def server() -> Iterator[NewsSite]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: NewsSite) -> NewsSite:
    server.pages.clear()
    server.requests.clear()
    return server


@pytest.fixture
def archive(site: NewsSite, tmp_path: Path) -> Archive:
    return site.archive(tmp_path)


@pytest.fixture
def stories(site: NewsSite) -> list[str]:
    """Eight articles; their addresses."""
    return [
        site.article(
            f"mail.example/{n}", f"Story number {n}", f"{newsroom.FERRY}\n\nThis was story {n}.", etag=f'"{n}"'
        )
        for n in range(8)
    ]


def feed(url: str) -> SourceSpec:
    return SourceSpec(url, SourceKind.FEED, "The Feed")


def sitemap(url: str, **more) -> SourceSpec:
    return SourceSpec(url, SourceKind.SITEMAP, "The Sitemap", **more)


def pages(*urls: str) -> SourceSpec:
    return SourceSpec("pages:The Pages", SourceKind.PAGES, "The Pages", urls=urls)


def line(archive: Archive, *specs: SourceSpec, **mode: bool) -> str:
    return archive.reindex(specs, **mode).line()


def told(site: NewsSite, report: IndexReport) -> list[str]:
    """What failed, without this test's port."""
    return [one.line().replace(f":{site.port}", "") for one in report.failures]


def titles(archive: Archive) -> set[str]:
    return {card.title for card in archive.articles(size=100).items}


def history(tmp_path: Path, spec: SourceSpec) -> tuple[SourceRun, ...]:
    with connect(tmp_path / "data" / "archive.db") as db:
        return sources.history(db, spec.location)


def listed(site: NewsSite, *places: str, **how) -> str:
    """A feed of these pages."""
    return site.feed("mail.example/feed", *({"link": site.url(f"mail.example/{one}")} for one in places), **how)


class TestAFeed:
    def test_leads_to_its_articles(self, site, archive):
        site.article("mail.example/ferry?utm_source=rss", *FERRY)
        url = site.feed("mail.example/feed", {"link": site.url("mail.example/ferry?utm_source=rss"), "published": DAY})
        assert line(archive, feed(url)) == "+1 ~0 =0 -0 !0"
        (card,) = archive.articles().items
        assert (card.title, card.url) == (FERRY[0], site.url("mail.example/ferry"))
        assert archive.ask("When will the ferry to Sandholm stop running?").answered

    def test_says_what_the_page_does_not(self, site, archive):
        dated = '<meta property="article:published_time" content="2026-02-01"><meta name="author" content="Imke Sand">'
        site.article("mail.example/a", *FERRY)
        site.article("mail.example/b", *BRIDGE, head=dated)
        entries = [
            {"link": site.url(f"mail.example/{one}"), "published": DAY, "author": "Ada Venn", "title": "In the feed"}
            for one in "ab"
        ]
        line(archive, feed(site.feed("mail.example/feed", *entries)))
        found = {card.title: (card.authors, str(card.published)) for card in archive.articles().items}
        assert found == {FERRY[0]: (("Ada Venn",), "2026-03-02"), BRIDGE[0]: (("Imke Sand",), "2026-02-01")}

    def test_what_drops_out_of_it_stays(self, site, archive, stories):
        assert line(archive, feed(listed(site, "0", "1", "2"))) == "+3 ~0 =0 -0 !0"
        assert line(archive, feed(listed(site, "3"))) == "+1 ~0 =0 -0 !0"
        assert archive.status().articles == 4

    def test_that_has_not_changed_is_not_sent_again_and_nothing_is_asked(self, site, archive, stories):
        spec = feed(listed(site, "0", "1", etag='"f"'))
        line(archive, spec)
        site.asked()
        assert line(archive, spec) == "+0 ~0 =2 -0 !0"
        assert [(one.path, one.status) for one in site.requests] == [("/feed", 304)]

    def test_is_read_whole_until_all_that_it_lists_is_there(self, site, archive, stories):
        spec = feed(listed(site, "0", "late", etag='"f"'))
        assert line(archive, spec) == "+1 ~0 =0 -0 !1"
        site.article("mail.example/late", *BRIDGE)
        assert line(archive, spec) == "+1 ~0 =1 -0 !0"

    @pytest.mark.parametrize(
        ("age", "wait"),
        [({"hours": 0}, 1), ({"hours": 9}, 1), ({"days": 5}, 12), ({"days": 100}, 240), ({"days": 900}, 720)],
    )
    def test_a_page_is_asked_again_after_a_tenth_of_its_age(self, site, tmp_path, age, wait):
        """At most hourly, at least every thirty days."""
        at = datetime.fromtimestamp(site.clock.now(), UTC)
        row = Fetched("a", "a", "a", "a", "", since=at - timedelta(**age), at=at)
        reading = Reading(site.web(), Memory(tmp_path / "archive.db", keep=True))
        site.clock.pass_(hours=wait, seconds=-60)
        assert not reading.is_due(row)
        site.clock.pass_(seconds=60)
        assert reading.is_due(row)

    def test_a_page_that_is_as_it_was_is_not_sent_again(self, site, archive, stories):
        spec = feed(listed(site, "0"))
        line(archive, spec)
        site.asked()
        site.clock.pass_(hours=2)
        assert line(archive, spec) == "+0 ~0 =1 -0 !0"
        assert [(one.path, one.status) for one in site.requests] == [("/robots.txt", 404), ("/feed", 200), ("/0", 304)][
            1:
        ]

    def test_one_that_it_says_has_changed_is_asked_at_once(self, site, archive):
        url = site.article("mail.example/a", *FERRY)
        line(archive, feed(site.feed("mail.example/feed", {"link": url, "published": DAY})))
        site.article("mail.example/a", FERRY[0], newsroom.FERRY.replace("3 May", "4 May"))
        spec = feed(site.feed("mail.example/feed", {"link": url, "published": "Tue, 03 Mar 2036 07:00:00 +0100"}))
        assert line(archive, spec) == "+0 ~1 =0 -0 !0"

    def test_an_article_that_changed_gets_a_new_version(self, site, archive, stories):
        spec = feed(listed(site, "0"))
        line(archive, spec)
        before = archive.ask("When will the ferry to Sandholm stop running?").quotes[0]
        site.article("mail.example/0", "Story number 0", newsroom.FERRY.replace("3 May", "9 June"), etag='"new"')
        site.clock.pass_(hours=2)
        assert line(archive, spec) == "+0 ~1 =0 -0 !0"
        after = archive.ask("When will the ferry to Sandholm stop running?").quotes[0]
        assert "9 June" in after.text
        assert after.article.id == before.article.id
        assert after.version_id != before.version_id

    @pytest.mark.parametrize("status", [404, 410])
    def test_an_article_whose_page_is_gone_goes(self, site, archive, stories, status):
        spec = feed(listed(site, *"01234567"))
        line(archive, spec)
        site.page("mail.example/3", status=status)
        spec = feed(listed(site, "0"))
        assert line(archive, spec) == "+0 ~0 =1 -0 !0"  # not yet asked again
        site.clock.pass_(hours=2)
        assert archive.reindex([spec], dry_run=True).removed_titles == ("Story number 3",)
        assert line(archive, spec) == "+0 ~0 =7 -1 !0"
        assert "Story number 3" not in titles(archive)

    def test_many_that_are_gone_at_once_are_not_believed_to_be(self, site, archive, stories):
        spec = feed(listed(site, *"01234567"))
        line(archive, spec)
        for n in "0123":
            site.page(f"mail.example/{n}", status=404)
        site.clock.pass_(hours=2)
        report = archive.reindex([spec])
        assert report.line() == "+0 ~0 =4 -0 !0"
        assert "it says that 4 of its 8 articles are gone, so nothing was removed" in report.warnings[0]
        assert line(archive, spec, prune=True) == "+0 ~0 =4 -4 !0"

    def test_a_page_that_cannot_be_had_for_now_stays(self, site, archive, stories):
        spec = feed(listed(site, "0", "1"))
        line(archive, spec)
        site.page("mail.example/0", status=500)
        site.clock.pass_(hours=2)
        report = archive.reindex([spec])
        assert report.line() == "+0 ~0 =1 -0 !1"
        assert told(site, report) == ["http://mail.example/0 fails at its own end (status 500); try again later"]
        assert archive.status().articles == 2

    def test_full_asks_for_everything_anew(self, site, archive, stories):
        spec = feed(listed(site, "0", "1", etag='"f"'))
        line(archive, spec)
        site.asked()
        assert line(archive, spec, full=True) == "+0 ~0 =2 -0 !0"
        assert [(one.path, one.status) for one in site.requests] == [("/feed", 200), ("/0", 200), ("/1", 200)]

    def test_another_cleaner_reads_pages_anew_although_they_are_as_they_were(self, site, archive, stories, monkeypatch):
        spec = feed(listed(site, "0", etag='"f"'))
        line(archive, spec)
        site.asked()
        monkeypatch.setattr(article, "VERSION", "clean/next")
        assert line(archive, spec) == "+0 ~0 =1 -0 !0"
        assert [(one.path, one.status) for one in site.requests] == [("/feed", 304), ("/0", 200)]
        site.asked()
        line(archive, spec)
        assert site.asked() == ["/feed"]

    def test_a_dry_run_tells_titles_and_remembers_nothing(self, site, archive, stories, tmp_path):
        spec = feed(listed(site, "0", "1", etag='"f"'))
        assert archive.reindex([spec], dry_run=True).added_titles == ("Story number 0", "Story number 1")
        with connect(tmp_path / "data" / "archive.db") as db:
            counts = [db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("fetches", "articles", "sources")]
        assert counts == [0, 0, 0]
        site.asked()
        assert line(archive, spec) == "+2 ~0 =0 -0 !0"
        assert {one.status for one in site.requests} == {200}

    def test_an_article_that_an_editor_removed_stays_out(self, site, archive, stories):
        spec = feed(listed(site, "0", "1"))
        line(archive, spec)
        archive.remove(next(card.id for card in archive.articles().items if card.title == "Story number 0"))
        site.asked()
        site.clock.pass_(hours=2)
        assert line(archive, spec) == "+0 ~0 =2 -0 !0"
        assert site.asked() == ["/feed", "/1"]
        assert titles(archive) == {"Story number 1"}

    def test_of_an_article_that_was_erased_nothing_is_remembered_again(self, site, archive, stories, tmp_path):
        line(archive, feed(listed(site, "0", "1")))
        archive.erase(next(card.id for card in archive.articles().items if card.title == "Story number 0"))
        site.moved("mail.example/other", "mail.example/0")
        site.clock.pass_(hours=2)
        assert line(archive, feed(listed(site, "other", "0", "1"))) == "+0 ~0 =2 -0 !0"
        with connect(tmp_path / "data" / "archive.db") as db:
            said = [row for row in db.execute("SELECT key, title, told FROM fetches") if row[0] == stories[0]]
        assert said
        assert all(row[1:] == ("", "{}") for row in said)


class TestTheTextOfAFeed:
    WHOLE = "".join(f"<p>{part}</p>" for part in newsroom.FERRY.split("\n\n"))

    def entry(self, site, **more):
        return {"link": site.url("mail.example/a"), "title": FERRY[0], "published": DAY, "content": self.WHOLE, **more}

    @pytest.mark.parametrize("status", [401, 402, 403, 451])
    def test_stands_in_where_we_may_not_see_the_page(self, site, archive, status):
        site.page("mail.example/a", "Subscribe!", status=status)
        spec = feed(site.feed("mail.example/feed", self.entry(site, author="Ada Venn")))
        assert line(archive, spec) == "+1 ~0 =0 -0 !0"
        (card,) = archive.articles().items
        assert (card.title, card.authors, card.url) == (FERRY[0], ("Ada Venn",), site.url("mail.example/a"))
        assert archive.ask("When will the ferry to Sandholm stop running?").answered
        site.clock.pass_(hours=2)
        assert line(archive, spec) == "+0 ~0 =1 -0 !0"

    def test_stands_in_where_robots_txt_keeps_us_from_the_page(self, site, archive):
        site.page("mail.example/robots.txt", "User-agent: *\nDisallow: /a")
        assert line(archive, feed(site.feed("mail.example/feed", self.entry(site)))) == "+1 ~0 =0 -0 !0"
        assert "/a" not in site.asked()

    def test_is_followed_when_it_changes(self, site, archive):
        site.page("mail.example/a", status=403)
        line(archive, feed(site.feed("mail.example/feed", self.entry(site))))
        changed = self.entry(site, content=self.WHOLE.replace("3 May", "9 June"))
        assert line(archive, feed(site.feed("mail.example/feed", changed))) == "+0 ~1 =0 -0 !0"

    def test_does_not_take_the_place_of_a_page_that_was_read(self, site, archive):
        site.article("mail.example/a", FERRY[0], newsroom.BRIDGE)
        spec = feed(site.feed("mail.example/feed", self.entry(site)))
        line(archive, spec)
        site.page("mail.example/a", status=403)
        site.clock.pass_(hours=2)
        assert line(archive, spec) == "+0 ~0 =0 -0 !1"
        assert archive.ask("What did the swing bridge cost?").answered

    def test_gives_way_to_the_page_once_we_may_see_it(self, site, archive):
        site.page("mail.example/a", status=403)
        spec = feed(site.feed("mail.example/feed", self.entry(site)))
        line(archive, spec)
        site.article("mail.example/a", FERRY[0], newsroom.BRIDGE)
        site.clock.pass_(hours=2)
        assert line(archive, spec) == "+0 ~1 =0 -0 !0"
        assert archive.ask("What did the swing bridge cost?").answered

    def test_is_enough_without_an_address(self, site, archive):
        item = {"id": "urn:1", "title": FERRY[0], "content_html": self.WHOLE}
        body = json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "title": "The Mail", "items": [item, {"id": 2}]}
        )
        spec = feed(site.page("mail.example/feed", body, type="application/feed+json"))
        report = archive.reindex([spec])
        assert report.line() == "+1 ~0 =0 -0 !1"
        assert told(site, report) == ["2: the feed gives neither an address nor the text"]
        assert [card.outlet for card in archive.articles().items] == ["The Mail"]
        assert line(archive, spec) == "+0 ~0 =1 -0 !1"


class TestOneArticleUnderSeveralAddresses:
    def test_ways_of_writing_an_address_are_one(self, site, archive):
        site.article("mail.example/ferry", *FERRY)
        site.article("mail.example/ferry?utm_source=x", *FERRY)
        spec = feed(listed(site, "ferry?utm_source=x", "ferry", "ferry#top"))
        assert line(archive, spec) == "+1 ~0 =0 -0 !0"
        assert site.asked() == ["/feed", "/ferry?utm_source=x"]

    def test_addresses_that_lead_to_one_page_are_one(self, site, archive):
        site.article("mail.example/ferry", *FERRY)
        site.moved("mail.example/short", "mail.example/ferry", 301)
        site.moved("mail.example/click", "mail.example/ferry", 302)
        assert line(archive, feed(listed(site, "short", "click", "ferry"))) == "+1 ~0 =0 -0 !0"
        site.clock.pass_(hours=2)
        assert line(archive, feed(listed(site, "ferry", "click", "short"))) == "+0 ~0 =1 -0 !0"
        assert titles(archive) == {FERRY[0]}

    def test_a_page_that_names_another_address_as_its_own_is_that(self, site, archive):
        own = f'<link rel="canonical" href="{site.url("mail.example/ferry")}">'
        site.article("mail.example/ferry", *FERRY, head=own)
        site.article("mail.example/print/ferry", *FERRY, head=own)
        assert line(archive, feed(listed(site, "print/ferry", "ferry"))) == "+1 ~0 =0 -0 !0"

    def test_a_site_that_names_one_address_everywhere_is_not_believed(self, site, archive):
        wrong = f'<link rel="canonical" href="{site.url("mail.example/news")}">'
        front = f'<link rel="canonical" href="{site.url("mail.example/")}">'
        site.article("mail.example/a", *FERRY, head=wrong)
        site.article("mail.example/b", *BRIDGE, head=wrong)
        site.article("mail.example/c", *BAKERY, head=front)
        assert line(archive, feed(listed(site, "a", "b", "c"))) == "+3 ~0 =0 -0 !0"
        site.clock.pass_(hours=2)
        assert line(archive, feed(listed(site, "c", "b", "a"))) == "+0 ~0 =3 -0 !0"

    def test_a_page_cannot_take_the_place_of_another_outlets_article(self, site, archive):
        site.article("mail.example/a", *FERRY)
        theirs = f'<link rel="canonical" href="{site.url("mail.example/a")}">'
        site.article("evil.example/a", *BRIDGE, head=theirs)
        site.article("evil.example/b", FERRY[0], newsroom.BRIDGE, head=theirs)
        line(archive, feed(listed(site, "a")))
        other = site.feed("evil.example/feed", *({"link": site.url(f"evil.example/{one}")} for one in "ab"))
        assert line(archive, feed(other)) == "+2 ~0 =0 -0 !0"
        assert archive.status().articles == 3

    def test_an_address_that_led_to_an_article_cannot_take_its_place_later(self, site, archive):
        site.article("mail.example/a", *FERRY)
        site.moved("evil.example/x", "mail.example/a")
        ours, theirs = (
            feed(listed(site, "a")),
            feed(site.feed("evil.example/feed", {"link": site.url("evil.example/x")})),
        )
        assert line(archive, ours, theirs) == "+1 ~0 =1 -0 !0"
        site.article("evil.example/x", FERRY[0], newsroom.BAKERY)
        site.clock.pass_(hours=2)
        assert line(archive, theirs) == "+1 ~0 =1 -0 !0"
        texts = archive.ask("When will the ferry to Sandholm stop running?").quotes
        assert texts[0].article.url == site.url("mail.example/a")

    def test_an_article_stays_while_one_of_its_addresses_is_there(self, site, archive, stories):
        site.moved("mail.example/short", "mail.example/0")
        spec = feed(listed(site, "short", *"01234567"))
        line(archive, spec)
        site.page("mail.example/short", status=404)
        site.clock.pass_(hours=2)
        assert line(archive, spec) == "+0 ~0 =8 -0 !0"
        assert "Story number 0" in titles(archive)
        site.page("mail.example/0", status=410)
        site.clock.pass_(hours=2)
        assert line(archive, spec) == "+0 ~0 =7 -1 !1"  # the short one is a page that was never read

    def test_a_feed_and_a_sitemap_of_one_site_are_one(self, site, archive, stories):
        both = (feed(listed(site, "0", "1")), sitemap(site.sitemap("mail.example/map", *stories)))
        assert line(archive, *both) == "+8 ~0 =2 -0 !0"
        site.clock.pass_(hours=2)
        assert line(archive, *both) == "+0 ~0 =10 -0 !0"
        assert archive.status().articles == 8

    def test_a_page_that_others_lead_to_for_now_is_no_article(self, site, archive):
        """Else every article of a site would be its login page."""
        site.article("mail.example/consent", "Before you go on", newsroom.BAKERY)
        for n in "ab":
            site.moved(f"mail.example/{n}", "mail.example/consent", 302)
        entries = [{"link": site.url(f"mail.example/{n}"), "title": f"Story {n}"} for n in "ab"]
        report = archive.reindex([feed(site.feed("mail.example/feed", *entries))])
        assert report.failed >= 1
        assert "leads to http://mail.example/consent, as others do: it may ask for a login" in told(site, report)[-1]


class TestAnArticleThatMoves:
    def test_keeps_its_identity_and_tells_its_new_address(self, site, archive, stories):
        line(archive, feed(listed(site, "0", "1")))
        (before,) = [card for card in archive.articles().items if card.title == "Story number 0"]
        site.article("mail.example/new", "Story number 0", f"{newsroom.FERRY}\n\nThis was story 0.", etag='"0"')
        site.moved("mail.example/0", "mail.example/new")
        site.clock.pass_(hours=2)
        assert line(archive, feed(listed(site, "0", "1"))) == "+0 ~1 =1 -0 !0"
        (after,) = [card for card in archive.articles().items if card.title == "Story number 0"]
        assert (after.id, after.url) == (before.id, site.url("mail.example/new"))

    def test_is_known_again_under_its_new_address(self, site, archive, stories):
        line(archive, feed(listed(site, "0", "1")))
        site.article("mail.example/new", "Story number 0", newsroom.FERRY)
        site.moved("mail.example/0", "mail.example/new")
        assert line(archive, feed(listed(site, "new", "1"))) == "+0 ~1 =1 -0 !0"
        assert archive.status().articles == 2
        site.clock.pass_(hours=2)
        assert line(archive, feed(listed(site, "new", "1"))) == "+0 ~0 =2 -0 !0"

    def test_under_another_headline_is_taken_for_the_same_when_the_old_address_says_so(self, site, archive, stories):
        line(archive, feed(listed(site, *"01234567")))
        site.article("mail.example/new", "Another headline", newsroom.FERRY)
        site.moved("mail.example/0", "mail.example/new")
        assert line(archive, feed(listed(site, "new"))) == "+1 ~0 =0 -0 !0"
        site.clock.pass_(hours=2)
        assert line(archive, feed(listed(site, "new"))) == "+0 ~0 =8 -1 !0"
        assert archive.status().articles == 8

    def test_to_the_front_page_stays_as_it_was(self, site, archive, stories):
        line(archive, feed(listed(site, "0", "1")))
        site.article("mail.example/", "All the news", newsroom.BAKERY)
        site.moved("mail.example/0", "mail.example/")
        site.clock.pass_(hours=2)
        report = archive.reindex([feed(listed(site, "0", "1"))])
        assert report.line() == "+0 ~0 =1 -0 !1"
        assert told(site, report) == ["http://mail.example/0 leads to the front page; its article may be gone"]
        assert archive.status().articles == 2


class TestASitemap:
    def test_says_all_there_is(self, site, archive, stories):
        spec = sitemap(site.sitemap("mail.example/map", *stories))
        assert line(archive, spec) == "+8 ~0 =0 -0 !0"
        site.sitemap("mail.example/map", *stories[1:])
        assert line(archive, spec) == "+0 ~0 =7 -1 !0"
        assert "Story number 0" not in titles(archive)

    def test_that_lists_far_less_than_before_removes_nothing(self, site, archive, stories):
        spec = sitemap(site.sitemap("mail.example/map", *stories))
        line(archive, spec)
        site.sitemap("mail.example/map", *stories[:4])
        report = archive.reindex([spec])
        assert report.line() == "+0 ~0 =4 -0 !0"
        assert "it lists 4 articles, and listed 8 before" in report.warnings[0]
        assert line(archive, spec, prune=True) == "+0 ~0 =4 -4 !0"

    def test_what_it_says_has_not_changed_is_not_asked(self, site, archive, stories):
        spec = sitemap(site.sitemap("mail.example/map", *((url, "2026-03-01") for url in stories)))
        line(archive, spec)
        site.asked()
        site.clock.pass_(days=300)
        assert line(archive, spec) == "+0 ~0 =8 -0 !0"
        assert site.asked() == ["/map"]
        site.sitemap("mail.example/map", (stories[0], "2036-01-01"), *((url, "2026-03-01") for url in stories[1:]))
        assert line(archive, spec) == "+0 ~0 =8 -0 !0"
        assert site.asked() == ["/map", "/0"]

    def test_may_be_of_sitemaps_some_packed(self, site, archive, stories):
        first = site.sitemap("mail.example/1.xml.gz", *stories[:4], packed=True, type="application/gzip")
        second = site.sitemap("mail.example/2.xml", *stories[4:])
        packed = gzip.compress(sitemap_index(first, second, first).encode())
        assert line(archive, sitemap(site.page("mail.example/map", packed))) == "+8 ~0 =0 -0 !0"

    def test_with_one_broken_part_reads_the_others_and_removes_nothing(self, site, archive, stories):
        first = site.sitemap("mail.example/1.xml", *stories[:4])
        second = site.sitemap("mail.example/2.xml", *stories[4:])
        spec = sitemap(site.page("mail.example/map", sitemap_index(first, second), type="text/xml"))
        line(archive, spec)
        site.page("mail.example/2.xml", urlset(*stories[5:])[:-40])
        site.article("mail.example/new", *BRIDGE)
        site.sitemap("mail.example/1.xml", *stories[1:4], site.url("mail.example/new"))
        report = archive.reindex([spec])
        assert report.line() == "+1 ~0 =3 -0 !1"
        assert told(site, report)[0].startswith("http://mail.example/2.xml is not valid XML")
        assert report.warnings[-1] == "The Sitemap: it could not be read completely, so nothing was removed"
        assert archive.status().articles == 9

    @pytest.mark.parametrize("damage", [b"\x1f\x8bnonsense", gzip.compress(bytes(3_000_000))])
    def test_a_part_that_unpacks_badly_is_one_line(self, site, archive, stories, damage):
        good = site.sitemap("mail.example/1.xml", *stories[:2])
        bad = site.page("mail.example/2.xml.gz", damage)
        site.page("mail.example/map", sitemap_index(good, bad), type="text/xml")
        bounded = site.archive(Path(archive._database).parent.parent / "small", max_list_bytes=1_000_000)
        report = bounded.reindex([sitemap(site.url("mail.example/map"))])
        assert report.line() == "+2 ~0 =0 -0 !1"
        assert "http://mail.example/2.xml.gz " in told(site, report)[0]

    def test_of_sitemaps_in_a_circle_or_too_deep_has_an_end(self, site, archive, stories):
        site.page(
            "mail.example/a", sitemap_index(site.url("mail.example/b"), site.url("mail.example/a")), type="text/xml"
        )
        site.page(
            "mail.example/b", sitemap_index(site.url("mail.example/a"), site.url("mail.example/c")), type="text/xml"
        )
        site.page("mail.example/c", sitemap_index(site.url("mail.example/d"), stories[0]), type="text/xml")
        report = archive.reindex([sitemap(site.url("mail.example/a"))])
        assert told(site, report) == ["The Sitemap: 2 sitemaps were not read, because it has too many or in too deep"]
        assert site.asked() == ["/a", "/b", "/c"]

    def test_of_news_is_not_all_there_is(self, site, archive, stories):
        def news(*urls: str) -> str:
            return (
                urlset(*urls)
                .replace("<urlset", '<urlset xmlns:n="x"')
                .replace(
                    "</url>",
                    "<n:news><n:publication><n:name>The Mail of Oldport</n:name></n:publication>"
                    "<n:publication_date>2026-03-02T07:00:00+01:00</n:publication_date></n:news></url>",
                )
            )

        spec = sitemap(site.page("mail.example/map", news(*stories), type="text/xml"))
        assert line(archive, spec) == "+8 ~0 =0 -0 !0"
        assert {str(card.published) for card in archive.articles().items} == {"2026-03-02"}
        site.page("mail.example/map", news(*stories[:7]), type="text/xml")
        assert line(archive, spec) == "+0 ~0 =7 -0 !0"
        assert archive.status().articles == 8

    def test_only_what_is_wanted_is_read(self, site, archive):
        for place in ("news/1", "news/sport/2", "about", "news/picture.jpg", ""):
            site.article(f"mail.example/{place}", place or "Front", newsroom.FERRY)
        url = site.sitemap("mail.example/map", *(site.url(place) for place in site.pages))
        spec = sitemap(url, include=("/news/*",), exclude=("*/sport/*",))
        assert line(archive, spec) == "+1 ~0 =0 -0 !0"
        assert site.asked() == ["/map", "/news/1"]

    def test_a_long_one_is_read_in_several_runs_the_latest_first(self, site, tmp_path, stories):
        archive = site.archive(tmp_path, pages_per_run=3)
        dated = [(url, f"2026-02-0{n + 1}") for n, url in enumerate(stories)]
        spec = sitemap(site.sitemap("mail.example/map", *dated))
        report = archive.reindex([spec])
        assert report.line() == "+3 ~0 =0 -0 !0"
        waiting = "The Sitemap: 5 more pages wait for the next run; one run asks for 3 (web.pages_per_run)"
        assert waiting in report.warnings
        assert titles(archive) == {"Story number 5", "Story number 6", "Story number 7"}
        assert [line(archive, spec) for _ in range(3)] == ["+3 ~0 =3 -0 !0", "+2 ~0 =6 -0 !0", "+0 ~0 =8 -0 !0"]

    def test_is_read_anew_in_several_runs_where_the_rules_of_reading_change(self, site, tmp_path, stories, monkeypatch):
        archive = site.archive(tmp_path, pages_per_run=5)
        spec = sitemap(site.sitemap("mail.example/map", *((url, "2026-02-01") for url in stories)))
        line(archive, spec)
        line(archive, spec)
        monkeypatch.setattr(article, "VERSION", "clean/next")
        site.asked()
        counts = []
        for _ in range(3):
            assert line(archive, spec) == "+0 ~0 =8 -0 !0"
            counts.append(len(site.asked()) - 1)
        assert counts == [5, 3, 0]

    def test_what_is_gone_is_forgotten(self, site, archive, stories, tmp_path):
        line(archive, sitemap(site.sitemap("mail.example/map", *stories)))
        line(archive, sitemap(site.sitemap("mail.example/map", *stories[1:])))
        with connect(tmp_path / "data" / "archive.db") as db:
            known = {row[0] for row in db.execute("SELECT key FROM fetches")}
        assert known == set(stories[1:])


class TestPages:
    def test_are_asked_in_every_run(self, site, archive, stories):
        spec = pages(*stories[:2])
        assert line(archive, spec) == "+2 ~0 =0 -0 !0"
        site.asked()
        assert line(archive, spec) == "+0 ~0 =2 -0 !0"
        assert [(one.path, one.status) for one in site.requests] == [("/0", 304), ("/1", 304)]

    def test_last_modified_does_as_well_as_an_etag(self, site, archive):
        url = site.article("mail.example/a", *FERRY, modified="Mon, 02 Mar 2026 08:00:00 GMT")
        line(archive, pages(url))
        site.asked()
        assert line(archive, pages(url)) == "+0 ~0 =1 -0 !0"
        assert site.requests[-1].status == 304

    def test_equal_bytes_are_not_read_again(self, site, archive, monkeypatch):
        url = site.article("mail.example/a", *FERRY)
        line(archive, pages(url))
        monkeypatch.setattr("index.sources.pages.web_page.read", None)
        assert line(archive, pages(url)) == "+0 ~0 =1 -0 !0"

    def test_what_is_taken_off_the_list_is_gone(self, site, archive, stories):
        line(archive, pages(*stories))
        assert line(archive, pages(*stories[1:])) == "+0 ~0 =7 -1 !0"

    def test_may_stand_in_a_file(self, site, archive, stories, tmp_path):
        path = tmp_path / "pages.txt"
        path.write_text(f"# ours\n{stories[0]}\n\n{stories[1]}\n")
        spec = SourceSpec(str(path), SourceKind.PAGES)
        assert line(archive, spec) == "+2 ~0 =0 -0 !0"
        path.unlink()
        report = archive.reindex([spec])
        assert report.line() == "+0 ~0 =0 -0 !1"
        assert "is not there; give a text file with an address a line" in report.failures[0].line()
        assert archive.status().articles == 2

    def test_a_charset_that_the_server_names_counts(self, site, archive):
        body = "<html><head><title>Паром</title></head><body><article><h1>Паром не ходит</h1><p>"
        body += "Паром на Сандхольм больше не ходит, сообщила портовая служба в понедельник. " * 5
        url = site.page("mail.example/ru", body.encode("cp1251"), type="text/html; charset=windows-1251")
        line(archive, pages(url))
        assert titles(archive) == {"Паром не ходит"}

    def test_a_charset_that_is_wrong_is_seen_through(self, site, archive):
        body = "<html><body><article><h1>Café at the quay</h1><p>" + "The café at the quay is open again. " * 9
        url = site.page("mail.example/a", body.encode(), type="text/html; charset=iso-8859-1")
        line(archive, pages(url))
        assert titles(archive) == {"Café at the quay"}

    @pytest.mark.parametrize(
        ("type", "body", "said"),
        [
            ("application/pdf", b"%PDF-1.7", "is not a web page but a PDF file; save it and index the file"),
            ("application/json", b"{}", "is not a web page but JSON, but no feed; save it and index the file"),
            ("application/rss+xml", b"<rss><channel/></rss>", 'is not a web page but an RSS feed; set kind = "feed"'),
            (
                "text/html",
                b"<html><body><div id='app'></div></body></html>",
                "has no text; it may show it to browsers alone",
            ),
            ("text/html", b"", "is empty"),
        ],
    )
    def test_what_is_no_article_is_called_what_it_is(self, site, archive, stories, type, body, said):
        url = site.page("mail.example/x", body, type=type)
        report = archive.reindex([pages(stories[0], url)])
        assert report.line() == "+1 ~0 =0 -0 !1"
        assert told(site, report) == [f"http://mail.example/x {said}"]


class TestAPageThatSomebodyHandsIn:
    def test_is_read_as_one(self, site, archive, stories):
        submission = archive.page(stories[0])
        assert submission.key == stories[0]
        archive.submit(submission)
        assert archive.take().line() == "+1 ~0 =0 -0 !0"
        assert titles(archive) == {"Story number 0"}

    def test_is_refused_in_one_line(self, site, tmp_path, stories):
        archive = site.archive(tmp_path, allow_private=())
        with pytest.raises(SourceError, match=r"mail\.example is at a private address \(127\.0\.0\.1\)"):
            archive.page(stories[0])


class TestWhatGoesWrong:
    def test_one_source_that_fails_leaves_the_others_alone(self, site, archive, stories, tmp_path):
        good = sitemap(site.sitemap("mail.example/map", *stories))
        bad = feed("http://paper.nowhere/feed")
        line(archive, good)
        newsroom.three_stories(tmp_path / "folder")
        report = archive.reindex([bad, good, SourceSpec(str(tmp_path / "folder"))])
        assert report.line() == "+3 ~0 =8 -0 !1"
        assert told(site, report) == [
            "The Feed: http://paper.nowhere/feed cannot be reached: there is no host paper.nowhere; check the address"
        ]

    def test_a_feed_that_cannot_be_reached_any_more_has_failed_and_keeps_its_articles(
        self, site, archive, stories, tmp_path
    ):
        spec = feed(listed(site, "0", "1"))
        line(archive, spec)
        site.page("mail.example/feed", status=500)
        line(archive, spec)
        site.page("mail.example/feed", "<html><title>Soon</title></html>")
        line(archive, spec)
        site.feed("mail.example/feed")
        line(archive, spec)
        listed(site, "0", "1")
        line(archive, spec)
        runs = history(tmp_path, spec)
        assert [(run.outcome, run.unchanged, run.failed) for run in reversed(runs)] == [
            ("done", 0, 0),
            ("failed", 0, 1),
            ("failed", 0, 1),
            ("failed", 0, 1),
            ("done", 2, 0),
        ]
        assert [run.reason.replace(f":{site.port}", "") for run in reversed(runs)] == [
            "",
            "http://mail.example/feed fails at its own end (status 500); try again later",
            'http://mail.example/feed is not a feed but a web page; set kind = "pages"',
            "http://mail.example/feed is a feed without any articles; check the address",
            "",
        ]
        assert archive.status().articles == 2

    def test_a_host_that_falls_silent_is_not_asked_for_every_page(self, site, archive, stories, tmp_path):
        spec = sitemap(site.sitemap("news.example/map", *stories))
        line(archive, spec)
        for n in range(8):
            site.page(f"mail.example/{n}", status=500)
        site.asked()
        site.clock.pass_(hours=2)
        report = archive.reindex([spec])
        assert site.asked() == ["/map", "/0", "/1", "/2"]
        assert report.line() == "+0 ~0 =5 -0 !4"
        assert archive.status().articles == 8
        assert history(tmp_path, spec)[0].outcome == "failed"

    def test_a_page_that_no_reader_was_written_for_is_one_line(self, site, archive, stories, monkeypatch):
        real = web_page.read

        def read(data: bytes, **how):
            if how["name"].endswith("/1"):
                raise KeyError("something nobody thought of")
            return real(data, **how)

        monkeypatch.setattr(web_page, "read", read)
        report = archive.reindex([feed(listed(site, "0", "1", "2"))])
        assert report.line() == "+2 ~0 =0 -0 !1"
        assert told(site, report) == ["http://mail.example/1 could not be read; the log says why"]

    def test_texts_of_a_feed_that_are_nonsense_are_one_line_each(self, site, archive, stories):
        nonsense = ["<div>" * 20_000, "<!-- -->", "\x00", "<p></p>", "&#0;&#xD800;"]
        entries = [{"id": f"urn:{n}", "title": f"Entry {n}", "content_html": one} for n, one in enumerate(nonsense)]
        body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": [*entries, {"url": stories[0]}]})
        report = archive.reindex([feed(site.page("mail.example/feed", body, type="application/feed+json"))])
        assert report.added == 1
        assert report.failed == len(nonsense)

    @pytest.mark.parametrize("kind", ["feed", "sitemap", "pages"])
    def test_addresses_that_are_none_are_one_line_each(self, site, archive, stories, kind):
        bad = [
            *("http://[::1/a", "http://", "https://a b.example/a", "ftp://mail.example/a", "javascript:alert(1)"),
            *("http://ada:secret@mail.example/a", "http://mail.example:99999/a", "http://\u2603.nowhere/a", "//"),
            *("http://" + "a" * 300 + ".nowhere/a", "http://mail.example:port/a", "http:///a", "mailto:a@b.c"),
        ]
        if kind == "feed":
            items = [{"id": str(n), "url": url} for n, url in enumerate([*bad, stories[0]])]
            body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
            spec = feed(site.page("mail.example/feed", body, type="application/feed+json"))
        elif kind == "sitemap":
            spec = sitemap(site.sitemap("mail.example/map", *bad, stories[0]))
        else:
            spec = pages(*bad, stories[0])
        report = archive.reindex([spec])
        assert report.added == 1
        assert report.failed >= len(bad) - 2  # "http://" and "//" are front pages, or the feed itself
        assert all("\n" not in said and "secret" not in said for said in told(site, report))

    def test_one_new_page_that_fails_is_no_failure_of_the_feed(self, site, archive, stories, tmp_path):
        spec = feed(listed(site, "0", "1"))
        line(archive, spec)
        site.page("mail.example/new", status=500)
        assert line(archive, feed(listed(site, "0", "1", "new"))) == "+0 ~0 =2 -0 !1"
        run = history(tmp_path, spec)[0]
        assert (run.outcome, run.failed, run.reason) == ("done", 1, "")

    def test_a_run_can_be_stopped_while_a_site_is_waited_for(self, site, tmp_path, stories):
        def sleep(seconds: float) -> None:
            site.clock.sleep(seconds)
            time.sleep(0.02)

        rules = WebRules(allow_private=("127.0.0.1",), seconds_per_host=90)
        web = Web(rules, resolve=site.resolve, clock=site.clock, sleep=sleep, now=site.clock.now)
        archive = Archive.open(tmp_path / "data", web=web)
        spec = sitemap(site.sitemap("mail.example/map", *stories))
        report = archive.reindex([spec], progress=lambda _: archive.cancel())
        assert report.cancelled
        assert len(site.asked()) <= 1

    def test_an_address_at_home_is_not_asked(self, site, tmp_path, stories):
        archive = site.archive(tmp_path, allow_private=("mail.example",))
        site.article("intranet.example/a", *BRIDGE)
        entries = [{"link": site.url(place)} for place in ("intranet.example/a", "mail.example/0")]
        report = archive.reindex([feed(site.feed("mail.example/feed", *entries))])
        assert report.line() == "+1 ~0 =0 -0 !1"
        assert "intranet.example is at a private address (127.0.0.1)" in told(site, report)[0]
