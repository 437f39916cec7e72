"""Reading files and folders: every readable article is given, every unreadable one is one clear line."""

from __future__ import annotations

import gzip
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.clean.article import clean
from index.datatypes import RawRecord
from index.errors import RecordError, SourceError, SourceMissing
from index.sources.file_source import Source, open_source
from index.sources.formats.registry import Terms

SHARED = Path(__file__).parents[4] / "shared"


def read(path: Path, **options: int) -> tuple[list[RawRecord], list[RecordError]]:
    items = list(open_source(path, **options).records())
    return [i for i in items if isinstance(i, RawRecord)], [i for i in items if isinstance(i, RecordError)]


def article(url: str = "https://example.com/a", **more: object) -> dict[str, object]:
    return {"url": url, "title": "A title", "text": "Some text stands here.", **more}


def test_a_text_file_is_one_article_with_its_name_as_key(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Headline\n\nThe text.")
    [raw], errors = read(tmp_path / "a.txt")
    assert (raw.key, raw.name, errors) == ("a.txt", "a.txt", [])
    record = raw.load()
    assert (record.key, record.format, record.body) == ("a.txt", "text", "Headline\n\nThe text.")


def test_a_folder_is_walked_in_a_fixed_order_with_relative_keys(tmp_path: Path) -> None:
    for name in ("b.txt", "sub/deep/c.md", "a.txt", "sub/a.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>Some words.</p>" if name.endswith("html") else "Some words.")
    raws, errors = read(tmp_path)
    assert [raw.key for raw in raws] == ["a.txt", "b.txt", "sub/a.html", "sub/deep/c.md"]
    assert not errors


def test_a_source_is_named_by_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Words.")
    assert open_source(Path("a.txt")).name == str(tmp_path / "a.txt")
    assert open_source(Path("a.txt")).kind == "file"
    assert open_source(Path()).name == str(tmp_path)
    assert open_source(Path()).kind == "folder"


def test_the_digest_changes_with_the_bytes_and_only_with_them(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("One.")
    [first], _ = read(path)
    os.utime(path, (1, 1))
    [same], _ = read(path)
    path.write_text("Two.")
    [other], _ = read(path)
    assert first.digest == same.digest != other.digest


def test_hidden_files_backups_and_other_kinds_are_left_out(tmp_path: Path) -> None:
    for name in (".hidden.txt", "a.txt~", "a.txt.bak", "~$a.txt", "#a.txt#", "photo.jpg", "a.rtf", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Words.")
    (tmp_path / "a.txt").write_text("Words.")
    raws, errors = read(tmp_path)
    assert [raw.key for raw in raws] == ["a.txt"]
    assert not errors


def test_a_kind_that_is_not_read_is_refused_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text("x")
    with pytest.raises(SourceError, match=r"a\.rtf is of a kind that is not read; readable are .*\.txt.*\.jsonl"):
        open_source(tmp_path / "a.rtf")


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="is not there"):
        open_source(tmp_path / "nowhere")


# JSON


def test_json_object_list_and_lines_read_alike(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(article()))
    (tmp_path / "list.json").write_text(
        json.dumps([article("https://example.com/1"), article("https://example.com/2")])
    )
    (tmp_path / "lines.jsonl").write_text(json.dumps(article()) + "\n\n" + json.dumps(article(None, id=7)) + "\n")
    raws, errors = read(tmp_path)
    assert not errors
    assert [raw.key for raw in raws] == [
        "lines.jsonl#https://example.com/a",
        "lines.jsonl#7",
        "list.json#https://example.com/1",
        "list.json#https://example.com/2",
        "one.json",
    ]
    assert {raw.load().fields["title"] for raw in raws} == {"A title"}
    assert {raw.load().body for raw in raws} == {"Some text stands here."}
    assert raws[1].name == "lines.jsonl line 3"


def test_a_member_without_url_or_id_is_named_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "T", "text": "Words."}\n{"title": "U", "text": "Words."}\n')
    first, second = read(tmp_path / "a.jsonl")[0]
    assert first.key == f"a.jsonl#{first.digest}" != second.key


def test_fields_go_by_many_names(tmp_path: Path) -> None:
    given = {
        "headline": "H",
        "articleBody": "Words.",
        "byline": "By A. Writer",
        "publisher": {"name": "The Paper"},
        "datePublished": "2024-05-06",
        "link": "https://example.com/x",
        "inLanguage": "en-GB",
        "section": "Opinion",
        "agency": "AP",
        "contributors": [{"name": "B. Helper"}],
        "irrelevant": 1,
    }
    (tmp_path / "a.json").write_text(json.dumps(given))
    [raw], _ = read(tmp_path / "a.json")
    record = raw.load()
    assert record.body == "Words."
    assert record.fields == {
        "title": "H",
        "authors": ["By A. Writer"],
        "outlet": "The Paper",
        "published": "2024-05-06",
        "url": "https://example.com/x",
        "language": "en-GB",
        "label": "Opinion",
        "agency": "AP",
        "contributors": ["B. Helper"],
    }


def test_times_given_as_numbers_are_told_from_years(tmp_path: Path) -> None:
    lines = [article("1", date=1_700_000_000), article("2", date=1_700_000_000_000), article("3", date=2017)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    dates = [raw.load().fields["published"] for raw in read(tmp_path / "a.jsonl")[0]]
    assert dates == ["2023-11-14T22:13:20+00:00", "2023-11-14T22:13:20+00:00", "2017"]


def test_markup_in_a_json_text_becomes_paragraphs(tmp_path: Path) -> None:
    text = "<p>One &amp; two.</p><h2>More</h2><p>Three<br>four.</p><script>no()</script>"
    (tmp_path / "a.json").write_text(json.dumps(article(text=text)))
    [raw], _ = read(tmp_path / "a.json")
    record = raw.load()
    assert record.body.split("\n\n") == ["One & two.", "More", "Three\nfour."]
    assert record.fields["headings"] == ["More"]


def test_a_broken_line_is_told_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    good = json.dumps(article("https://example.com/1")), json.dumps(article("https://example.com/2"))
    (tmp_path / "a.jsonl").write_text(f'{good[0]}\n{{"title": "cut\n[1, 2]\n{good[1]}\n')
    raws, errors = read(tmp_path / "a.jsonl")
    assert [raw.key for raw in raws] == ["a.jsonl#https://example.com/1", "a.jsonl#https://example.com/2"]
    assert "a.jsonl line 2: not valid JSON" in str(errors[0])
    assert "a.jsonl line 3 is not an article" in str(errors[1])
    assert all(error.lost for error in errors)


def test_a_broken_json_object_keeps_its_key_a_broken_list_is_lost(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text('{"title": "T",\n "text": oops}')
    (tmp_path / "list.json").write_text('[{"title": "T"},')
    (tmp_path / "deep.json").write_text("[" * 100_000)
    raws, errors = read(tmp_path)
    assert not raws
    assert {error.key for error in errors} == {None, "one.json"}
    assert "one.json line 2: not valid JSON" in str(errors[2])


def test_lines_named_json_are_read_as_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(article("1")) + "\n" + json.dumps(article("2")))
    assert len(read(tmp_path / "a.json")[0]) == 2


def test_the_same_article_twice_in_one_source_is_given_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(article()) + "\n" + json.dumps(article(title="Again")))
    [raw], [error] = read(tmp_path / "a.jsonl")
    assert raw.load().fields["title"] == "A title"
    assert str(error) == "a.jsonl line 2 is the same article as a.jsonl line 1; only the first is kept"
    assert error.key == raw.key


# Compressed


def test_compressed_files_read_as_plain_ones(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps(article()).encode()))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"Words."))
    raws, errors = read(tmp_path)
    assert [raw.key for raw in raws] == ["a.jsonl.gz#https://example.com/a", "b.txt.gz"]
    assert not errors


def test_a_compressed_file_cut_short_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(article(str(n), text=os.urandom(200).hex())) for n in range(200))
    packed = gzip.compress(lines.encode())
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    raws, [error] = read(tmp_path / "a.jsonl.gz")
    assert 50 < len(raws) < 150
    assert "a.jsonl.gz is cut short" in str(error)
    assert error.lost


def test_a_damaged_compressed_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(b"no gzip at all")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}' * 1000)[:20] + b"\xff" * 50)
    raws, errors = read(tmp_path)
    assert not raws
    assert [str(error).split(";")[0] for error in errors] == [
        "a.txt.gz is damaged: it is not sound gzip data",
        "b.jsonl.gz is damaged: it is not sound gzip data",
    ]


# Bad files


def test_an_empty_a_binary_and_an_enormous_file_are_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Words.")
    (tmp_path / "huge.txt").write_text("x" * 2000)
    (tmp_path / "packed.txt.gz").write_bytes(gzip.compress(b"x" * 100_000))
    (tmp_path / "white.txt").write_text(" \n \n")
    items = list(open_source(tmp_path, max_bytes=1100).records())
    [good] = (item for item in items if isinstance(item, RawRecord) and item.name == "good.txt")
    assert good.load().body == "Words."
    reasons = {}
    for item in items:
        if isinstance(item, RawRecord):
            try:
                item.load()
            except RecordError as error:
                reasons[item.name] = str(error)
                assert error.key == item.key
        else:
            reasons[item.source] = str(item)
    assert reasons == {
        "binary.txt": "binary.txt is not text but binary data",
        "empty.txt": "empty.txt is empty",
        "empty.jsonl": "empty.jsonl is empty",
        "huge.txt": "huge.txt is larger than 1,100 bytes",
        "packed.txt.gz": "packed.txt.gz is larger than 1,100 bytes",
        "white.txt": "white.txt is empty",
    }


def test_an_enormous_line_is_passed_over(tmp_path: Path) -> None:
    lines = [article("1"), article("2", text="x" * 5000), article("3")]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    raws, [error] = read(tmp_path / "a.jsonl", max_bytes=1000)
    assert [raw.key for raw in raws] == ["a.jsonl#1", "a.jsonl#3"]
    assert str(error) == "a.jsonl line 2 is larger than 1,000 bytes"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "a.txt").chmod(0)
    _, [error] = read(tmp_path)
    assert str(error) == "a.txt cannot be opened: no permission to read it"
    assert error.key == "a.txt"


def test_a_link_to_nowhere_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")
    _, errors = read(tmp_path)
    assert [error.key for error in errors] == ["a.txt", "b.txt"]
    assert str(errors[0]) == "a.txt vanished before it could be read"


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    inside = tmp_path / "archive" / "inside"
    outside = tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("Words.")
        (folder / "back").symlink_to(tmp_path / "archive")
        (folder / "self").symlink_to(folder)
    (inside / "out").symlink_to(outside)
    raws, errors = read(tmp_path / "archive")
    assert [raw.key for raw in raws] == ["inside/a.txt", "inside/out/a.txt"]
    assert not errors


def test_a_folder_that_vanished_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    source = open_source(folder)
    folder.rmdir()
    [error] = source.records()
    assert isinstance(error, RecordError)
    assert error.lost
    assert "vanished" in str(error)


def test_a_file_that_grows_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(article("1")) + "\n")
    items = open_source(path).records()
    assert isinstance(next(items), RawRecord)
    with path.open("a") as file:
        file.write(json.dumps(article("2")) + "\n")
    *_, last = items
    assert isinstance(last, RecordError)
    assert last.lost
    assert "changed while it was read" in str(last)


def test_a_file_that_keeps_changing_fails_politely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Words.")
    real, reads = Path.stat, []

    def stat(self: Path, **options: bool) -> os.stat_result:
        if self == path:
            reads.append(self)
            os.utime(path, ns=(0, len(reads)))
        return real(self, **options)

    source = Source(path, "file", Terms(1000))
    monkeypatch.setattr(Path, "stat", stat)
    [error] = source.records()
    assert str(error) == "a.txt kept changing while it was read; try again later"
    assert len(reads) == 2


# Encodings


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_a_mark(tmp_path: Path, codec: str) -> None:
    text = "Café opens in Zürich, “at last,” says its owner."
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    [raw], _ = read(tmp_path / "a.txt")
    assert raw.load().body == text


RUSSIAN = "Президент заявил во вторник, что операция подходит к концу, и поблагодарил участников встречи. " * 5
GERMAN = "Die Brücke über den Fluss ist für größere Fahrzeuge gesperrt, wie die Behörde am Dienstag erklärte. " * 5


@pytest.mark.parametrize(("codec", "text"), [("cp1251", RUSSIAN), ("koi8-r", RUSSIAN), ("latin-1", GERMAN)])
def test_old_encodings_are_recognised(tmp_path: Path, codec: str, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(codec))
    [raw], _ = read(tmp_path / "a.txt")
    assert raw.load().body == text


def test_damaged_utf8_is_refused_instead_of_guessed_at(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode()[:-3])
    [raw], _ = read(tmp_path / "a.txt")
    with pytest.raises(RecordError, match=r"a\.txt is damaged: its UTF-8 breaks off at byte"):
        raw.load()


def test_json_lines_in_utf16_are_read(tmp_path: Path) -> None:
    lines = json.dumps(article("1", title="Ж"), ensure_ascii=False) + "\n" + json.dumps(article("2"))
    (tmp_path / "a.jsonl").write_bytes(lines.encode("utf-16"))
    raws, errors = read(tmp_path / "a.jsonl")
    assert (len(raws), errors) == (2, [])
    assert raws[0].load().fields["title"] == "Ж"


def test_a_file_name_that_is_no_unicode_can_be_said(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Words.")
    [raw], _ = read(tmp_path)
    assert raw.key == "caf\\xe9.txt"
    assert raw.key.encode()


# Markdown


MARKDOWN = """---
title: "A bridge: closed"
author: Jane Doe
date: 2024-05-06
tags: [a, b]
---
# A bridge: closed

The **bridge** is *closed*, said [the mayor](https://example.com "m"), and snake_case stays
on the next line of the same paragraph.

## What next

- First point
- Second point

> A quotation
> over two lines.

![The bridge. (Photo: J. Doe)](bridge.jpg)
"""


def test_markdown_gives_front_matter_and_plain_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKDOWN)
    [raw], _ = read(tmp_path / "a.md")
    record = raw.load()
    assert record.fields["title"] == "A bridge: closed"
    assert record.fields["authors"] == ["Jane Doe"]
    assert record.fields["published"] == "2024-05-06"
    assert record.fields["headings"] == ["A bridge: closed", "What next"]
    assert record.fields["captions"] == ["The bridge. (Photo: J. Doe)"]
    assert record.body.split("\n\n")[1:] == [
        "The bridge is closed, said the mayor, and snake_case stays on the next line of the same paragraph.",
        "What next",
        "• First point",
        "• Second point",
        "A quotation over two lines.",
        "The bridge. (Photo: J. Doe)",
    ]


def test_broken_front_matter_is_told_by_line(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: [never closed\n---\nWords.")
    [raw], _ = read(tmp_path / "a.md")
    with pytest.raises(RecordError, match=r"a\.md line \d+: the front matter is not valid YAML"):
        raw.load()


# Web pages


PAGE = """<!doctype html><html lang="en-US"><head><meta charset="%(charset)s"><title>Bridge closed | The Paper</title>
<meta property="og:site_name" content="The Paper"><link rel="canonical" href="https://example.com/bridge">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Bridge closed",
"datePublished": "2024-05-06T07:08:00+02:00", "author": [{"name": "José Núñez"}, {"name": "Al Roe"}]}]}
</script></head><body><nav><a href="/a">News</a> <a href="/b">Sport</a></nav><article><h1>Bridge closed</h1>
<p>The bridge over the river was closed on Monday after divers had found a long crack in it, the city said.</p>
<figure><img src="b.jpg"><figcaption>The bridge, on May 5, 2024. (José Núñez/The Paper)</figcaption></figure>
<h2>What happens next</h2>
<p>Lorries must take another road until the end of the year, the café owners’ association said, not amused.</p>
<p>A new bridge would cost a great deal of money, which the city does not have, its treasurer said on Tuesday.</p>
</article><footer>Copyright nobody</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_web_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.html").write_bytes((PAGE % {"charset": charset}).encode(charset))
    [raw], _ = read(tmp_path / "a.html")
    record = raw.load()
    fields = record.fields
    assert fields["title"] == "Bridge closed"
    assert fields["authors"] == ["José Núñez", "Al Roe"]
    assert fields["published"] == "2024-05-06T07:08:00+02:00"
    assert (fields["outlet"], fields["url"], fields["language"]) == ("The Paper", "https://example.com/bridge", "en-US")
    assert fields["captions"] == ["The bridge, on May 5, 2024. (José Núñez/The Paper)"]
    assert "What happens next" in fields["headings"]
    paragraphs = record.body.split("\n\n")
    assert paragraphs.count(fields["captions"][0]) == 1
    assert any("café owners’ association" in paragraph for paragraph in paragraphs)
    assert not any("Sport" in paragraph for paragraph in paragraphs)


def test_a_page_without_an_article_has_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><head><title>x</title></head><body></body></html>")
    [raw], _ = read(tmp_path / "a.html")
    assert raw.load().body == ""


# Speed and the real archive


def test_thousands_of_articles_are_listed_within_seconds(tmp_path: Path) -> None:
    line = json.dumps(article("{}", text="Some words. " * 500))
    (tmp_path / "a.jsonl").write_text("\n".join(line.replace("{}", str(n)) for n in range(4000)))
    start = time.process_time()
    assert len(read(tmp_path / "a.jsonl")[0]) == 4000
    assert time.process_time() - start < 1.5


def test_the_real_archive_is_read_without_an_error() -> None:
    path = SHARED / "newsqa" / "articles.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared articles are not here")
    raws, errors = read(path)
    assert (len(raws), errors) == (4403, [])


NAMES = st.sampled_from(["title", "text", "url", "authors", "published", "articles", "label"])
ENDINGS = [".txt", ".md", ".html", ".json", ".jsonl", ".txt.gz", ".jsonl.gz"]
junk = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text('<>/p!-[]{}":,#*_ \nae1=;&', max_size=200).map(str.encode),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5), lambda x: st.lists(x) | st.dictionaries(NAMES, x)
    ).map(lambda value: json.dumps(value).encode()),
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=junk, ending=st.sampled_from(ENDINGS), packed=st.booleans())
def test_whatever_a_file_holds_it_is_read_or_told_in_one_line(
    tmp_path: Path, data: bytes, ending: str, packed: bool
) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(gzip.compress(data) if packed and ending.endswith(".gz") else data)
    for item in open_source(path).records():
        try:
            if isinstance(item, RawRecord):
                assert clean(item.load()).text
            else:
                raise item
        except RecordError as error:
            assert "\n" not in str(error)
            assert "a" + ending in str(error)
