"""Reads a web page: the article of the page as plain paragraphs, its metadata as fields.

Called by `index/sources/file_source.py`, and by `json_records.py` for texts that hold markup. What the page says of its
article is read by `facts.py`, its words by `body.py`.
"""

from __future__ import annotations

import re

import lxml.etree  # type: ignore[import-untyped]  # comes with trafilatura
import lxml.html  # type: ignore[import-untyped]

from index.clean.labels import article_label
from index.datatypes import ArticleLabel, Facts, Record, as_facts
from index.errors import RecordError
from index.sources.input.decode import decode
from index.sources.pages.body import body
from index.sources.pages.facts import facts
from index.sources.pages.markup import words

READER = "html/2"

# What the parser of fragments stumbles over: tags of whole documents, and what is no character.
_NO_FRAGMENT = re.compile("</?(?:html|body|frameset)\\b[^>]*>|[\ud800-\udfff\x00]", re.IGNORECASE)


def read(data: bytes, *, key: str, name: str, url: str = "", charset: str | None = None) -> Record:
    """The article in the bytes of a page; RecordError where they are no text or hold no article.

    `url` is the address it was fetched from and `charset` the encoding that the server named, where there was one.
    """
    declared = re.search(rb"""<meta[^>]{1,100}charset=["']?\s*([\w-]+)""", data[:4096], re.IGNORECASE)
    text = decode(data, name=name, key=key, declared=charset or (declared[1].decode("ascii") if declared else None))
    tree = _tree(text)
    if tree is None:
        raise RecordError(f"{name} is not an HTML page", source=name, key=key)
    stated = facts(tree, text, url)
    updates = stated.pop("updates", [])
    fields = as_facts(stated)
    found = body(tree, fields.get("title", ""), updates, live=bool(updates) or _is_live(fields))
    correction = fields.get("correction", "")
    if correction and not any(_plain(correction) in _plain(one) for one in found.paragraphs):
        found.paragraphs.append(correction)  # said in the page's markup alone
    fields |= {"headings": found.headings, "captions": found.captions, "asides": found.asides, "entries": found.entries}
    return Record(key=key, format="html", body="\n\n".join(found.paragraphs), fields=fields)


def fragment(markup: str) -> Record:
    """The paragraphs of a piece of markup that is an article and nothing else; key and metadata are empty."""
    tree = lxml.html.fragment_fromstring(_NO_FRAGMENT.sub("", markup), create_parent="div")
    captions = list(dict.fromkeys(filter(None, map(words, tree.xpath(".//figcaption")))))
    for element in tree.xpath(".//script|.//style|.//figcaption"):
        element.drop_tree()
    for element in tree.iter("br", "p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "tr"):
        element.tail = "\n\n" + (element.tail or "") if element.tag != "br" else "\n" + (element.tail or "")
    headings = [words(element) for element in tree.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")]
    body = re.sub(r"[^\S\n]+", " ", "".join(tree.itertext()))
    body = "\n\n".join([*filter(None, (part.strip() for part in re.split(r"\n\s*\n", body))), *captions])
    return Record(key="", format="html", body=body, fields={"headings": headings, "captions": captions})


def _tree(text: str) -> lxml.html.HtmlElement | None:
    try:
        tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.LxmlError, ValueError):
        return None
    for element in tree.iter("br"):
        element.tail = "\n" + (element.tail or "")  # a line break parts words
    return tree


def _is_live(fields: Facts) -> bool:
    label = article_label(
        fields.get("label", ""), fields.get("sections", ()), fields.get("title", ""), fields.get("url", ""), ""
    )
    return label is ArticleLabel.LIVE


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
