"""Finds what an outlet says of its own article: that it was corrected, that it was retracted.

Called by `article.py`. Pure. The note stays what it is, a paragraph of the text; here is only said where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOTE = re.compile(
    r"[\[(*\s]*(?:"
    r"(?:correction|clarification|corrected)\b(?:\s*\(?[^:()]{0,40}\)?)?\s*[:—–-]\s"
    r"|(?:an?|the) (?:earlier|previous|original) version of (?:this|the) (?:article|story|report|post|piece|column|"
    r"headline)\b(?=.*\b(?:misstat|incorrect|wrong|misidentif|misspell|said|stated|gave|omitted|error|referred|named|included|"
    r"misattribut|mischaracter))"
    r"|this (?:article|story|report|post|piece|headline|column) (?:was|has been) (?:amended|corrected|"
    r"(?:updated|edited) to (?:correct|fix|clarify|accurately|properly))"
    r"|editor[’']?s['’]? (?:note|correction)\b.{0,30}(?:correct|amended|an earlier version)"
    r"|korrektur(?:hinweis)?\s*:|berichtigung\s*:|richtigstellung\s*:"
    r"|in einer (?:früheren|ersten) (?:version|fassung)\b"
    r"|correcci[oó]n\s*:|fe de (?:errores|erratas)\s*:|rectificaci[oó]n\s*:|una versi[oó]n anterior de este\b"
    r"|correctif\s*:|rectificatif\s*:|une version (?:antérieure|précédente) de (?:cet|ce)\b"
    r"|поправка\s*:|исправление\s*:|уточнение\s*:|в (?:предыдущей|первоначальной|ранней) версии\b"
    r"|تصحيح\s*:|تصويب\s*:|更正[:：]|訂正[:：]"
    r")",
    re.IGNORECASE | re.DOTALL,
)
_RETRACTED_TITLE = re.compile(
    r"[\[(]?(?:retracted|retraction|withdrawn|отозвано|zurückgezogen)[\])]?\s*[:|—–-]", re.IGNORECASE
)
_RETRACTED = re.compile(
    r"this (?:article|story|report|post|piece|column) "
    r"(?:has been|was|is being) (?:retracted|withdrawn|removed|unpublished)\b"
    r"|\bhas (?:retracted|withdrawn) this (?:article|story|report)\b"
    r"|\bwe (?:have )?(?:retracted|withdrawn) this (?:article|story)\b"
    r"|dieser (?:artikel|bericht) wurde zurückgezogen|este (?:artículo|reportaje) ha sido retirado|"
    r"(?:статья|материал) (?:отозван|снята?)",
    re.IGNORECASE,
)
_NOTE_LENGTH = 700  # characters; a longer paragraph is a story about a correction
_HEAD = 4


def correction(paragraphs: Sequence[str], given: str = "") -> int | None:
    """The number of the paragraph that corrects its own article, None where none does.

    `given` is the note as the article's markup has it; a paragraph that holds it counts whatever it looks like.
    """
    wanted = _folded(given)
    for number, paragraph in enumerate(paragraphs):
        if len(paragraph) <= _NOTE_LENGTH and (_NOTE.match(paragraph) or (wanted and wanted in _folded(paragraph))):
            return number
    return None


def is_retracted(title: str, paragraphs: Sequence[str]) -> bool:
    """Whether the outlet says that the article does not stand any more: before its headline, or in a note."""
    if _RETRACTED_TITLE.match(title):
        return True
    return any(len(one) <= _NOTE_LENGTH and _RETRACTED.search(one) for one in paragraphs[:_HEAD])


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
