"""The sample archive keeps what it promises, read plainly: without any of the product's own readers."""

import fnmatch
import json
import re
import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import frontmatter
import py3langid
import pytest
import trafilatura

SAMPLE = Path(str(files("index.sample")))
FILES = sorted((SAMPLE / "articles").iterdir())
OUTLET_OF_HOST = {
    "harbourpost.example": "The Harbour Post",
    "eveningcourier.example": "Evening Courier",
    "valeobserver.example": "Vale Observer",
    "kesselauerbote.example": "Kesselauer Bote",
    "lavozderibamar.example": "La Voz de Ribamar",
}


def _record(file: Path) -> list[dict[str, Any]]:
    raw = file.read_text(encoding="utf-8")
    match file.suffix:
        case ".txt":
            url = re.findall(r"https://\S+\w", raw)[-1]
            headline = re.search(r"^(.+)\n\n(?=By |Von |[A-Z ]+, )", raw, re.MULTILINE)
            assert headline
            return [{"url": url, "text": raw, "published": file.name[:10], "title": headline[1]}]
        case ".md":
            post = frontmatter.loads(raw)
            return [{**post.metadata, "published": str(post["date"]), "text": post.content}]
        case ".html":
            page = trafilatura.bare_extraction(raw, with_metadata=True)
            known = {"title": page.title, "outlet": page.sitename, "published": page.date, "authors": page.author}
            return [{**known, "url": page.url, "text": page.text, "raw": raw}]
        case ".json":
            return [json.loads(raw)]
        case ".jsonl":
            return [json.loads(line) for line in raw.splitlines()]
    raise AssertionError(f"a format nobody promised: {file.name}")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


ARTICLES = {record["url"]: record for file in FILES for record in _record(file)}
QUESTIONS = [json.loads(line) for line in (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
ANSWERABLE = [question for question in QUESTIONS if question["kind"] == "answerable"]


def _one_titled(text: str) -> dict[str, Any]:
    (found,) = [a for a in ARTICLES.values() if text in a["title"]]
    return found


def test_every_format_is_there_and_one_file_holds_several_articles():
    formats = Counter(file.suffix for file in FILES)
    assert {".txt", ".md", ".html", ".json", ".jsonl"} == set(formats)
    assert min(formats[suffix] for suffix in (".txt", ".md", ".html", ".json")) >= 3
    (export,) = [file for file in FILES if file.suffix == ".jsonl"]
    assert len(_record(export)) >= 3
    assert len(ARTICLES) >= 18


def test_every_url_lies_under_a_host_that_can_never_exist_and_names_its_outlet():
    for url, article in ARTICLES.items():
        host = urlsplit(url).hostname
        assert host in OUTLET_OF_HOST
        assert article.get("outlet", OUTLET_OF_HOST[host]) == OUTLET_OF_HOST[host]
    assert {urlsplit(url).hostname for url in ARTICLES} == set(OUTLET_OF_HOST)


def test_the_dates_span_two_years():
    days = sorted(date.fromisoformat(article["published"]) for article in ARTICLES.values())
    assert (days[0].year, days[0].month) == (2024, 9)
    assert (days[-1].year, days[-1].month) == (2026, 10)


def test_three_languages_are_written():
    spoken = Counter(py3langid.classify(article["text"])[0] for article in ARTICLES.values())
    assert set(spoken) == {"en", "de", "es"}
    assert spoken["de"] >= 3


def test_plain_text_names_its_day_in_the_dateline_and_its_outlet_in_the_copyright_line():
    for file in (file for file in FILES if file.suffix == ".txt"):
        day = date.fromisoformat(file.name[:10])
        text = file.read_text(encoding="utf-8")
        assert re.search(rf"^[A-Z ]+, .*\b{day.day}\b.*\b{day.year} - ", text, re.MULTILINE)
        (outlet,) = re.findall(rf"^© {day.year} (.+)$", text, re.MULTILINE)
        assert outlet in OUTLET_OF_HOST.values()


def test_the_furniture_of_real_files_is_there():
    everything = "\n".join(file.read_text(encoding="utf-8") for file in FILES if file.suffix == ".txt")
    for piece in (r"^Morning briefing: ", r"^By \w", r"^Von \w", r"^\(.* reported from .*\)$", r"^Distributed by "):
        assert re.search(piece, everything, re.MULTILINE), piece


def test_web_pages_give_up_their_text_and_keep_their_furniture():
    for page in (article for article in ARTICLES.values() if "raw" in article):
        assert len(page["text"].split()) >= 300
        assert page["title"] and page["authors"]
        for furniture in ("cookie", "You may also like", "Read more", "All rights reserved", "Log in", "no spam"):
            assert furniture.lower() not in page["text"].lower()
        assert "cookie" in page["raw"].lower() and "application/ld+json" in page["raw"]


def test_one_wire_story_runs_in_two_outlets_under_two_headlines():
    ours, theirs = (a for a in ARTICLES.values() if a.get("agency") == "Coastline Press")
    assert ours["outlet"] != theirs["outlet"] and ours["title"] != theirs["title"]
    assert ours["text"] != theirs["text"]
    bodies = {_plain(re.sub(r"\n\([^()]*reported[^()]*\)\s*\Z", "", article["text"])) for article in (ours, theirs)}
    assert len(bodies) == 1


def test_the_correction_names_the_article_by_title_and_url_and_gives_the_right_fact():
    wrong, correction = _one_titled("close its maternity ward"), _one_titled("Correction: ")
    assert wrong["title"] in correction["text"] and wrong["url"] in correction["text"]
    assert "24 beds" in wrong["text"] and "18 beds, not 24" in correction["text"]
    assert wrong["published"] < correction["published"]


@pytest.mark.parametrize(
    ("early", "then", "late", "now"),
    [
        ("kills at least three", "1,200", "toll rises to seven", "1,460"),
        ("Council approves", "$148 million", "open 18 months late", "$171 million"),
        ("treasures from Port Ellery", "11 objects", "Two arrested", "14 objects"),
        ("Oduwale ahead", "2,300 votes", "Oduwale elected", "412 votes"),
        ("Dockers walk out", "3.5 percent", "Dock strike ends", "4.8 percent"),
        ("Marienbrücke in Kesselau", "42 Millionen", "Neubau der Marienbrücke", "57 Millionen"),
        ("close its maternity ward", "24 beds", "Night ward", "18 beds"),
    ],
)
def test_a_newer_article_of_the_same_story_has_another_figure(early, then, late, now):
    first, second = _one_titled(early), _one_titled(late)
    assert first["published"] < second["published"]
    assert then in first["text"] and now not in first["text"]
    assert now in second["text"]


def test_opinion_and_interview_and_live_page_say_what_they_are():
    assert _one_titled("build it ugly")["label"] == "opinion"
    interview = _one_titled("an interview with")
    assert interview["label"] == "interview"
    assert interview["text"].count("**A:**") >= 7
    assert '"LiveBlogPosting"' in _one_titled("Heatwave live")["raw"]


def test_questions_are_well_formed():
    assert len(QUESTIONS) >= 60
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question["question"] for question in QUESTIONS}) == len(QUESTIONS)
    for question in QUESTIONS:
        assert set(question) - {"date"} == {"id", "question", "answer", "kind", "speaker", "article"}
        date.fromisoformat(question.get("date", "2026-11-01"))
        assert question["question"].endswith("?")
    kinds = Counter(question["kind"] for question in QUESTIONS)
    assert set(kinds) == {"answerable", "near_miss", "absent_topic"}
    assert kinds["answerable"] >= 36 and kinds["near_miss"] >= 14 and kinds["absent_topic"] >= 12


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question["id"])
def test_an_answer_stands_in_its_article_and_not_in_its_question(question):
    article = ARTICLES[question["article"]]
    assert question["answer"] in _plain(article["text"])
    assert question["answer"] not in question["question"]
    assert not re.search(r"[.!?]\s", question["answer"])
    assert article["published"] <= question.get("date", "9999")
    if question["speaker"]:
        assert question["speaker"].split()[-1] in article["text"]


def test_a_near_miss_names_an_article_but_no_answer_and_an_absent_topic_neither():
    for question in QUESTIONS:
        if question["kind"] == "near_miss":
            assert question["answer"] is None and question["article"] in ARTICLES
        if question["kind"] == "absent_topic":
            assert question["answer"] is None and question["article"] is None


def test_the_archive_is_installed_with_the_package():
    root = Path(__file__).parents[3]
    packaging = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    found = packaging["packages"]["find"]["include"]
    assert any(fnmatch.fnmatch("index.sample", pattern) for pattern in found)
    shipped = {path for glob in packaging["package-data"]["index.sample"] for path in SAMPLE.glob(glob)}
    assert shipped == {*FILES, SAMPLE / "questions.jsonl"}
