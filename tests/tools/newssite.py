"""A small web of news sites on 127.0.0.1, served over real sockets: what it holds is set page by page.

Every host name leads to the one server, which tells them apart as real ones do. `requests` is a record of all that was
asked. Time is the test's own: nothing waits but what drips.
"""

from __future__ import annotations

import gzip
import socketserver
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from index.archive import Archive
from index.datatypes import Options, WebRules
from index.sources.web.fetch import Web

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@dataclass
class Page:
    """What an address answers. `etag` and `modified` are validators; `declared` is a length that is not true.

    `drip` is how many seconds lie between two bytes, `hang` how many before the answer; `cut` breaks the body off.
    `chunked` says nothing of its length.
    """

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""
    declared: int | None = None
    drip: float = 0.0
    hang: float = 0.0
    cut: bool = False
    chunked: bool = False


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    host: str
    path: str
    headers: Mapping[str, str]
    status: int


class Clock:
    """Time that passes when somebody sleeps, and when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> float:
        return START.timestamp() + self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def pass_(self, **of_time: float) -> None:
        self.seconds += timedelta(**of_time).total_seconds()


class NewsSite:
    """The server. `pages` maps "host/path" to what it answers; what is not there is 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[Asked] = []
        self.addresses: dict[str, list[str]] = {}  # of hosts, where it is not this server
        self.resolved: list[str] = []
        self.clock = Clock()
        self.port = 0

    # -- what it holds ------------------------------------------------------------------------------------------------

    def url(self, place: str) -> str:
        """The address of a page: of "news.example/a"."""
        host, _, path = place.partition("/")
        return f"http://{host}:{self.port}/{path}"

    def page(self, place: str, body: bytes | str = "", **how: Any) -> str:
        """Set what a page answers; its address."""
        self.pages[place] = Page(body.encode() if isinstance(body, str) else body, **how)
        return self.url(place)

    def article(self, place: str, title: str, text: str, **how: Any) -> str:
        """Set an article; its address. `head` is more markup for its head."""
        head = how.pop("head", "")
        return self.page(place, article_page(title, text, head=head), **how)

    def moved(self, place: str, to: str, status: int = 301) -> str:
        """Set a redirect; its address."""
        return self.page(place, status=status, headers={"Location": to if "://" in to else self.url(to)})

    def feed(self, place: str, *entries: Mapping[str, Any], title: str = "The Oldport Mail", **how: Any) -> str:
        """Set an RSS feed; its address. An entry has link, title and whatever else; "content" is the whole article."""
        how.setdefault("type", "application/rss+xml")
        return self.page(place, rss(title, *entries), **how)

    def sitemap(self, place: str, *entries: str | tuple[str, str], packed: bool = False, **how: Any) -> str:
        """Set a sitemap of addresses, each with its lastmod where a pair; its address."""
        how.setdefault("type", "application/xml")
        body = urlset(*entries).encode()
        return self.page(place, gzip.compress(body) if packed else body, **how)

    # -- what was asked -----------------------------------------------------------------------------------------------

    def asked(self, *, robots: bool = False) -> list[str]:
        """The paths asked since the last call, in order."""
        paths = [one.path for one in self.requests if robots or one.path != "/robots.txt"]
        self.requests.clear()
        return paths

    # -- using it -----------------------------------------------------------------------------------------------------

    def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        if host.endswith(".nowhere"):
            raise OSError("no such host")
        return self.addresses.get(host, ["127.0.0.1"])

    def web(self, **rules: Any) -> Web:
        """A web that ends at this server."""
        rules.setdefault("allow_private", ("127.0.0.1",))
        clock = self.clock
        return Web(WebRules(**rules), resolve=self.resolve, clock=clock, sleep=clock.sleep, now=clock.now)

    def archive(self, folder: Path, *, options: Mapping[str, Any] | None = None, **rules: Any) -> Archive:
        """An archive that asks this server, and answers by words alone."""
        return Archive.open(folder / "data", options=Options(**(options or {})), web=self.web(**rules))


@contextmanager
def serving() -> Iterator[NewsSite]:
    """The server while it runs."""
    site = NewsSite()
    stopped = threading.Event()

    class Handler(_Handler):
        pass

    Handler.site, Handler.stopped = site, stopped
    with _Server(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            stopped.set()
            server.shutdown()
            thread.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    site: NewsSite
    stopped: threading.Event
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").partition(":")[0]
        page = self.site.pages.get(f"{host}{self.path}", Page(status=404))
        status = 304 if page.status == 200 and self._has(page) else page.status
        self.site.requests.append(Asked(host, self.path, dict(self.headers.items()), status))
        if page.hang:
            self.stopped.wait(page.hang)
        body = b"" if status == 304 else page.body
        self.send_response(status)
        known = {"ETag": page.etag, "Last-Modified": page.modified, "Content-Type": page.type, **page.headers}
        for name, value in known.items():
            if value:
                self.send_header(name, value)
        if page.chunked:
            self.send_header("Transfer-Encoding", "chunked")
            body = b"".join(b"%x\r\n%s\r\n" % (1, body[n : n + 1]) for n in range(len(body))) + b"0\r\n\r\n"
        elif status != 304:
            self.send_header("Content-Length", str(len(body) if page.declared is None else page.declared))
        self.end_headers()
        self._write(page, body)

    def _has(self, page: Page) -> bool:
        tag, since = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        if tag is not None:
            return bool(page.etag) and tag == page.etag
        return since is not None and since == page.modified

    def _write(self, page: Page, body: bytes) -> None:
        if page.drip:
            for number in range(len(body)):
                if self.stopped.wait(page.drip):
                    return
                self.wfile.write(body[number : number + 1])
            return
        self.wfile.write(body[: len(body) // 2] if page.cut else body)
        if page.cut or page.declared is not None:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Nothing: the record is in `requests`."""


# -- what news sites write --------------------------------------------------------------------------------------------


def article_page(title: str, text: str, *, head: str = "") -> str:
    """A page with an article and the usual things around it."""
    paragraphs = "\n".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} | The Oldport Mail</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The Oldport Mail">{head}'
        f'</head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>\n{paragraphs}\n</article></body></html>'
    )


def rss(title: str, *entries: Mapping[str, Any]) -> str:
    """An RSS 2.0 feed."""
    names = {"published": "pubDate", "author": "dc:creator", "content": "content:encoded", "id": "guid"}
    items = "".join(
        "<item>"
        + "".join(f"<{names.get(k, k)}><![CDATA[{v}]]></{names.get(k, k)}>" for k, v in one.items())
        + "</item>"
        for one in entries
    )
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel><title>{title}</title>{items}</channel></rss>'


def urlset(*entries: str | tuple[str, str]) -> str:
    """A sitemap."""
    pairs = [(one, "") if isinstance(one, str) else one for one in entries]
    urls = "".join(
        f"<url><loc>{loc}</loc>{f'<lastmod>{modified}</lastmod>' if modified else ''}</url>" for loc, modified in pairs
    )
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


def sitemap_index(*addresses: str) -> str:
    """A sitemap of sitemaps."""
    listed = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in addresses)
    return f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def waited(site: NewsSite, *, since: float) -> float:
    """The seconds of the test's own time since a moment."""
    return site.clock.seconds - since


def real_seconds() -> float:
    """The machine's own time."""
    return time.monotonic()
