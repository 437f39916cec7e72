"""Tells furniture and captions from prose, one paragraph at a time.

Called by `masthead.py`. Pure. Precision first: prose that is called furniture can never be quoted, so every rule names
a shape that no sentence of reporting has, and what is doubtful is prose.
"""

from __future__ import annotations

import re

_LONGEST = 450  # characters; promotion is short, and a long paragraph that mentions a newsletter is reporting

_WHOLE = re.compile(
    r"(?:advertise?ment|ad|read more|read next|related|related (?:stories|articles|content|coverage)|share|"
    r"share (?:this|this (?:article|story|page))|up next|sponsored(?: content)?|video ad feedback|sign up|subscribe|"
    r"subscribe now|log in|comments?|print|e-?mail|more on this story|most (?:read|popular|viewed)|recommended|"
    r"trending(?: now)?|editors?[’']s? picks|you may also like|more from .{1,30}|(?:story|article) continues below.*|"
    r"skip (?:to|past) .{1,40}|copy link|loading\W*|replay|what you need to know newsletter|"
    r"anzeige|werbung|mehr zum thema|weiterlesen|teilen|auch interessant|"
    r"publicidad|compartir|te puede interesar|más información|publicité|partager|à lire aussi|"
    r"реклама|читайте также|поделиться|подписаться)[\s.:!>»…]*",
    re.IGNORECASE,
)

_START = re.compile(
    r"(?:[(\[►•*▶🌤\s—–-]*)(?:"
    r"join (?:our|us on|the conversation on)\b.*\b(?:channel|newsletter|telegram|whatsapp|facebook|twitter|group)"
    r"|(?:sign up|register|subscribe) (?:here |now |today )?(?:for|to) (?:our|the|cnn|your|this|a|get|receive)\b.*"
    r"(?:newsletter|inbox|alerts?|updates|channel|podcast|e-?mail|here|app|digital|subscription)"
    r"|(?:get|receive) (?:our|the|your|all the)\b.*(?:newsletter|inbox|app\b)"
    r"|follow (?:us|him|her|them|me)(?: \S+){0,6} (?:on|at) (?:twitter|facebook|instagram|telegram|x|tiktok)"
    r"|follow \S.{0,80} on (?:twitter|facebook|instagram|telegram|tiktok)\b.*(?:@|here|facebook|instagram|flipboard)"
    r"|would you like to receive\b.*newsletter|download (?:our|the) .{0,30}\bapp\b"
    r"|(?:read more|read also|also read|see also|related(?: (?:story|stories|article|articles))?|more ?(?:here|on this)|"
    r"don[’']t miss|must read|recommended reading|lesen sie (?:auch|mehr)|mehr dazu|lea también|lee también|"
    r"te puede interesar|(?:à )?lire aussi|читайте также|читайте по теме)\s*[:»>|].*"
    r"|click here (?:to|for)\b|check your local forecast here"
    r"|(?:©|\(c\) ?|copyright\b[\s©]*(?:\(c\))?)\s*(?:\w+ ){0,3}(?:19|20)\d\d"
    r"|distributed by (?-i:[^\W\d_a-z]).{0,80}$|visit .{2,60} at(?: https?://\S+|\s*(?:www\.)\S+)?\.?$"
    r"|(?:all|alle) rights? reserved|alle rechte vorbehalten|todos los derechos reservados|все права защищены"
    r"|(?:we|this (?:web)?site|our partners) uses? cookies|by continuing to (?:use|browse)|accept (?:all )?cookies"
    r"|(?:wir verwenden|diese (?:web)?seite verwendet) cookies|мы используем (?:файлы )?cookie"
    r"|(?:abonnieren sie|jetzt abonnieren|suscr[ií]b(?:e|ase|ete)|abonnez-vous|inscrivez-vous|подпи(?:шитесь|сывайтесь))\b"
    r"|(?:thank you for supporting our|support (?:our|local|independent|quality) journalism|our journalism needs)\b"
    r"|this (?:story|article|report) (?:has been|was|is being|will be) updated(?: with (?:additional|new|more|further)|\.?$)"
    r"|a version of this (?:article|story|column|review) (?:\w+ )?(?:appeared|was published|ran)\b"
    r"|(?:just|must) watched? .*\b(?:replay|must watch)\b|video ad feedback"
    r"|(?:this is a )?developing story\W*(?:check back|please check|more to come|it will be updated|$)"
    r"|prices were accurate at the time|we will use the (?:details|information) you have"
    r"|if you wish to object to the use of your data"
    r")",
    re.IGNORECASE | re.DOTALL,
)

_ANYWHERE = re.compile(
    r"\b(?:delivered|sent|straight|right|directly|daily)\b[^.]{0,40} (?:to|in) your (?:inbox|e-?mail|phone)"
    r"|\bsign up (?:for free |for it |to receive it )?(?:here|now)\b ?[.!)>]*|\bin your inbox\b"
    r"|\bsubscribe (?:here|now|today)\b|\bsubscribe to (?:the|our) newsletter here\b"
    r"|\bmay earn (?:us|a|an affiliate|an?) ?commission|\bsign up for (?:our|the|cnn)\b[^.]{0,60}\bnewsletter\b"
    r"|\babonnieren sie (?:unseren|den)\b[^.]*newsletter|\bподпи(?:шитесь|сывайтесь) на (?:наш|нас)\b",
    re.IGNORECASE,
)

# "CLASH DASHES:Daytona loses Busch Clash": a link set inside the text; prose has a space after its colon.
_LINK = re.compile(r"[►▶•]?[^\W\d_a-zß-ÿ][^.:!?]{1,70}[^\d\W]['’\"”]?:[‘'\"“]?[^\W\d_a-z][^\n]{8,200}(?<![.!”\"])")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_BARE_DATELINE = re.compile(r"(?:[^\W\d_a-z][\w.’'/-]*,? ){0,6}\(?[^\W\d_a-z][\w.’'/-]*\)?,? [—–-]{1,2}")

_PHOTO_AGENCIES = (
    r"(?:AP|AFP|Reuters|REUTERS|EPA|EFE|TASS|ТАСС|dpa|DPA|Getty(?: Images)?|Shutterstock|Alamy|Zuma Press|TNS|USA TODAY(?: Sports)?"
    r"|AP Photo|Associated Press|Bloomberg|Anadolu(?: Agency)?|NurPhoto|Xinhua|Sipa(?: USA)?|picture alliance|imago(?: images)?"
    r"|РИА Новости|Sputnik|PA(?: Media| Wire)?|iStock(?:photo)?|Rex Features|Imagn)"
)
_CAPTION = re.compile(
    r"(?:file photo|file) ?[:\-–—] ?.{10,}"
    r"|\(?(?:photos?|photographs?|photography|images?|pictures?|illustration|graphic|fotos?|bild|grafik|fotografía|imagen|"
    r"photographie|crédit|credit|фото|снимок)(?: courtesy)?(?: ?[:/]| by\b| von\b| de\b| of\b) ?[^.!?]{2,120}\)?\.?$"
    r"|.{0,500}[(\[](?:photos?|images?|pictures?|fotos?|bild|foto|фото|photo credit|credit|crédit|imagen)(?: courtesy)?"
    r"(?: ?[:/]| by\b| von\b| de\b| of\b) ?[^()]{2,100}[)\]]\.?$",
    re.IGNORECASE | re.DOTALL,
)
_CREDITED = re.compile(
    rf".{{0,500}}[(\[](?:[^()\[\]]*[/,] ?)?{_PHOTO_AGENCIES}(?: via {_PHOTO_AGENCIES}| ?/[^()]{{1,60}})?[)\]]\.?$"
    rf"|.{{0,500}}(?:\bAP Photo/|REUTERS/)[^.!?]{{2,60}}\.?$"
    rf"|[^.!?]{{0,300}}(?:[.!?”\"] ?[^.!?]{{0,60}})?(?:/ ?| via ){_PHOTO_AGENCIES}$"
    rf"|(?:{_PHOTO_AGENCIES})(?: ?/ ?| via )[^.!?]{{2,60}}$"
    r"|.{10,500}[.!?”\"»’] ?\((?P<parts>[^()]{3,100}/[^()]{2,100})\)$",
    re.DOTALL,
)


def is_furniture(paragraph: str) -> bool:
    """Whether a paragraph is promotion, navigation, copyright or another thing that is nobody's reporting."""
    if not any(character.isalnum() for character in paragraph):
        return True
    if len(paragraph) > _LONGEST:
        return False
    if _WHOLE.fullmatch(paragraph) or _ADDRESS.fullmatch(paragraph) or is_bare_dateline(paragraph):
        return True
    return bool(_START.match(paragraph) or _LINK.fullmatch(paragraph) or _promotes(paragraph))


def is_bare_dateline(paragraph: str) -> bool:
    """Whether a paragraph is only a dateline that a page broke off its sentence ("London CNN —")."""
    return len(paragraph) < 70 and _BARE_DATELINE.fullmatch(paragraph) is not None


def is_caption(paragraph: str) -> bool:
    """Whether a paragraph describes a picture or only names who took it."""
    if len(paragraph) > 600:
        return False
    if _CAPTION.match(paragraph):
        return True
    match = _CREDITED.match(paragraph)
    if match is None:
        return False
    parts = match.groupdict().get("parts")
    if parts is None:
        return True
    return all(len(part.strip()) > 1 and part.strip()[0].isupper() for part in parts.split("/"))


def is_navigation_title(paragraph: str) -> bool:
    """Whether a line announces a list of links."""
    return (
        re.fullmatch(
            r"(?:related(?: \w+)?|most (?:read|popular|viewed)|recommended|you may also like|more from .{1,30}|"
            r"more on this story|trending(?: now)?|editors?[’']s? picks|mehr zum thema|auch interessant|читайте также)\W*",
            paragraph,
            re.IGNORECASE,
        )
        is not None
    )


def _promotes(paragraph: str) -> bool:
    """A pitch somewhere in the paragraph, and nobody quoted in it."""
    return _ANYWHERE.search(paragraph) is not None and not re.search(
        r"\b(?:said|says|told|сказал|sagte|dijo)\b", paragraph
    )
