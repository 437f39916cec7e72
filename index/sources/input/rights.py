"""Whether an article may be served at all, as its own source says: killed, withheld, under embargo, expired.

Called by the readers of the wire formats. It must not know formats.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from index.clean.dates import read_date
from index.errors import RecordWithheld

_KILLED = re.compile(r"\b(?:cancell?ed|cancel|kill(?:ed)?|withdrawn|retracted)\b", re.IGNORECASE)
_KILL_NOTICE = re.compile(r"\b(?:mandatory kill|kill (?:notice|this)|bulletin kill)\b|^\W*(?:kill|withdrawn?)\b", re.I)
_WITHHELD = re.compile(r"\b(?:withheld|embargoed|hold)\b", re.IGNORECASE)


def check(  # noqa: PLR0913
    *,
    key: str,
    name: str,
    title: str = "",
    story: str = "",
    status: str = "",
    notice: str = "",
    embargo: str = "",
    expiry: str = "",
    now: datetime | None = None,
) -> None:
    """RecordWithheld where the article may not be served at `now` (default: this moment).

    `status` is what the source calls it ("usable", "stat:canceled"), `notice` a note to editors, `embargo` and
    `expiry` times as given. `story` is the identifier that other files know the article by.
    """
    now = now or datetime.now(UTC)
    why = ""
    if _KILLED.search(status) or _KILL_NOTICE.search(notice):
        why = "was killed by its source"
    elif (opens := read_date(embargo)[1]) is not None and opens > now:
        why = f"is under embargo until {opens:%Y-%m-%d %H:%M %Z}"
    elif _WITHHELD.search(status) and not (opens is not None and status.lower().endswith("embargoed")):
        why = "is withheld by its source"
    elif has_expired(expiry, now):
        why = f"could be used until {read_date(expiry)[1]:%Y-%m-%d} only"
    if why:
        shown = f"{title} ({name})" if title else name
        raise RecordWithheld(f"{shown} {why}", source=name, key=key, story=story)


def has_expired(expiry: str, now: datetime | None = None) -> bool:
    """Whether the time until which an article may be used, as given, lies before `now` (default: this moment).

    It belongs into the digest of a record: an article expires without a change of its bytes.
    """
    closes = read_date(expiry)[1]
    return closes is not None and closes <= (now or datetime.now(UTC))
