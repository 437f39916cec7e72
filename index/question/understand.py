"""A question in a reader's words -> what is asked, of when, of which articles, in which spelling.

Called by the archive before it searches. Pure: the archive's own words, outlets and authors are handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.datatypes import Filter, Notice, NoticeKind
from index.language.vocabulary import Vocabulary
from index.question.analysis import Question, analyse
from index.question.filters import Roster, read_filters
from index.question.spelling_variants import alternatives, as_terms
from index.question.times import TimeReading, read_times

TOLD = ("spelling", "typo")  # the substitutions that a reader must know of; the others only widen the search


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as read: `question` is what is searched for, without the words of its filters.

    `times` is what all its words say of time. `filters` are those in use; `notices` say what was assumed.
    """

    question: Question
    times: TimeReading
    filters: tuple[Filter, ...]
    notices: tuple[Notice, ...]


def understand(
    text: str, lang: str, *, as_of: date, vocabulary: Vocabulary, roster: Roster, given: Sequence[Filter] | None = None
) -> Understood:
    """Read a question. `as_of` is the day that relative times are counted from.

    `given` are the filters to use instead of those in its words. The words of a filter in use are not searched for.
    """
    times = read_times(text, lang, as_of)
    read = read_filters(text, lang, times, roster)
    filters = read.filters if given is None else tuple(given)
    in_use = set(_meant(read.filters)) <= set(_meant(filters))
    question = analyse(read.question, lang, read.times) if in_use else analyse(text, lang, times)
    others = alternatives(question.terms, vocabulary, lang)
    return Understood(
        question=question.with_alternatives(as_terms(question.terms, others, vocabulary)),
        times=times,
        filters=filters,
        notices=(
            *(Notice(NoticeKind.FILTER, {"filter": one.source}) for one in filters),
            *(
                Notice(NoticeKind.SPELLING, {"asked": one.asked, "used": one.found})
                for one in others
                if one.reason in TOLD
            ),
        ),
    )


def _meant(filters: Sequence[Filter]) -> list[tuple[str, str]]:
    return [(one.field, one.value) for one in filters]
