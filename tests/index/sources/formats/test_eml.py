"""Newsletters kept as e-mails: the HTML part where there is one, subject, date and sender as fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from exports import EML, record

PLAIN = "From: {sender}\nSubject: {subject}\nDate: Fri, 10 May 2024 07:00:00 +0200\n{more}\n{body}\n"


def plain(
    sender: str = "The Vale <v@vale.example>", subject: str = "A day", more: str = "", body: str = "Words."
) -> str:
    return PLAIN.format(sender=sender, subject=subject, more=more, body=body)


def test_the_html_part_with_its_paragraphs(tmp_path: Path) -> None:
    found = record(tmp_path, "letter.eml", EML)
    assert found.body == "Café opens\n\nThe café opened on Friday."
    assert found.fields == {
        "title": "Café opens in Mill Lane",
        "outlet": "The Vale Observer",
        "authors": ["Jane Doe"],
        "published": "2024-05-10T07:00:00+02:00",
        "url": "https://vale.example/letter/7",
        "headings": ["Café opens"],
        "captions": [],
    }


def test_a_plain_text_without_its_signature(tmp_path: Path) -> None:
    found = record(tmp_path, "a.eml", plain(body="One.\n\nTwo.\n-- \nUnsubscribe at our site."))
    assert found.body == "One.\n\nTwo."


def test_flowed_text_is_joined(tmp_path: Path) -> None:
    more = "Content-Type: text/plain; charset=utf-8; format=flowed\n"
    assert record(tmp_path, "a.eml", plain(more=more, body="A sentence \nthat goes on.")).body.strip() == (
        "A sentence that goes on."
    )


@pytest.mark.parametrize(
    ("sender", "outlet", "authors"),
    [
        ("The Vale Observer <news@vale.example>", "The Vale Observer", None),
        ("Jane Doe at The Vale <j@vale.example>", "The Vale", ["Jane Doe"]),
        ("news@www.vale.example", "vale.example", None),
        ("=?utf-8?Q?Die_M=C3=BChle?= <m@muehle.example>", "Die Mühle", None),
    ],
)
def test_who_sent_it(tmp_path: Path, sender: str, outlet: str, authors: list[str] | None) -> None:
    fields = record(tmp_path, "a.eml", plain(sender=sender)).fields
    assert (fields["outlet"], fields.get("authors")) == (outlet, authors)


def test_forwarding_marks_are_no_part_of_the_headline(tmp_path: Path) -> None:
    assert record(tmp_path, "a.eml", plain(subject="Fwd: Re: Bridge reopens")).fields["title"] == "Bridge reopens"


def test_cells_of_a_layout_do_not_run_together(tmp_path: Path) -> None:
    more = "Content-Type: text/html; charset=utf-8\n"
    body = "<table><tr><td>Left words.</td><td>Right words.</td></tr></table>"
    assert record(tmp_path, "a.eml", plain(more=more, body=body)).body.split("\n\n") == ["Left words.", "Right words."]
