"""Parses a piece of XML safely: no document type, no entities of its own, nothing fetched, depth and size bounded.

Called by the readers of XML. It must not know vocabularies. What newsrooms' programs write wrongly and what can be
told for certain is mended: named characters of HTML, control characters, references to characters of Windows-1252.
"""

from __future__ import annotations

import html
import html.entities
import re
from typing import TypeAlias

import lxml.etree  # type: ignore[import-untyped]  # comes with trafilatura

from index.errors import RecordError
from index.sources.input.decode import decode

Element: TypeAlias = lxml.etree._Element

_DECLARATION = re.compile(r"\ufeff?\s*<\?xml\b[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[<>]*(?P<subset>\[)?")
_REFERENCE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(#?\w{1,32});", re.DOTALL)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN = ("amp", "lt", "gt", "quot", "apos")


def declared_encoding(head: bytes) -> str | None:
    """The encoding that an XML declaration at the beginning names."""
    match = re.match(rb"""(?:\xef\xbb\xbf)?\s*<\?xml\b[^>]{0,80}?encoding\s*=\s*["']([\w.-]{1,40})["']""", head)
    name = match[1].decode("ascii") if match else None
    return None if name is None or name.lower().startswith(("utf-16", "utf16", "ucs-2")) else name


def parse(data: bytes, *, name: str, key: str, declared: str | None = None, namespaces: str = "") -> Element:
    """The root element of `data`; RecordError with one line where it is no XML or one that is not read.

    `namespaces` are declarations (xmlns:wp="...") that stand further up in the file that `data` was cut from; then
    `data` is the root's only child.
    """
    text = decode(data, name=name, key=key, declared=declared or declared_encoding(data[:200]))
    text = _without_doctype(_DECLARATION.sub("", text, count=1), name, key)
    text = _FORBIDDEN.sub(" ", _REFERENCE.sub(_character, text))
    parser = lxml.etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.etree.fromstring(f"<cut {namespaces}>{text}</cut>" if namespaces else text, parser)
    except (lxml.etree.XMLSyntaxError, ValueError) as error:
        raise RecordError(f"{name} is not valid XML ({_complaint(error)})", source=name, key=key) from None
    return root


def _without_doctype(text: str, name: str, key: str) -> str:
    match = _DOCTYPE.search(text, 0, 20_000)
    if match is None or re.search(r"<[A-Za-z]", text[: match.start()]):
        return text
    end = text.find("]" if match["subset"] else ">", match.end())
    if match["subset"]:
        if "<!ENTITY" in text[match.end() :]:
            raise RecordError(f"{name} declares entities of its own, which are not read", source=name, key=key)
        end = text.find(">", end)
    return text[: match.start()] + text[end + 1 :] if end >= 0 else text


def _character(match: re.Match[str]) -> str:
    """A named character of HTML and a wrong number as the character itself; all else unchanged."""
    name = match[1]
    if name is None or name in _OWN:
        return match[0]
    if name.startswith("#"):
        found = html.unescape(match[0])
        return html.escape(_FORBIDDEN.sub(" ", found)) if found != match[0] else " "
    character = html.entities.html5.get(f"{name};")
    return match[0] if character is None else html.escape(character)


def _complaint(error: Exception) -> str:
    told = re.sub(r"\s+", " ", str(error)).split(", line ")[0][:120]
    return told[:1].lower() + told[1:]


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(lxml.etree.QName(element).localname) if isinstance(element.tag, str) else ""


def words(element: Element | None) -> str:
    """The text of an element on one line, "" for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def children(element: Element | None, *path: str) -> list[Element]:
    """The elements at the end of a path of local names under `element`, in order."""
    found = [element] if element is not None else []
    for name in path:
        found = [child for one in found for child in one if local(child) == name]
    return found


def child(element: Element | None, *path: str) -> Element | None:
    """The first of `children`, None where there is none."""
    return next(iter(children(element, *path)), None)


def as_html(element: Element, renamed: dict[str, str]) -> str:
    """The inside of an element as HTML on one line, with elements renamed and namespaces gone."""
    for one in element.iter():
        if isinstance(one.tag, str):
            one.tag = renamed.get(local(one), local(one))
    for one in list(element.iter("drop")):
        _drop(one)
    lxml.etree.cleanup_namespaces(element)
    inside = (html.escape(element.text or "")) + "".join(
        lxml.etree.tostring(part, encoding="unicode", method="html") for part in element
    )
    return " ".join(inside.split())  # a line break in XML is a space


def _drop(element: Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
