"""Reads a post of a Telegram channel: where its headline is, which of its lines are words and which only decoration.

Called by `submitted.py` for posts handed in one by one and for those of an exported history, which come in one form:
{"channel": {"id", "name", "username"} or null, "messages": [...]}, each message as Telegram Desktop exports it
(core.telegram.org/import-export). A post has no headline: its first line is one where it stands apart, else its first
sentence serves as a name and stays part of the text. Hashtags, "Read more", links and invitations at the end are
furniture. Must not know where posts are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from index.clean import sentences
from index.datatypes import Facts, Label, LabelledSpan, Record, as_facts
from index.errors import RecordError

READER = "post/1"
ENDING = ".post"
"""Ends the names of posts that were submitted."""

LONGEST_LINE = 160  # characters of a first line that can be a headline
LONGEST_NAME = 120  # characters of a first sentence that serves as one

_TAGS = frozenset({"hashtag", "cashtag"})
_ADDRESSES = frozenset({"link", "mention", "mention_name", "email", "bot_command", "phone"})
_LINKS = _ADDRESSES | {"text_link"}
_MORE = re.compile(
    r"(?:read (?:more|on|the (?:full|whole) (?:story|article)|in full)|(?:full|whole) (?:story|article)|more|details|"
    r"source|link|via|continue reading|подробнее|читать(?: далее| полностью| ещё)?|источник|далее|ссылка|"
    r"mehr(?: dazu| lesen)?|weiterlesen|zum artikel|quelle|leer más|más información|fuente|lire (?:la suite|plus)|"
    r"اقرأ (?:المزيد|أيضا)|المزيد|المصدر|التفاصيل)[\s.:…→»>👉⬇️➡️-]*",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"\b(?:subscribe|follow|join|our channel|more news|send us|write to us|boost|подпис\w+|наш канал|прислать|"
    r"присылайте|больше новостей|abonnier\w+|folgt?|suscr[ií]b\w+|síguenos|abonnez)\b|اشترك|تابع|قناتنا",
    re.IGNORECASE,
)
_TELEGRAM = re.compile(r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|telegram\.dog)/|^tg:", re.IGNORECASE)
_FINISHED = (".", "!", "?", "…", "”", '"', "»", "“", "。", "！", "？", "؟", ")")
_LEADING = re.compile(r"^[^\w\"'“”«„‘(\[¿¡#@$€£+−–—-]+")
_TRAILING = re.compile(r"[^\w.!?…\"'”“»’)\]%€$£]+$")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a range of a line is besides text: a type of the export's, and the address behind it."""

    start: int
    end: int
    type: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a post with its marks."""

    text: str
    marks: tuple[Mark, ...] = ()

    def bare(self, types: frozenset[str]) -> str:
        """The line's letters and digits outside the marks of these types."""
        signs = list(self.text)
        for mark in self.marks:
            if mark.type in types:
                signs[mark.start : mark.end] = " " * (mark.end - mark.start)
        return "".join(filter(str.isalnum, signs))

    def part(self, start: int, end: int) -> Line:
        """A stretch of the line without the white space around it."""
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        end = start + len(self.text[start:end].rstrip())
        inside = (mark for mark in self.marks if start <= mark.start and mark.end <= end)
        return Line(
            self.text[start:end],
            tuple(Mark(one.start - start, one.end - start, one.type, one.href) for one in inside),
        )


def read(data: bytes, *, key: str, name: str, handle: str | None = None) -> Record:
    """The article that a post is. RecordError where it holds no words.

    `handle` is the public name that its channel is known to have, where the post does not say.
    """
    post = parsed(data, key=key, name=name)
    lines = _lines(post)
    told = _told(lines)
    if not any(says for _, says in told):
        told = [(line, _links_somewhere(line)) for line in lines]  # the link is all there is
    words = [line for line, says in told if says]
    if not words:
        raise RecordError(f"{name} holds no text", source=name, key=key)
    title, of_its_own = _title(words)
    labels = {n: Label.FURNITURE for n, (_, says) in enumerate(told) if not says}
    first = next(n for n, (_, says) in enumerate(told) if says)
    labels[first] = Label.HEADING if of_its_own else Label.PROSE
    body = "\n\n".join(line.text for line, _ in told)
    return Record(key=key, format="post", body=body, fields={**_fields(post, handle), "title": title, "labels": labels})


def has_words(data: bytes) -> bool:
    """Whether a post holds anything to read: words or a link; a picture with hashtags does not."""
    lines = _lines(parsed(data, key="", name=""))
    return bool(_sorted(lines)[0]) or any(map(_links_somewhere, lines))


def only_link(data: bytes) -> str | None:
    """The address of the page that a post does nothing but announce: a link, with a headline before it at most."""
    words, furniture = _sorted(_lines(parsed(data, key="", name="")))
    targets = list(dict.fromkeys(target for line in [*words, *furniture] for target in _targets(line)))
    if len(targets) != 1 or len(words) > 1:
        return None
    announced = not words or _is_apart(words[0].text) or _is_link(words[0])
    return targets[0] if announced else None


def address(channel: int, message_id: int, handle: str | None = None) -> str:
    """The link to a post: t.me/NAME/1 where the channel is public, else t.me/c/NUMBER/1, which its members can open."""
    if handle:
        return f"https://t.me/{handle}/{message_id}"
    return f"https://t.me/c/{str(abs(channel)).removeprefix('100')}/{message_id}"


def addressed(link: str) -> tuple[str, int] | None:
    """The reverse of `address`: the channel (its public name, or its number as text) and the message of a link."""
    found = _POST.fullmatch(link.strip())
    if found is None:
        return None
    return (f"-100{found['number']}" if found["number"] else found["handle"]), int(found["message"])


_POST = re.compile(
    r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|telegram\.dog)/(?:s/)?"
    r"(?:c/(?P<number>\d+)|(?P<handle>[A-Za-z]\w{3,31}))/(?P<message>\d+)/?(?:[?#].*)?",
    re.IGNORECASE,
)


def parsed(data: bytes, *, key: str, name: str) -> Mapping[str, Any]:
    """The post as it was kept; RecordError where it is none."""
    try:
        post = json.loads(data)
        if isinstance(post, dict) and isinstance(post["messages"], list) and post["messages"]:
            return post
    except (ValueError, KeyError):
        pass
    raise RecordError(f"{name} is not a post", source=name, key=key)


# -- what is said of it -----------------------------------------------------------------------------------------------


def _fields(post: Mapping[str, Any], handle: str | None) -> Facts:
    first, channel = post["messages"][0], post.get("channel")
    texts = {"outlet": channel.get("name") if channel else None, "agency": first.get("forwarded_from")}
    fields = as_facts({name: value for name, value in texts.items() if isinstance(value, str) and value})
    if author := next((one["author"] for one in post["messages"] if one.get("author")), None):
        fields["authors"] = [str(author)]
    if (moment := moment_of(first)) is not None:
        fields["published"] = moment.isoformat()
    if channel and channel.get("id") and isinstance(first.get("id"), int):
        fields["url"] = address(channel["id"], first["id"], channel.get("username") or handle)
    return fields


def moment_of(message: Mapping[str, Any], name: str = "date") -> datetime | None:
    """When a message was sent ("date") or edited ("edited"); a time without a zone, as old exports have it, in UTC."""
    try:
        if message.get(f"{name}_unixtime"):
            return datetime.fromtimestamp(int(message[f"{name}_unixtime"]), UTC)
        if message.get(name):
            moment = datetime.fromisoformat(str(message[name]))
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


# -- its lines --------------------------------------------------------------------------------------------------------


def _lines(post: Mapping[str, Any]) -> list[Line]:
    """The lines of all its messages that hold anything."""
    return [line for message in post["messages"] for line in _split(parts_of(message)) if line.text]


def parts_of(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The text of a message as parts {"type", "text", "href"}: newer exports have them, older ones mix in strings."""
    parts = message.get("text_entities") or message.get("text") or []
    parts = [parts] if isinstance(parts, str | dict) else parts
    found = ({"type": "plain", "text": part} if isinstance(part, str) else part for part in parts)
    return [part for part in found if isinstance(part, dict) and isinstance(part.get("text"), str)]


def _split(parts: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    text, marks = "", []
    for part in parts:
        start, text = len(text), text + part["text"]
        if part.get("type") not in (None, "plain"):
            marks.append(Mark(start, len(text), str(part["type"]), str(part.get("href") or "")))
    whole = 0
    for line in text.split("\n"):
        end = whole + len(line)
        inside = (
            Mark(max(one.start, whole) - whole, min(one.end, end) - whole, one.type, one.href)
            for one in marks
            if one.start < end and one.end > whole
        )
        yield Line(line, tuple(inside)).part(0, len(line))
        whole = end + 1


def _told(lines: Sequence[Line]) -> list[tuple[Line, bool]]:
    """Each line in its order, and whether it says something; what does not is furniture.

    From the end backwards also links to read on and invitations are furniture, and what hangs on the last sentence.
    """
    told = [(line, not _decorates(line)) for line in lines]
    words = [at for at, (_, says) in enumerate(told) if says]
    while words and _leads_away(told[words[-1]][0]):
        if len(words) == 1 and _is_headline_link(told[words[0]][0]):
            break
        at = words.pop()
        told[at] = (told[at][0], False)
    if words:
        line, rest = _without_tail(told[words[-1]][0])
        told[words[-1] : words[-1] + 1] = [(line, True), (rest, False)] if rest.text else [(line, True)]
    return told


def _sorted(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines that say something, and the furniture."""
    told = _told(lines)
    return [line for line, says in told if says], [line for line, says in told if not says]


def _decorates(line: Line) -> bool:
    """Whether a line is nothing but tags, addresses or signs, wherever it stands."""
    return not line.bare(_TAGS | _ADDRESSES)


def _leads_away(line: Line) -> bool:
    """Whether a line at the end is a link to read on, or an invitation."""
    if not any(mark.type in _LINKS for mark in line.marks) and not _TELEGRAM.search(line.text):
        return False
    if _is_link(line) or _MORE.match(_LEADING.sub("", line.text)) or _INVITES.search(line.text):
        return len(line.text) < LONGEST_LINE
    return bool(_TELEGRAM.search(line.text)) and len(line.text.split()) <= 12


def _is_link(line: Line) -> bool:
    """Whether a line is links and signs between them, nothing else."""
    return not line.bare(_LINKS | _TAGS)


def _is_headline_link(line: Line) -> bool:
    """Whether a line is a headline that somebody made a link: words, and not "Read more"."""
    links = [mark for mark in line.marks if mark.type == "text_link"]
    return bool(links) and not _MORE.fullmatch(_LEADING.sub("", line.text)) and not _INVITES.search(line.text)


def _without_tail(line: Line) -> tuple[Line, Line]:
    """A line without the tags and links behind its last sentence, and those."""
    cut, tags = len(line.text), 0
    for mark in reversed(line.marks):
        more = mark.type == "text_link" and _MORE.fullmatch(line.text[mark.start : mark.end])
        tailing = mark.type in _TAGS | _ADDRESSES or more
        if not tailing or any(map(str.isalnum, line.text[mark.end : cut])):
            break
        cut, tags = mark.start, tags + (mark.type in _TAGS)
    left, rest = line.part(0, cut), line.part(cut, len(line.text))
    apart = left.text.rstrip(" →👉➡️-–—:|").endswith(_FINISHED) or tags > 1
    return (left, rest) if left.bare(_TAGS | _ADDRESSES) and apart else (line, Line(""))


def _targets(line: Line) -> Iterator[str]:
    """The pages of the web that a line links to, Telegram's own left out."""
    for mark in line.marks:
        target = mark.href if mark.type == "text_link" else line.text[mark.start : mark.end]
        if mark.type in ("link", "text_link") and not _TELEGRAM.search(target):
            yield target if re.match(r"https?://", target, re.IGNORECASE) else f"https://{target}"


def _links_somewhere(line: Line) -> bool:
    return next(_targets(line), None) is not None


# -- its headline -----------------------------------------------------------------------------------------------------


def _title(words: Sequence[Line]) -> tuple[str, bool]:
    """What a post is called, and whether that is a line of its own, which is no part of the text then."""
    first = words[0]
    if len(words) > 1 and len(first.text) <= LONGEST_LINE and (_is_apart(first.text) or _is_bold(first)):
        return _named(first.text), True
    return _named(_shortened(_first_sentence(first.text))), False


def _is_apart(text: str) -> bool:
    """Whether a line reads as a headline: no full stop behind it, and nothing that goes on."""
    ends = _TRAILING.sub("", text)
    return not ends.endswith((".", "…", "。")) and not text.rstrip().endswith((":", ",", ";", "،"))


def _is_bold(line: Line) -> bool:
    return not line.bare(frozenset({"bold", "custom_emoji"}))


def _first_sentence(text: str) -> str:
    found = sentences.sentences(text, (LabelledSpan(0, len(text), Label.PROSE),), "und")
    return found[0].span.of(text) if found else text


def _shortened(sentence: str) -> str:
    """A sentence as a name: without its full stop, cut at a word where it is long."""
    if len(sentence) <= LONGEST_NAME:
        return sentence.removesuffix(".") if not sentence.endswith("..") else sentence
    return sentence[:LONGEST_NAME].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _named(text: str) -> str:
    """A line without the emoji around it."""
    return _TRAILING.sub("", _LEADING.sub("", text)) or text
