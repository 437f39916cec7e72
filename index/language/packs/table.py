"""All language packs by code. A new language is a file of its own, and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from index.language.packs import arabic, chinese, english, french, german, russian, spanish
from index.language.packs.other_languages import OTHERS
from index.language.packs.pack import Pack

_ALL = (english.PACK, german.PACK, spanish.PACK, russian.PACK, french.PACK, arabic.PACK, chinese.PACK, *OTHERS)
PACKS: Mapping[str, Pack] = MappingProxyType({pack.code: pack for pack in _ALL})


def pack_of(lang: str) -> Pack:
    """The pack of a language (ISO 639-1); an empty one where there is none, English for "und"."""
    return PACKS.get("en" if lang == "und" else lang) or Pack(lang)
