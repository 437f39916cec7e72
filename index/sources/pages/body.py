"""The words of a web page's article: its paragraphs in order, and what the markup says of each.

Called by `web_page.py`. trafilatura finds the article; around that we mend what news pages bring: paragraphs that are
only broken lines, layout tables, a second article below the first, live blogs. A sentence that stands between two
paragraphs of the article and was left out comes back: losing one is worse than keeping a line of furniture.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

import trafilatura
from lxml.html import HtmlElement as Element  # type: ignore[import-untyped]  # comes with trafilatura
from lxml.html import fromstring
from trafilatura.settings import use_config

from index.sources.pages.live_blog import Entry, entries, from_updates
from index.sources.pages.markup import words

# Words in an element's classes or id that say it is not the article's own text.
_ASIDE_WORDS = re.compile(
    r"newsletter|newsl|nl|signup|subscribe|subscription|regwall|related|recirc(?:ulation)?|readmore|promo|"
    r"promotion|teasers?|share|sharing|social|comments?|disqus|cookies?|consent|gdpr|cmp|bio|authorbio|ads?|advert|"
    r"advertisement|outbrain|taboola|trending|mostread|popular|recommended|recommendations|breadcrumbs?|toolbar|tools|"
    r"tags|topics|follow|donate|donation|membership|optin|kicker|flag|also|more|upnext|abo"
)
_ASIDE_PAIRS = re.compile(
    r"read-?(?:also|more|next)|author-?(?:bio|box|info|card|about)|about-?(?:the-)?author|most-?read|twitter-tweet|opt-in|"
    r"instagram-media|tiktok-embed|fb-post|sign-?up|next-?(?:up|article)|more-?(?:stories|news|from)|see-?also"
)
# Those that hold no sentence of the article however large they are; "paywall" alone is what the gate hides.
_SURELY_ASIDE = re.compile(
    r"newsletter|sign-?up|regwall|(?:pay|reg)-?wall-?(?:gate|prompt|banner|overlay|cta|message|modal|barrier|offer)|cookie|"
    r"consent|gdpr|disqus|comments-|comment-|twitter-tweet|instagram-media|tiktok-embed|taboola|outbrain"
)
_OWN_WORDS = re.compile(r"content|body|text|main|wrapper|container|page|story|article|post|entry|paywalled")
_LARGEST_ASIDE = 0.35  # of the page's paragraphs' text: a larger one is no aside, whatever it is called
_BLOCKS = ("p", "h2", "h3", "h4", "li", "blockquote", "div")
_FINISHED = (".", "!", "?", "”", '"', "»", "“", "…", "。", "؟", "！", "？", "」", "’")


@dataclass(slots=True)
class Body:
    """The paragraphs of an article, and which of them the markup names. An entry is (its first paragraph, its time)."""

    paragraphs: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)


def body(tree: Element, headline: str, updates: Sequence[tuple[str, str, str]], *, live: bool) -> Body:
    """The article in the page. `live`: it is a live blog; `updates` are its entries as its linked data gives them."""
    tree = copy.deepcopy(tree)
    _drop_later_articles(tree, headline)
    _open_layout_tables(tree)
    _break_into_paragraphs(tree)
    found = Body(captions=[caption for caption in _captions(tree) if caption])
    _extract(tree, found)
    if live:
        _put_entries(found, entries(tree) or from_updates(updates))
    found.asides = _asides(tree, found.paragraphs)
    found.paragraphs = [text for text in found.paragraphs if text not in found.captions] + found.captions
    return found


def _drop_later_articles(tree: Element, headline: str) -> None:
    """Leave out whole articles with a headline of their own after the page's."""
    articles = [one for one in tree.iter("article") if next(one.iterancestors("article"), None) is None]
    headed = [one for one in articles if one.xpath(".//h1")]
    own = next((one for one in headed if any(_same(words(head), headline) for head in one.xpath(".//h1"))), None)
    for article in headed if own is not None else ():
        if article is not own and article.getparent() is not None:
            article.drop_tree()


def _open_layout_tables(tree: Element) -> None:
    """A table that holds a headline or long text is a way of placing things, not a table."""
    for table in list(tree.iter("table")):
        cells = [cell for cell in table.iter("td") if len(words(cell)) > 600 or cell.xpath(".//h1|.//p")]
        if cells:
            for part in [table, *table.iter("tbody", "tr", "td", "th")]:
                part.tag = "div"


def _break_into_paragraphs(tree: Element) -> None:
    """Where two line breaks stand in a row, what is between them becomes a paragraph."""
    parents = {id(one.getparent()): one.getparent() for one in tree.iter("br") if _breaks(one)}
    for parent in parents.values():
        if parent is None or parent.tag in ("pre", "td", "th", "html"):
            continue
        _paragraphs_from_breaks(parent)


def _breaks(element: Element) -> bool:
    following = element.getnext()
    return not (element.tail or "").strip() and following is not None and following.tag == "br"


def _paragraphs_from_breaks(parent: Element) -> None:
    made: list[Element] = []
    current = fromstring("<p></p>")
    current.text, parent.text = parent.text, None

    def close() -> None:
        nonlocal current
        if words(current):
            made.append(current)
        current = fromstring("<p></p>")

    for child in list(parent):
        tail, child.tail = child.tail, None
        parent.remove(child)
        if child.tag == "br":
            if not (tail or "").strip():
                close()
            _append_text(current, (" " if len(current) or current.text else "") + (tail or ""))
        elif child.tag in ("p", "div", "table", "ul", "ol", "figure", "blockquote", "h1", "h2", "h3", "h4", "aside"):
            close()
            made.append(child)
            _append_text(current, tail or "")
        else:
            current.append(child)
            child.tail = tail
    close()
    if parent.tag == "p":
        parent.tag = "div"
    parent.extend(made)


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _extract(tree: Element, found: Body) -> None:
    """trafilatura's paragraphs, with the sentences that it left out between them."""
    extracted = trafilatura.bare_extraction(
        copy.deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False, config=_config()
    )
    inner = getattr(extracted, "body", None)
    for element in _inner_blocks(inner) if inner is not None else ():
        text = _row(element) if element.tag == "row" else words(element)
        if text:
            found.paragraphs.append(text)
            if element.tag == "head":
                found.headings.append(text)
    _restore(tree, found)


@cache
def _config() -> ConfigParser:
    """trafilatura's settings, but for news in brief: below 250 characters it would take the whole page."""
    config: ConfigParser = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "60")
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "1")
    return config


def _inner_blocks(inner: Element) -> Iterator[Element]:
    """The innermost blocks of trafilatura's tree, in order."""
    outer = {"p", "head", "item", "quote", "row", "ab", "list", "table", "div"}
    for element in inner.iter("p", "head", "item", "quote", "row", "ab"):
        holds_blocks = any(child.tag in outer for child in element.iterdescendants() if isinstance(child.tag, str))
        inside_row = any(above.tag == "row" for above in element.iterancestors())
        if (not holds_blocks or element.tag == "row") and not inside_row:
            yield element


def _row(element: Element) -> str:
    return " ".join(filter(None, (words(cell) for cell in element.iter("cell")))) or words(element)


def _restore(tree: Element, found: Body) -> None:
    """Put back sentences and subheads that stand next to paragraphs of the article and were left out."""
    places: dict[str, list[int]] = {}
    for number, text in enumerate(found.paragraphs):
        places.setdefault(_folded(text), []).append(number)
    whole = "\n".join(places)
    blocks = [one for one in tree.iter(*_BLOCKS) if one.tag != "div" or not len(one)]
    texts = [words(one) for one in blocks]
    parents = [one.getparent() for one in blocks]  # held, so that an id stays that of one element
    homes = Counter(id(parent) for parent, text in zip(parents, texts, strict=True) if text and _folded(text) in places)
    missed: dict[int, list[str]] = {}
    at = -1
    for block, parent, text in zip(blocks, parents, texts, strict=True):
        folded = _folded(text)
        if folded in places:
            at = next((number for number in places[folded] if number > at), at)
        elif folded and at >= 0 and homes[id(parent)] >= 2 and folded not in whole and _is_missed(block, text):
            missed.setdefault(at, []).append(text)
            found.headings += [text] if block.tag in ("h2", "h3", "h4") else []
    numbered = enumerate(found.paragraphs)
    found.paragraphs = [text for number, one in numbered for text in (one, *missed.get(number, ()))]


def _is_missed(block: Element, text: str) -> bool:
    """Whether a block that trafilatura left out is a sentence of the article or a subhead."""
    linked = sum(len(words(link)) for link in block.iter("a"))
    outside = any(
        one.tag in ("aside", "nav", "footer", "form", "figure", "figcaption", "header") or _names_aside(one)
        for one in (block, *islice(block.iterancestors(), 6))
    )
    if outside or linked > len(text) / 2:
        return False
    return block.tag in ("h2", "h3") or (len(text) >= 40 and text.endswith(_FINISHED))


def _put_entries(found: Body, live: Sequence[Entry]) -> None:
    """The paragraphs before the entries, then each entry under its time."""
    if not live:
        return
    inside = {_folded(text) for one in live for text in (*one.headings, *one.paragraphs)}
    joined = "".join(_folded(text) for one in live for text in one.paragraphs)
    lead = [text for text in found.paragraphs if _folded(text) not in inside and _folded(text) not in joined]
    found.paragraphs, found.headings = lead, [text for text in found.headings if text in lead]
    for one in live:
        heads = [*filter(None, [one.clock]), *one.headings]
        found.entries.append(((heads or one.paragraphs)[0], one.moment))
        found.headings += heads
        found.paragraphs += [*heads, *one.paragraphs]


def _captions(tree: Element) -> list[str]:
    inside = tree.xpath(".//article//figcaption|.//main//figcaption") or tree.xpath(".//figcaption")
    classed = [one for one in tree.xpath(".//p[@class]|.//span[@class]|.//div[@class]") if _is_caption(one)]
    return list(dict.fromkeys(words(element) for element in (*inside, *classed)))


def _is_caption(element: Element) -> bool:
    name = str(element.get("class", "")).lower()
    return (
        re.search(r"(?:^|[\s_-])(?:wp-caption-text|caption|image-caption|photo-caption)(?:$|[\s_])", name) is not None
    )


def _asides(tree: Element, paragraphs: Sequence[str]) -> list[str]:
    """Those of the paragraphs that stand only inside elements whose classes say that they are not the article's."""
    total = sum(map(len, paragraphs)) or 1
    blocks = [one for one in tree.iter("p", "li", "h2", "h3", "h4", "div", "span", "blockquote") if words(one)]
    wanted = {_folded(text) for text in paragraphs}
    inside: set[str] = set()
    outside: set[str] = set()
    for block in blocks:
        text = _folded(words(block))
        if text in wanted:
            aside = next((one for one in (block, *block.iterancestors()) if _names_aside(one)), None)
            small = aside is not None and (len(words(aside)) < _LARGEST_ASIDE * total or _is_surely_aside(aside))
            (inside if small else outside).add(text)
    nested = {text for text in inside if text not in outside}
    return [text for text in paragraphs if _folded(text) in nested]


def _is_surely_aside(element: Element) -> bool:
    return _SURELY_ASIDE.search(_name(element)) is not None and not element.xpath(".//h1")


def _name(element: Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}".lower()


def _names_aside(element: Element) -> bool:
    """Whether an element's own classes or id name something next to the article."""
    tokens = [token for token in re.split(r"[\s_]+|-{2,}", _name(element)) if token]
    pieces = {piece for token in tokens for piece in token.split("-")}
    if element.tag in ("html", "body", "main", "article") or any(map(_OWN_WORDS.fullmatch, pieces)):
        return False
    named = (
        any(map(_ASIDE_WORDS.fullmatch, pieces))
        or any(map(_ASIDE_PAIRS.search, tokens))
        or any(map(_SURELY_ASIDE.search, tokens))
    )
    return element.tag in ("aside", "nav", "footer", "form") or named


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _same(one: str, other: str) -> bool:
    return bool(one) and _folded(one) == _folded(other)
