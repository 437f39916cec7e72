"""Reads a Markdown file with front matter: the front matter gives the fields, the rest is the article.

Called by `index/sources/file_source.py`. The one home of python-frontmatter. Markup is taken away, words are not
changed.
"""

from __future__ import annotations

import re

import frontmatter
import yaml  # type: ignore[import-untyped]  # comes with python-frontmatter

from index.datatypes import Record
from index.errors import RecordError
from index.sources.input.decode import decode
from index.sources.input.fields import named_fields

READER = "markdown/1"

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_BREAKS = re.compile(r"#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|>|!\[|\||```|~~~")
_RULE = re.compile(r"([-*_=]\s*){3,}")


def read(data: bytes, *, key: str, name: str) -> Record:
    """The article in the bytes of a Markdown file; RecordError where they are no text or the front matter is broken."""
    source = re.sub("\r\n?", "\n", decode(data, name=name, key=key))
    try:
        metadata, content = frontmatter.parse(source)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name} line {mark.line + 2}" if mark is not None else name
        raise RecordError(f"{place}: the front matter is not valid YAML", source=name, key=key) from None
    fields = named_fields(metadata if isinstance(metadata, dict) else {})
    fields.pop("text", None)
    body, headings, captions, title = _body(content)
    if title and "title" not in fields:
        fields["title"] = title
    return Record(key=key, format="markdown", body=body, fields={**fields, "headings": headings, "captions": captions})


def _body(content: str) -> tuple[str, list[str], list[str], str]:
    """Plain paragraphs, those that are headings, those that are captions, and the headline where one stands."""
    headings: list[str] = []
    captions: list[str] = []
    title = ""
    paragraphs: list[str] = []
    for block in _blocks(re.sub(r"<!--.*?-->", "", content, flags=re.DOTALL)):
        heading = _HEADING.match(block)
        if heading:
            text = _plain(heading[2])
            headings.append(text)
            if len(heading[1]) == 1 and not title and len(paragraphs) < 3:
                title = text
        else:
            image = re.fullmatch(r"!\[([^\]]*)\]\([^)]*?(?:\s[\"'](?P<title>.*)[\"'])?\)", block)
            text = _plain(image["title"] or image[1]) if image else _plain(block)
            if image and text:
                captions.append(text)
        if text:
            paragraphs.append(text)
    return "\n\n".join(paragraphs), headings, captions, title


def _blocks(content: str) -> list[str]:
    """Paragraphs, headings and list items, each on one line."""
    blocks: list[list[str]] = [[]]
    lines = content.split("\n")
    for number, line in enumerate(lines):
        bare = line.strip()
        if blocks[-1] and re.fullmatch(r"=+|-{2,}", bare):  # the line above is a heading, underlined
            blocks[-1] = [f"{'#' if bare[0] == '=' else '##'} {' '.join(blocks[-1])}"]
            blocks.append([])
        elif not bare or _RULE.fullmatch(bare) or bare.startswith(("```", "~~~")):
            blocks.append([])
        elif _BREAKS.match(bare) and not (
            bare.startswith(">") and number and lines[number - 1].lstrip().startswith(">")
        ):
            blocks.append([bare.lstrip("> ")])
            if bare.startswith("#") or bare.startswith("!["):
                blocks.append([])
        else:
            blocks[-1].append(bare.lstrip("> "))
            if line.endswith("  "):  # two spaces ask for a line break
                blocks.append([])
    return [" ".join(block) for block in blocks if block]


def _plain(text: str) -> str:
    """The words of a line without its markup."""
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)\s]*(?:\s[\"'].*?[\"'])?\)", r"\1", text)
    text = re.sub(r"<(https?://[^>\s]+)>", r"\1", text)
    text = re.sub(r"</?[a-zA-Z][^>]*>", "", text)
    text = re.sub(r"(?<![\\\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])", r"\2", text)
    text = re.sub(r"(?<![\\\w_])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])", r"\2", text)
    text = re.sub(r"(?<!\\)`([^`]+)`", r"\1", text)
    text = re.sub(r"^[-*+]\s+", "• ", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>~|-])", r"\1", text).strip()
