"""Tells furniture and captions from prose, one paragraph at a time.

Called by `masthead.py`. Pure. Precision first: prose that is called furniture can never be quoted, so every rule names
a shape that no sentence of reporting has, and what is doubtful is prose.
"""

from __future__ import annotations

import re

_LONGEST = 450  # characters; promotion is short, and a long paragraph that mentions a newsletter is reporting


def _any(*patterns: str, flags: int = re.IGNORECASE | re.DOTALL) -> re.Pattern[str]:
    return re.compile("|".join(patterns), flags)


# A whole paragraph of nothing else.
_WHOLE = re.compile(
    r"(?:"
    + "|".join(
        (
            r"advertise?ment|ad|sponsored(?: content)?|video ad feedback|loading\W*|replay",
            r"read (?:more(?: here)?|next)|up next|related(?: (?:stories|articles|content|coverage))?",
            r"more on this story|more from .{1,30}|most (?:read|popular|viewed)|recommended|trending(?: now)?",
            r"editors?[’']?s? picks|you may also like|(?:story|article) continues below.*|skip (?:to|past) .{1,40}",
            r"share|share (?:this|this (?:article|story|page))|copy link|comments?|print|e-?mail",
            r"sign up|log in|subscribe|subscribe now|what you need to know newsletter",
            r"anzeige|werbung|mehr zum thema|weiterlesen|teilen|auch interessant",
            r"publicidad|compartir|te puede interesar|más información|publicité|partager|à lire aussi",
            r"реклама|читайте также|поделиться|подписаться",
        )
    )
    + r")[\s.:!>»…]*",
    re.IGNORECASE,
)

_LEADERS = r"[(\[►•*▶🌤\s—–-]*"
_HOLDER_AND_YEAR = r"(?:©|\(c\) ?|copyright\b[\s©]*(?:\(c\))?)\s*(?:\w+ ){0,3}(?:19|20)\d\d"
_READ_ALSO = (
    r"(?:read more|read also|also read|see also|related(?: (?:story|stories|article|articles))?|more ?(?:here|on this)|"
    r"don[’']t miss|must read|recommended reading|lesen sie (?:auch|mehr)|mehr dazu|lea también|lee también|"
    r"te puede interesar|(?:à )?lire aussi|читайте также|читайте по теме)\s*[:»>|].{0,160}$"
)

# How a paragraph of promotion, navigation or imprint begins.
_START = re.compile(
    _LEADERS
    + r"(?:"
    + "|".join(
        (
            r"join (?:our|us on|the conversation on)\b.*\b(?:channel|newsletter|telegram|whatsapp|facebook|group)",
            r"(?:sign up|register|subscribe) (?:here |now |today )?(?:for|to) (?:our|the|cnn|your|this|a|get)\b.*"
            r"(?:newsletter|inbox|alerts?|updates|channel|podcast|e-?mail|here|app|digital|subscription)",
            r"(?:get|receive) (?:our|the|your|all the)\b.*(?:newsletter|inbox|app\b)",
            r"would you like to receive\b.*newsletter|download (?:our|the) .{0,30}\bapp\b",
            r"(?:follow|contact|reach|e-?mail) \S.{0,120}(?:@|\bon (?:twitter|facebook|instagram|telegram|tiktok))",
            _READ_ALSO,
            r"(?:photos|graphics|videos?|gallery|slideshow|watch|listen|bilder|fotos|фото)\s*: .{3,100}(?<![.!?”\"])$",
            r"click here (?:to|for)\b|check your local forecast here",
            _HOLDER_AND_YEAR,
            r"distributed by (?-i:[^\W\d_a-z]).{0,80}$|visit .{2,60} at(?: https?://\S+|\s*(?:www\.)\S+)?\.?$",
            r"(?:all|alle) rights? reserved|alle rechte vorbehalten|todos los derechos reservados|все права защищены",
            r"(?:we|this (?:web)?site|our partners) uses? cookies|by continuing to (?:use|browse)",
            r"accept (?:all )?cookies",
            r"(?:wir verwenden|diese (?:web)?seite verwendet) cookies|мы используем (?:файлы )?cookie",
            r"(?:abonnieren sie|jetzt abonnieren|suscr[ií]b(?:e|ase|ete)|abonnez-vous|inscrivez-vous)\b",
            r"подпи(?:шитесь|сывайтесь)\b",
            r"(?:thank you for supporting our|support (?:our|local|independent|quality) journalism)\b",
            r"our journalism needs\b",
            r"this (?:story|article|report) (?:has been|was|is being|will be) updated"
            r"(?: with (?:additional|new|more|further)|\.?$)",
            r"a version of this (?:article|story|column|review) (?:\w+ )?(?:appeared|was published|ran)\b",
            r"(?:just|must) watched? .*\b(?:replay|must watch)\b|video ad feedback",
            r"(?:this is a )?developing story\W*(?:check back|please check|more to come|it will be updated|$)",
            r"prices were accurate at the time|we will use the (?:details|information) you have",
            r"if you wish to object to the use of your data",
        )
    )
    + r")",
    re.IGNORECASE | re.DOTALL,
)

# What a pitch says somewhere.
_ANYWHERE = _any(
    r"\b(?:delivered|sent|straight|right|directly|daily)\b[^.]{0,40} (?:to|in) your (?:inbox|e-?mail|phone)",
    r"\bin your inbox\b",
    r"\bsign up (?:for free |for it |to receive it )?(?:here|now)\b",
    r"\bsign up for (?:our|the|cnn)\b[^.]{0,60}\b(?:newsletter|briefing)\b",
    r"\bnewsletter ?: ?(?:sign up|get|follow)\b",
    r"\bsubscribe (?:here|now|today)\b|\bsubscribe to (?:the|our) newsletter here\b",
    r"\bsupport (?:strong |our )?local journalism\b",
    r"\b(?:reach|contact|follow|e-?mail) (?:him|her|them|me) (?:at|on)\b.*(?:@|twitter|facebook)",
    r"\bmay earn (?:us|a|an affiliate|an?) ?commission",
    r"\babonnieren sie (?:unseren|den)\b[^.]*newsletter|\bподпи(?:шитесь|сывайтесь) на (?:наш|нас)\b",
)

# "CLASH DASHES:Daytona loses Busch Clash": a link set inside the text; prose has a space after its colon.
_LINK = re.compile(r"[►▶•]?[^\W\d_a-zß-ÿ][^.:!?]{1,70}[^\d\W]['’\"”]?:[‘'\"“]?[^\W\d_a-z][^\n]{8,200}(?<![.!”\"])")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_BARE_DATELINE = re.compile(r"(?:[^\W\d_a-z][\w.’'/-]*,? ){0,6}\(?[^\W\d_a-z][\w.’'/-]*\)?,? [—–-]{1,2}")

_PHOTO_AGENCIES = (
    r"(?:AP|AFP|Reuters|REUTERS|EPA|EFE|TASS|ТАСС|dpa|DPA|Getty(?: Images)?|Shutterstock|Alamy|Zuma Press|TNS|AP Photo"
    r"|USA TODAY(?: Sports)?|Associated Press|Bloomberg|Anadolu(?: Agency)?|NurPhoto|Xinhua|Sipa(?: USA)?"
    r"|picture alliance|imago(?: images)?|РИА Новости|Sputnik|PA(?: Media| Wire)?|iStock(?:photo)?|Rex Features|Imagn)"
)
_CAPTION = re.compile(
    r"(?:file photo|file) ?[:\-–—] ?.{10,}"
    r"|\(?(?:photo|photograph|photography|image|picture|illustration|graphic|foto|bild|grafik|fotografía|imagen|"
    r"photographie|crédit|credit|фото|снимок)(?: ?[:/]|s? by\b| von\b|s? courtesy of\b) ?[^.!?]{2,60}\)?\.?$"
    r"|.{0,500}[(\[](?:photos?|images?|pictures?|fotos?|bild|foto|фото|photo credit|credit|crédit|imagen)(?: courtesy)?"
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

_NAVIGATION = re.compile(
    r"(?:related(?: \w+)?|most (?:read|popular|viewed)|recommended|you may also like|more from .{1,30}|"
    r"more on this story|trending(?: now)?|editors?[’']s? picks|mehr zum thema|auch interessant|читайте также)\W*",
    re.IGNORECASE,
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
    if len(paragraph) > 600 or _LINK.fullmatch(paragraph):
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
    return _NAVIGATION.fullmatch(paragraph) is not None


def _promotes(paragraph: str) -> bool:
    """A pitch somewhere in the paragraph, and nobody quoted in it."""
    return _ANYWHERE.search(paragraph) is not None and not re.search(
        r"\b(?:said|says|told|сказал|sagte|dijo)\b", paragraph
    )
