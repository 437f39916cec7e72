"""Tells captions and photographers' credits from prose, one paragraph at a time.

Called by `paragraphs.py`. Pure. Precision first: a caption is only ever quoted as one, so prose that mentions pictures
or agencies must stay prose. A new rule needs a case in tests/index/clean/test_captions.py first.
"""

from __future__ import annotations

import re

from index.clean.furniture import LINK

_PHOTO_AGENCIES = (
    r"(?:AP|AFP|Reuters|REUTERS|EPA|EFE|TASS|ТАСС|dpa|DPA|Getty(?: Images)?|Shutterstock|Alamy|Zuma Press|TNS|"
    r"AP Photo"
    r"|USA TODAY(?: Sports)?|Associated Press|Bloomberg|Anadolu(?: Agency)?|NurPhoto|Xinhua|Sipa(?: USA)?"
    r"|picture alliance|imago(?: images)?|РИА Новости|Sputnik|PA(?: Media| Wire)?|iStock(?:photo)?|"
    r"Rex Features|Imagn)"
)
_AGENCY_LAST = re.compile(rf"{_PHOTO_AGENCIES}(?: (?:for|North America|Europe)[\w /]{{0,40}})?$")
_CAPTION = re.compile(
    r"(?:file photo|file) ?[:\-–—] ?.{10,}"
    r"|\(?(?:photo|photograph|photography|image|picture|illustration|graphic|foto|bild|grafik|fotografía|imagen|"
    r"photographie|crédit|credit|фото|снимок)(?: ?[:/]|s? by\b| von\b|s? courtesy of\b) ?[^.!?]{2,60}\)?\.?$"
    r"|.{0,500}[(\[](?:photos?|images?|pictures?|fotos?|bild|foto|фото|photo credit|credit|crédit|"
    r"imagen)(?: courtesy)?"
    r"(?: ?[:/]| by\b| von\b| de\b| of\b) ?[^()]{2,100}[)\]]\.?$",
    re.IGNORECASE | re.DOTALL,
)
_CREDITED = re.compile(
    rf".{{0,600}}(?:^|[.!?”\"’»] ?)[(\[](?:[^()\[\]]*(?:[/,] ?| via )|AP Photo/){_PHOTO_AGENCIES}[)\]]\.?$"
    r"|.{0,600}[(\[][^()\[\]]{0,60}\b(?:Getty Images|AP Photo|AFP/|Reuters/|REUTERS/)[^()]{0,60}[)\]]\.?$"
    rf"|.{{0,600}}(?:\bAP Photo/|REUTERS/)[^.!?]{{2,60}}\.?$"
    rf"|.{{0,600}}(?:/ ?| via |[.!?”\")] ?){_PHOTO_AGENCIES}(?: (?:for|North America|Europe)[\w /]{{0,40}})?$"
    rf"|(?:{_PHOTO_AGENCIES})(?: ?/ ?| via )[^.!?]{{2,60}}$"
    r"|.{10,500}[.!?”\"»’] ?\((?P<name>[^\W\d_a-z][\w.’'-]+(?: [^\W\d_a-z][\w.’'-]+){1,4})/"
    r"(?P<parts>[^()]{2,100})\)$",
    re.DOTALL,
)


def is_caption(paragraph: str) -> bool:
    """Whether a paragraph describes a picture or only names who took it."""
    if len(paragraph) > 600 or LINK.fullmatch(paragraph):
        return False
    if _CAPTION.match(paragraph):
        return True
    match = _CREDITED.match(paragraph) if _may_be_credited(paragraph) else None
    if match is None:
        return False
    parts = match.groupdict().get("parts")
    if parts is None:
        return True
    return all(len(part.strip()) > 1 and part.strip()[0].isupper() for part in parts.split("/"))


def _may_be_credited(paragraph: str) -> bool:
    """A fast look before the slow one: every credit is in brackets at the end, has a stroke or ends with its agency."""
    if paragraph.endswith((")", "]", ").", "].")) or "/" in paragraph or " via " in paragraph:
        return True
    return _AGENCY_LAST.search(paragraph, max(0, len(paragraph) - 90)) is not None
