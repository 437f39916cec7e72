"""How an article is named: the lines under a quote, an entry of a list, a citation to copy.

Called by the renderer. Everything is as printed, put on one line; what is not known is not invented. Pure; must not
know how a message is laid out.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.messages.catalogue import Catalogue
from bot.messages.words import one_line
from index.datatypes import ArticleCard, Citation, Label

LONGEST_HEADLINE = 240
LONGEST_NAMES = 150
LONGEST_OUTLET = 110
LONGEST_NOTE = 300
LONGEST_URL = 1_000
COPY_LIMIT = 256
"""What a button that copies text can hold, counted in UTF-16 to be on the safe side."""


def headline(card: ArticleCard, texts: Catalogue, longest: int = LONGEST_HEADLINE) -> str:
    """The headline, or words saying that there is none."""
    return one_line(card.title, longest) or texts.say("article.untitled")


def is_named_by(card: ArticleCard, words: str) -> bool:
    """Whether the headline is nothing but the sentence that `words` begin with, whole or cut off."""
    name = card.title.removesuffix("…")
    rest = words[len(name) :] if name and words.startswith(name) else None
    return rest is not None and (name != card.title or not rest or rest[0] in ".!?…。")


def published(card: ArticleCard, texts: Catalogue) -> str:
    """The date with the precision known, or words saying that there is none."""
    return texts.date(card.published) if card.published else texts.say("article.undated")


def outlet(card: ArticleCard, texts: Catalogue) -> str:
    """The outlet with its agency or distributor behind it, as printed."""
    names = [one_line(name, LONGEST_OUTLET) for name in (card.outlet, card.agency) if name]
    if len(names) == 2 and names[0] != names[1]:
        return texts.say("article.outlet_and_agency", outlet=names[0], agency=names[1])
    return texts.isolate(names[0]) if names else texts.say("article.no_outlet")


def source_line(card: ArticleCard, texts: Catalogue) -> str:
    """Outlet, date and what kind of piece it is: "Los Angeles Times (TCA) · 2017 · Opinion"."""
    parts = [outlet(card, texts), published(card, texts)]
    if card.label is not None:
        parts.append(texts.say(f"label.{card.label.value}"))
    if card.retracted:
        parts.append(texts.say("label.retracted"))
    return texts.lead + " · ".join(parts)


def byline(card: ArticleCard, texts: Catalogue) -> str:
    """Who wrote it and who contributed, or nothing where no name is printed."""
    authors, contributors = _names(card.authors), _names(card.contributors)
    if authors and contributors:
        return texts.say("article.by_with", authors=authors, contributors=contributors)
    if authors:
        return texts.say("article.by", authors=authors)
    return texts.say("article.with", contributors=contributors) if contributors else ""


def _names(names: Sequence[str]) -> str:
    return one_line(", ".join(names), LONGEST_NAMES)


def kind_line(citation: Citation, texts: Catalogue) -> str:
    """What the quote is where it is not the article's prose: a caption with its photograph's date, a credit line."""
    if citation.kind is Label.CAPTION:
        taken = citation.article.caption_date
        return texts.say("quote.caption_dated", date=texts.date(taken)) if taken else texts.say("quote.caption")
    return texts.say("quote.credit") if citation.kind is Label.CREDIT else ""


def entry_line(citation: Citation, texts: Catalogue) -> str:
    """When the entry of a live blog that is quoted was written, in the outlet's own time; nothing elsewhere."""
    return texts.say("quote.entry", moment=texts.moment(citation.moment)) if citation.moment else ""


def correction_line(citation: Citation, texts: Catalogue) -> str:
    """The outlet's own note of correction, as printed with the article; nothing where its words may not be shown."""
    note = "" if citation.withheld else one_line(citation.correction, LONGEST_NOTE)
    return texts.say("quote.correction_note", note=note) if note and note not in citation.text else ""


def speaker_line(citation: Citation, texts: Catalogue) -> str:
    """Who is speaking in the quoted words, as printed."""
    if citation.speaker is None:
        return ""
    name = one_line(citation.speaker.name, LONGEST_NAMES)
    description = one_line(citation.speaker.description or "", LONGEST_HEADLINE)
    if description:
        return texts.say("quote.speaker_described", name=name, description=description)
    return texts.say("quote.speaker", name=name)


def entry(card: ArticleCard, texts: Catalogue) -> str:
    """An article in half a line: its headline, outlet and date."""
    name = one_line(card.outlet or card.agency or "", 80) or texts.say("article.no_outlet")
    return texts.say("article.entry", headline=headline(card, texts, 140), outlet=name, date=published(card, texts))


def web_address(url: str | None) -> str | None:
    """The article's address where Telegram would take it as a link, else None."""
    if not url or len(url) > LONGEST_URL or any(sign.isspace() or not sign.isprintable() for sign in url):
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    labels = host.split(".")
    usable = parts.scheme in {"http", "https"} and len(labels) > 1 and all(labels)
    return url if usable and not parts.username else None


def copyable(card: ArticleCard, texts: Catalogue) -> str:
    """A citation of at most `COPY_LIMIT` UTF-16 units: headline, outlet, byline, date, address."""
    address = card.url if card.url and _units(card.url) <= COPY_LIMIT - 80 and not _spaced(card.url) else ""
    name = texts.isolate(one_line(card.outlet or card.agency or "", 60))
    author = texts.isolate(one_line(", ".join(card.authors), 60))
    when = texts.isolate(published(card, texts))
    frame = _units(texts.lead + texts.say("article.copy", headline="x")) - 1
    for details in ([author, name, when, address], [name, when, address], [when, address], [when]):
        tail = "".join(f", {part}" for part in details if part)  # nothing next to the address: it must still open
        room = COPY_LIMIT - _units(tail) - frame
        title = headline(card, texts)
        while title and _units(title) > room:
            title = one_line(title, min(len(title) - 1, max(room, 1))) if room > 20 else ""
        if title:
            return texts.lead + texts.say("article.copy", headline=title) + tail
    return headline(card, texts, 80)


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


def _spaced(words: str) -> bool:
    return any(sign.isspace() for sign in words)
