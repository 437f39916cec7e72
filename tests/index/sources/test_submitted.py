"""What was handed in, read as a source: a post that only announces a page brings the page in, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posts import CHANNEL, Part, message

from index.clean.article import clean
from index.datatypes import Gone, Manuscript, RawRecord, SourceKind, SourceSpec
from index.errors import RecordError, SourceError
from index.runs import submissions as handing
from index.sources.file_source import open_source
from index.sources.kinds import Found
from index.sources.submitted import Submitted, packed, page_at, unpacked
from index.store import schema, submissions
from index.store.database import connect, migrate, transaction

SPEC = SourceSpec(f"channel:{CHANNEL}", SourceKind.CHANNEL)
URL = "https://courier.example.org/harbour-wall"
PAGE = f"""<html lang="en"><head><title>Harbour wall to be raised</title>
<meta property="og:title" content="Harbour wall to be raised"><meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2025-11-20T08:00:00Z"><link rel="canonical" href="{URL}"></head>
<body><article><h1>Harbour wall to be raised</h1><p>The harbour wall of Kesselau will be raised by a metre, the
council decided on Thursday. Work starts in May and will take two years.</p><p>It costs 4.2 million euros, and the
state pays half of the sum, the treasurer said.</p></article></body></html>"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    migrate(tmp_path / "archive.db", schema.MIGRATIONS)
    return tmp_path / "archive.db"


class Web:
    """Pages that lie in a folder, read by the reader of pages; and how often one was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()

    def __call__(self, url: str) -> Iterator[Found]:
        self.asked.append(url)
        path = self.folder / f"{url.rpartition('/')[2]}.html"
        if not path.exists():
            raise SourceError(f"{url} answers 404")
        return open_source(path).records()


@pytest.fixture
def web(tmp_path: Path) -> Web:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "harbour-wall.html").write_text(PAGE, "utf-8")
    return Web(tmp_path / "web")


def posted(database: Path, *given: Part, number: int = 7) -> None:
    with connect(database) as db, transaction(db):
        handing.keep_post(db, SPEC, "Harbour News", None, message(number, *given), None)


def read(database: Path, web: Web, *, waiting: bool = True) -> list[Manuscript]:
    found = list(Submitted(database, SPEC, 1_000_000, web, waiting=waiting).records())
    return [clean(one.load()) for one in found if isinstance(one, RawRecord)]


@pytest.mark.parametrize("given", [("link", URL), ("text_link", "The wall grows", URL)])
def test_a_post_that_only_links_to_a_page_is_that_page(database: Path, web: Web, given: Part) -> None:
    posted(database, given)
    [paper] = read(database, web)
    assert (paper.metadata.title, paper.metadata.outlet) == ("Harbour wall to be raised", "The Courier")
    assert paper.metadata.url == URL
    assert "Work starts in May" in paper.text


def test_the_page_is_kept_and_asked_for_once(database: Path, web: Web) -> None:
    posted(database, ("link", URL))
    first = read(database, web)
    assert read(database, web, waiting=False) == first
    assert web.asked == [URL]


def test_where_the_page_cannot_be_read_the_post_itself_is_kept(database: Path, web: Web) -> None:
    posted(database, "The ferry rests\n", ("link", "https://courier.example.org/ferry"))
    [paper] = read(database, web)
    assert paper.metadata.title == "The ferry rests"
    assert paper.metadata.url == "https://t.me/c/1234567890/7"
    with connect(database) as db, transaction(db):
        submissions.taken(db, submissions.pending(db, 1))
    read(database, web, waiting=False)
    assert web.asked == ["https://courier.example.org/ferry"], "a full run does not ask the web again"


def test_a_post_that_says_something_is_never_replaced_by_what_it_links_to(database: Path, web: Web) -> None:
    posted(database, "The wall is raised. Work starts in May.\n", ("link", URL))
    [paper] = read(database, web)
    assert paper.metadata.outlet == "Harbour News"
    assert web.asked == []


def test_a_post_without_words_is_gone(database: Path, web: Web) -> None:
    posted(database)
    [gone] = Submitted(database, SPEC, 1_000_000, web, waiting=True).records()
    assert isinstance(gone, Gone)
    assert gone.key == "7"


def test_an_address_without_an_article_is_told(web: Web) -> None:
    with pytest.raises(SourceError, match="answers 404"):
        page_at("https://courier.example.org/nothing", web)


def test_a_page_comes_out_as_it_was_put_in(web: Web) -> None:
    record = page_at(URL, web)
    again = unpacked(packed(record), key="k", name="n")
    assert clean(again).text == clean(record).text
    assert clean(again).metadata == clean(record).metadata
    with pytest.raises(RecordError, match="n is not an article that was kept"):
        unpacked(b"{}", key="k", name="n")
