"""Words that carry grammar rather than matter, folded as in index/language/terms.py.

The packs' lists are short on purpose: a word that can be the matter of a news question ("people", "state", "new") is
not in them. Languages without a list take the most frequent short words of general text.
"""

from __future__ import annotations

from functools import lru_cache

from index.language.packs.table import pack_of


@lru_cache(maxsize=64)
def stopwords(lang: str) -> frozenset[str]:
    """The folded stop words of `lang` (ISO 639-1); for a language without a list, its most frequent short words."""
    listed = pack_of(lang).stopwords
    if listed:
        return frozenset(listed.split())
    from wordfreq import top_n_list  # only for the languages without a list

    try:
        return frozenset(word for word in top_n_list(lang, 60) if len(word) <= 4)
    except LookupError:
        return frozenset()
