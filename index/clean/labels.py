"""Which kind of article it is, where it is not plain news: from its markup, its section, its headline, its address.

Called by `article.py`. Pure. Conservative: a report on an opinion poll is news, and so is one on a live concert; a word
counts only where it is the whole name of a section, of a folder of the address, or what stands before a headline's
colon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import unquote, urlsplit

from index.datatypes import ArticleLabel

_SECTIONS = {
    ArticleLabel.SPONSORED: "sponsored|sponsored (?:content|post|article|story|feature)|paid (?:content|post)|"
    "paid-content|advertorial|partner content|partner-content|partnered content|brandedcontent|branded content|"
    "branded-content|brand-studio|promoted|promoted content|promoted-content|sponsor content|sponsor-content|"
    "sponsored-content|"
    "advertiser content|anzeige|sponsored by .{2,60}|paid (?:content|post) (?:by|from|for) .{2,60}|"
    "(?:sponsored|partner|branded) content (?:by|from) .{2,60}|publirreportaje|contenido patrocinado|patrocinado|"
    "contenu sponsorisé|publi-?rédactionnel|на правах рекламы|партн[её]рский материал|спецпроект|محتوى مدعوم|"
    "إعلان مدفوع|推广|赞助内容",
    ArticleLabel.SATIRE: "satire|satirical|satire ?/ ?humou?r|satira|sátira|satyra|сатира|هجاء|سخرية|讽刺",
    ArticleLabel.LIVE: "live|live-news|live-updates|live updates|live blog|live-blog|liveblog|liveticker|live-ticker|"
    "live coverage|en vivo|en directo|en direct|diretta|ao vivo|онлайн|прямая трансляция|مباشر|直播",
    ArticleLabel.OPINION: "opinion|opinions|op-ed|op-eds|oped|editorial|editorials|commentary|comment|column|columns|"
    "columnists|commentisfree|comment is free|guest essay|guest column|letters?(?: to the editor)?|"
    "letters-to-the-editor|viewpoints?|kommentar|kommentare|kolumne|kolumnen|meinung|gastbeitrag|leitartikel|"
    "opinión|columna|"
    "columnas|tribuna|tribune|chronique|éditorial|opinione|opinioni|opinião|мнение|мнения|колонка|колонки|رأي|آراء|"
    "مقالات الرأي|افتتاحية|评论|观点|社论|社説|オピニオン",
    ArticleLabel.CORRECTION: "correction|corrections|clarification|clarifications|korrektur|berichtigung|corrección|"
    "fe de errores|поправка|исправление|تصحيح|更正",
}
_OWN_VIEWS = re.compile(
    r"(?:opinions?|views) expressed (?:in this (?:commentary|article|column|piece)|here) are "
    r"(?:his|her|their|the (?:author|writer))|"
    r"the (?:opinions?|views) expressed (?:are|is) (?:solely )?those of the author"
)
_LIVE_TITLE = re.compile(r"live (?:updates|blog|coverage)\b|liveblog\b|\+\+ ?live", re.IGNORECASE)


def article_label(given: str, sections: Sequence[str], title: str, url: str, text: str) -> ArticleLabel | None:
    """The article's label, None for plain news.

    `given` is what the record calls it (a label, or its section), `sections` what its page does; sections go before
    headline, address and text.
    """
    known = next((label for label in ArticleLabel if label.value == given.lower()), None)
    if known is not None:
        return known
    folders = _folders(url)
    for label, words in _patterns():
        named = any(words.fullmatch(one.strip()) for one in (given, *sections))
        prefix = re.match(rf"[\[(]?(?:{words.pattern})[\])]?\s*(?:[:|—–]|-\s)", title, re.IGNORECASE)
        if named or prefix or any(words.fullmatch(folder) for folder in folders):
            return label
    if _LIVE_TITLE.match(title):
        return ArticleLabel.LIVE
    return ArticleLabel.OPINION if _OWN_VIEWS.search(text) else None


def _folders(url: str) -> list[str]:
    """The folders of an address, without its last part, which is the article's own name."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return []
    return path.lower().strip("/").split("/")[:-1]


@cache
def _patterns() -> tuple[tuple[ArticleLabel, re.Pattern[str]], ...]:
    return tuple((label, re.compile(rf"(?:{words})", re.IGNORECASE)) for label, words in _SECTIONS.items())
