"""Reads an e-mail (.eml) as an article, as newsletters are kept: subject, date and sender are fields.

Called by `index/sources/formats/registry.py`. The standard library's parser takes the message apart; the HTML part is
read where there is one, because it keeps paragraphs and headings.
"""

from __future__ import annotations

import re
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from index.datatypes import Record
from index.errors import RecordError
from index.sources.input.decode import decode
from index.sources.input.fields import named_fields

READER = "eml/1"

_HEADER = re.compile(rb"[!-9;-~]{1,80}:[ \t]*\S?")
_FROM_DESK = re.compile(
    r"(?P<person>[^|@]{3,60}?)\s+(?:from|at|bei|de|von|из)\s+(?P<outlet>(?:The |Die |Der |La |El |Le )?\S.{1,60})"
)
# Newsletters are laid out in tables: a cell is a block. What is hidden is for machines.
_LAYOUT = re.compile(r"<(/?)(?:table|tbody|thead|tfoot|tr|td|th|center)\b", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<head\b.*?</head\s*>|<(?P<tag>\w+)\b[^>]*\bstyle\s*=\s*[\"'][^\"'>]*display\s*:\s*none[^>]*>[^<]*</(?P=tag)\s*>",
    re.IGNORECASE | re.DOTALL,
)


def read(data: bytes, *, key: str, name: str) -> Record:
    """The article in the bytes of a message; RecordError where they are no message or it holds no text."""
    if not _HEADER.match(data.lstrip(b"\xef\xbb\xbf\r\n")) and not data.startswith(b"From "):
        raise RecordError(f"{name} is no e-mail: it does not begin with headers", source=name, key=key)
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data.lstrip(b"\xef\xbb\xbf\r\n"))
        part = message.get_body(("html", "plain"))
        if part is None or _is_encrypted(message):
            what = "is encrypted" if _is_encrypted(message) else "holds no text"
            raise RecordError(f"{name} {what}", source=name, key=key)
        text = _text(part, name, key)
        fields = named_fields(_stated(message))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError, AssertionError):
        # The parser of headers fails in many ways on what was never an e-mail.
        raise RecordError(f"{name} is no e-mail that can be read", source=name, key=key) from None
    if part.get_content_subtype() == "html":
        from index.sources.pages.web_page import fragment  # here, because it loads an HTML parser

        page = fragment(_LAYOUT.sub(r"<\1div", _HIDDEN.sub("", " ".join(text.split()))))
        return Record(key=key, format="eml", body=page.body, fields={**page.fields, **fields})
    return Record(key=key, format="eml", body=_unquoted(text), fields=fields)


def _is_encrypted(message: EmailMessage) -> bool:
    return message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime")


def _text(part: Message, name: str, key: str) -> str:
    """The words of a part, in the charset that it names, else in the one that it is in."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise RecordError(f"{name} holds no text", source=name, key=key)
    charset = part.get_content_charset()
    text = decode(payload, name=name, key=key, declared=charset)
    if "format=flowed" in str(part.get("content-type", "")).replace('"', "").lower():
        text = re.sub(r" \r?\n", " ", text)
    return text


def _unquoted(text: str) -> str:
    """A plain text without its signature."""
    return re.split(r"\n-- \r?\n", text, maxsplit=1)[0]


def _stated(message: EmailMessage) -> dict[str, object]:
    sender = str(message.get("from", ""))
    shown, author = _sender(message)
    title = re.sub(r"^\s*(?:(?:fwd?|re|aw|wg)\s*:\s*)+", "", str(message.get("subject", "")), flags=re.IGNORECASE)
    archived = re.search(r"https?://[^\s<>]+", str(message.get("archived-at", "")))
    return {
        "title": " ".join(title.split()),
        "outlet": shown or sender,
        "authors": [author] if author else [],
        "published": _date(str(message.get("date", ""))),
        "language": str(message.get("content-language", "")),
        "url": archived[0] if archived else "",
    }


def _sender(message: EmailMessage) -> tuple[str, str]:
    """The outlet that sent the message and, where the sender's name tells it, the author."""
    addresses = getattr(message.get("from"), "addresses", ())
    if not addresses:
        return "", ""
    name = " ".join(addresses[0].display_name.split())
    desk = _FROM_DESK.fullmatch(name)
    if desk:
        return desk["outlet"], desk["person"]
    return name or addresses[0].domain.removeprefix("www."), ""


def _date(value: str) -> str:
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return value
