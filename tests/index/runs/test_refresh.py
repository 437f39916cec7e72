"""One source brought up to date: what it may remove, what becomes of it when it breaks off, what its history says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import newsroom
import pytest

from index.archive import Archive
from index.clean.overrides import Override, Rule
from index.datatypes import ArticleLabel, Gone, RawRecord, Record, SourceKind, SourceSpec
from index.errors import RecordError, SourceError, SourceMissing
from index.runs import refresh
from index.sources.kinds import Found
from index.store import sources
from index.store.database import connect

FEED = SourceSpec("https://news.example/feed.xml", SourceKind.FEED, "The Feed")
OTHER = SourceSpec("https://other.example/feed.xml", SourceKind.FEED)


def story(key: str, words: str = "The harbour was closed on Monday because of the wind.") -> RawRecord:
    body = f"Story {key}\n\n{words} {key} was told by the harbour master himself."
    digest = hashlib.sha256(body.encode()).hexdigest()
    return RawRecord(key, digest, key, lambda: Record(key, "text", body, {"title": f"Story {key}"}))


class Listing:
    """A source that gives what it was told to."""

    def __init__(self, found: Sequence[Found | Exception], *, exhaustive: bool) -> None:
        self.found, self.exhaustive = found, exhaustive

    def records(self) -> Iterator[Found]:
        for one in self.found:
            if isinstance(one, ZeroDivisionError) or (isinstance(one, RecordError) and one.key == "raised"):
                raise one
            yield one  # type: ignore[misc]


Gives = Callable[..., None]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return newsroom.open_archive(tmp_path)


@pytest.fixture
def gives(monkeypatch: pytest.MonkeyPatch) -> Gives:
    """Says what each source gives from now on: found, or a SourceError where it cannot be opened."""
    listings: dict[str, Listing | SourceError] = {}

    def open_kind(spec: SourceSpec, opening: object) -> Listing:
        listing = listings[spec.location]
        if isinstance(listing, SourceError):
            raise listing
        return listing

    monkeypatch.setattr(refresh, "open_kind", open_kind)

    def give(spec: SourceSpec, *found: Found | SourceError, exhaustive: bool = False) -> None:
        broken = next((one for one in found if type(one) in (SourceError, SourceMissing)), None)
        listings[spec.location] = broken or Listing(found, exhaustive=exhaustive)  # type: ignore[arg-type,assignment]

    return give


def lines(archive: Archive, *specs: SourceSpec, **options: bool) -> str:
    return archive.reindex(specs, **options).line()


def history(tmp_path: Path, spec: SourceSpec) -> list[tuple[str, int, int, int, str]]:
    with connect(tmp_path / "data" / "archive.db") as db:
        return [
            (run.outcome, run.added, run.removed, run.failed, run.reason) for run in sources.history(db, spec.location)
        ]


class TestWhatIsGone:
    def test_a_feed_keeps_what_drops_out_of_it(self, archive: Archive, gives: Gives) -> None:
        gives(FEED, story("a"), story("b"))
        assert lines(archive, FEED) == "+2 ~0 =0 -0 !0"
        gives(FEED, story("c"))
        assert lines(archive, FEED) == "+1 ~0 =0 -0 !0"
        assert archive.status().articles == 3

    def test_a_whole_list_does_not(self, archive: Archive, gives: Gives) -> None:
        gives(FEED, *map(story, "abcdefgh"), exhaustive=True)
        lines(archive, FEED)
        gives(FEED, *map(story, "abcdefg"), exhaustive=True)
        assert lines(archive, FEED) == "+0 ~0 =7 -1 !0"

    def test_what_a_feed_says_is_gone_is_removed(self, archive: Archive, gives: Gives) -> None:
        gives(FEED, *map(story, "abcdefgh"))
        lines(archive, FEED)
        gives(FEED, Gone("a", "Story a"))
        assert lines(archive, FEED, dry_run=True) == "+0 ~0 =0 -1 !0"
        assert archive.status().articles == 8
        assert lines(archive, FEED) == "+0 ~0 =0 -1 !0"
        assert archive.status().articles == 7

    def test_much_at_once_is_not_believed_without_being_told(self, archive: Archive, gives: Gives) -> None:
        gives(FEED, *map(story, "abcdefgh"))
        lines(archive, FEED)
        gives(FEED, *(Gone(key, key) for key in "abc"))
        report = archive.reindex([FEED])
        assert report.line() == "+0 ~0 =0 -0 !0"
        assert report.warnings == (
            "The Feed: it says that 3 of its 8 articles are gone, so nothing was removed; to remove what is no longer "
            "there: index --prune",
        )
        assert lines(archive, FEED, prune=True) == "+0 ~0 =0 -3 !0"

    def test_gone_from_somewhere_else_means_nothing_here(self, archive: Archive, gives: Gives) -> None:
        gives(FEED, *map(story, "abcdefgh"))
        gives(OTHER, Gone("a", "Story a"))
        assert lines(archive, FEED, OTHER) == "+8 ~0 =0 -0 !0"


class TestASourceThatBreaks:
    def test_the_others_go_on(self, archive: Archive, gives: Gives) -> None:
        gives(FEED, SourceError("The Feed cannot be reached: the host is not known"))
        gives(OTHER, story("a"))
        report = archive.reindex([FEED, OTHER])
        assert report.line() == "+1 ~0 =0 -0 !1"
        assert report.failures[0].line() == "The Feed cannot be reached: the host is not known"

    def test_nor_does_one_stop_them_that_nobody_foresaw(self, archive: Archive, gives: Gives, tmp_path: Path) -> None:
        gives(FEED, *map(story, "abcdefgh"), exhaustive=True)
        lines(archive, FEED)
        gives(FEED, story("a"), ZeroDivisionError(), exhaustive=True)
        gives(OTHER, story("z"))
        report = archive.reindex([FEED, OTHER])
        assert report.line() == "+1 ~0 =1 -0 !1"
        assert report.failures[0].line() == "The Feed could not be read; the log says why"
        assert archive.status().articles == 9
        assert history(tmp_path, FEED)[0][0] == "failed"

    def test_one_that_breaks_off_keeps_what_it_gave_and_what_it_had(self, archive: Archive, gives: Gives) -> None:
        gives(FEED, *map(story, "abcdefgh"), exhaustive=True)
        lines(archive, FEED)
        gives(FEED, story("a"), story("new"), RecordError("the line was cut", key="raised"), exhaustive=True)
        gives(OTHER, story("z"))
        report = archive.reindex([FEED, OTHER])
        assert report.line() == "+2 ~0 =1 -0 !1"
        assert "The Feed: it could not be read completely, so nothing was removed" in report.warnings
        assert archive.status().articles == 10


class TestHistory:
    def test_each_reading_is_noted_with_what_it_brought(self, archive: Archive, gives: Gives, tmp_path: Path) -> None:
        gives(FEED, story("a"), RecordError("b has no text", source="b", key="b"))
        gives(OTHER, story("z"))
        lines(archive, FEED, OTHER)
        lines(archive, FEED)
        assert history(tmp_path, FEED) == [("done", 0, 0, 1, ""), ("done", 1, 0, 1, "")]
        assert history(tmp_path, OTHER) == [("done", 1, 0, 0, "")]

    def test_one_that_cannot_be_read_is_noted_with_the_reason(
        self, archive: Archive, gives: Gives, tmp_path: Path
    ) -> None:
        gives(FEED, story("a"))
        lines(archive, FEED)
        gives(FEED, SourceMissing("The Feed is not there any more"))
        lines(archive, FEED)
        assert history(tmp_path, FEED)[0] == ("failed", 0, 0, 1, "The Feed is not there any more")

    def test_a_dry_run_leaves_none(self, archive: Archive, gives: Gives, tmp_path: Path) -> None:
        gives(FEED, story("a"))
        lines(archive, FEED, dry_run=True)
        assert history(tmp_path, FEED) == []

    def test_a_source_is_known_by_the_name_given_last(self, archive: Archive, gives: Gives) -> None:
        gives(FEED, story("a"))
        lines(archive, FEED)
        lines(archive, SourceSpec(FEED.location, FEED.kind, "Its new name"))
        assert [(source.shown, source.kind) for source in archive.status().sources] == [("Its new name", "feed")]


class TestWhatIsSaidBeside:
    """Rules of the owner: by domain or folder, over what was read."""

    def archive(self, folder: Path, *rules: Rule) -> Archive:
        return Archive.open(folder / "data", rules=rules)

    def test_a_rule_goes_over_what_was_read_and_its_change_is_read_again(self, tmp_path: Path) -> None:
        newsroom.write(tmp_path / "in" / "blog", "ferry", "Ferry stops", newsroom.FERRY)
        rule = Rule("blog", Override(outlet="The Blog", label="opinion"))
        for rules, line, outlet in [
            ((), "+1 ~0 =0 -0 !0", "The Oldport Mail"),
            ((), "+0 ~0 =1 -0 !0", "The Oldport Mail"),
            ((rule,), "+0 ~1 =0 -0 !0", "The Blog"),
            ((rule,), "+0 ~0 =1 -0 !0", "The Blog"),
            ((), "+0 ~1 =0 -0 !0", "The Oldport Mail"),
        ]:
            archive = self.archive(tmp_path, *rules)
            assert lines(archive, SourceSpec(str(tmp_path / "in"))) == line
            assert archive.articles().items[0].outlet == outlet

    def test_a_file_beside_the_article_goes_over_the_rules(self, tmp_path: Path) -> None:
        path = newsroom.write(tmp_path / "in", "ferry", "Ferry stops", newsroom.FERRY, url="https://mail.example/ferry")
        path.with_name("ferry.json.meta.toml").write_text('outlet = "The Harbour Post"')
        archive = self.archive(tmp_path, Rule("mail.example", Override(outlet="The Mail", section="Comment")))
        lines(archive, SourceSpec(str(tmp_path / "in")))
        [card] = archive.articles().items
        assert (card.outlet, card.label) == ("The Harbour Post", ArticleLabel.OPINION)
