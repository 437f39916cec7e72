"""One article, one address: what two addresses of the same article have in common.

Called by readers of the web and by `article.py`. Pure; it must not know articles. courlan, which comes with
trafilatura, has such rules too, but takes names like "cid" and "session_report" for tracking, and with them the
article's number.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit, urlunsplit

# Names that never choose what a page shows: campaigns, click numbers, referrers, sharing, AMP's own.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|vero|oly|guce|fb|ns|at|wt|mkt|ga|gaa|itm|soc|sc|stm|asc|xtor)_\w+|wt\.\w+"
    r"|(?:fbc|gc|dc|yc|twc|msclk|ttc|gbra|wbra|wicked|epi?k|li_fat_|sccid|scc|rdt_c|qc)l?id|gclsrc|gad_source|srsltid"
    r"|igsh(?:id)?|mc_[ce]id|_g[al]|_hs(?:enc|mi)|hss_channel|s_(?:kw)?cid|ef_id|spm|xtor|icid|itid|intcid|int_cid"
    r"|ref|ref_(?:src|url)|referr?er|cmp(?:id)?|campaign_?id|ocid|smid|smtyp|ito|trk|taid|guccounter|partner"
    r"|share_?(?:token|type|id|url)?|share[-_]?from|sr_share|sh|traffic_?source|__twitter_impression|__source"
    r"|amp(?:_js_v|_gsa|_kit)?|usqp|amp;\w+|_amp|google_editors_picks|nwsltr?|embedded-checkout",
    re.IGNORECASE,
)
# Names that may choose the article, and do not where they only tell by which road the reader came.
_ROAD = re.compile(r"source|src|from|via|feed|feature|channel|cid|c|s|output|outputtype|view", re.IGNORECASE)
_ROADS = re.compile(
    r"rss\w*|feed\w*|atom|(?:www\.)?(?:twitter|facebook|instagram|linkedin|reddit|telegram|whatsapp|youtube|google|bing|"
    r"yahoo|flipboard|pinterest|tiktok|vk|threads|bluesky|mastodon|t\.co|youtu\.be)\w*(?:[.-]\w+)*|fb|tw|x|social\w*|"
    r"e-?mail\w*|newsletter\w*|push\w*|app|ios|android|share\w*|home(?:page)?|amp|mobile|copylink\w*",
    re.IGNORECASE,
)
_PRINT = re.compile(r"print(?:able|version|er_friendly)?", re.IGNORECASE)
_YES = re.compile(r"1|true|yes|y|", re.IGNORECASE)

_TWIN_LABELS = {"m", "mobile", "mobil", "amp", "wap", "touch"}
_SECOND_LEVEL = re.compile(r"(?:com?|org|net|gov|gob|ac|edu|ne|or|go|gen)\.[a-z]{2}")
_CACHE = re.compile(r"/(?:[aciv]/)?(?P<secure>s/)?(?P<rest>[^/]+\.[^/]+(?:/.*)?)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_UNRESERVED = "-._~!$&'()*+,;=:@/"


def canonical(url: str) -> str:
    """The address of an article without what only says how the reader came: still one that can be opened.

    Gone are tracking parameters, fragments, a name and password, the default port, session numbers, AMP (also in a
    search engine's or a cache's wrapping) and the mobile site's host; the host is in lower case, percent signs are
    written in one way. What is no address of the web comes back trimmed and otherwise as it was. Idempotent.
    """
    url = url.strip()
    for _ in range(3):  # an address in a wrapping in a wrapping
        parts = _split(url)
        if parts is None:
            return url
        unwrapped = _unwrapped(parts)
        if unwrapped is None:
            break
        url = unwrapped
    parts = _split(url)
    if parts is None:
        return url
    return urlunsplit((parts.scheme.lower(), _host(parts), _path(parts.path), _query(parts.query), ""))


def identity(url: str) -> str:
    """What all addresses of one article have in common: the key to compare by, never an address to open or show.

    Beyond `canonical` it knows no scheme, no "www.", no closing slash, no index page and no order of parameters. ""
    where `url` is no address of the web.
    """
    parts = _split(canonical(url))
    if parts is None:
        return ""
    path = _INDEX.sub("", parts.path).rstrip("/")
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return parts.netloc.removeprefix("www.") + path + (f"?{query}" if query else "")


def _split(url: str) -> SplitResult | None:
    """The parts of an address of the web, None where it is none."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def _unwrapped(parts: SplitResult) -> str | None:
    """The address inside an AMP cache's or a search engine's, None where there is none."""
    host = (parts.hostname or "").lower()
    wraps = host.endswith(".cdn.ampproject.org") or host.endswith(".bing-amp.com")
    path = parts.path
    if not wraps and re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host) and path.startswith("/amp/"):
        wraps, path = True, path.removeprefix("/amp")
    match = _CACHE.fullmatch(path) if wraps else None
    if match is None:
        return None
    inner = ("https://" if match["secure"] else "http://") + match["rest"]
    return inner + (f"?{parts.query}" if parts.query else "")


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower().rstrip(".")
    labels = host.split(".")
    kept = [label for number, label in enumerate(labels) if label not in _TWIN_LABELS or number >= len(labels) - 2]
    if len(kept) < len(labels) and len(kept) >= 2 and not _SECOND_LEVEL.fullmatch(".".join(kept)):
        host = ".".join(kept)
    shown = f"[{host}]" if ":" in host else host
    return shown if parts.port in (None, _PORTS[parts.scheme.lower()]) else f"{shown}:{parts.port}"


def _path(path: str) -> str:
    path = re.sub(r";jsessionid=[^/;?]*", "", path, flags=re.IGNORECASE)
    segments: list[str] = []
    for segment in re.sub(r"/{2,}", "/", path).split("/")[1:]:
        if segment == "..":
            segments = segments[:-1]
        elif segment != ".":
            segments.append(segment)
    named = [segment for segment in segments if segment]
    plain = [segment for segment in named if segment.lower() != "amp"]
    if plain and len(plain) < len(named):
        segments = [*plain, ""] if segments[-1] == "" else plain
    if segments and segments[-1]:
        segments[-1] = re.sub(r"(?<=.)(?:\.amp)+(?=\.html?$|$)", "", segments[-1], flags=re.IGNORECASE)
    return "/" + _encoded("/".join(segments))


def _encoded(text: str) -> str:
    """`text` with percent signs only where they are needed, so that both ways of writing it are one."""
    if "%" not in text:
        return quote(text, safe=_UNRESERVED)
    pieces = re.split(r"((?:%[0-9A-Fa-f]{2})+)", text)
    return "".join(
        _escapes(piece) if number % 2 else quote(piece, safe=_UNRESERVED + "%") for number, piece in enumerate(pieces)
    )


def _escapes(run: str) -> str:
    """A run of percent escapes: letters, digits and "-._~" are written plainly, the rest in capitals."""
    try:
        plain = unquote(run, errors="strict")
    except UnicodeDecodeError:
        return run.upper()
    return quote(plain, safe="-._~")


def _query(query: str) -> str:
    """The parameters that choose what the page shows, in the order given."""
    kept = []
    for piece in query.replace("&amp;", "&").split("&"):
        for name, value in parse_qsl(piece, keep_blank_values=True)[:1]:
            if not _tracks(name, value):
                kept.append(_encoded(piece))
    return "&".join(kept)


def _tracks(name: str, value: str) -> bool:
    if _TRACKING.fullmatch(name):
        return True
    if _ROAD.fullmatch(name) and _ROADS.fullmatch(value):
        return True
    return bool(_PRINT.fullmatch(name) and _YES.fullmatch(value))
