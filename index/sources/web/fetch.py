"""The one door to the web: fetches an address politely, or says in one line why not.

Called by the sources of this package, and by nothing else. Every hop of a redirect is looked at like a first address:
robots.txt, pace, private addresses. Cookies are not kept, scripts not run, nothing is sent but the request.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from index.datatypes import WebRules
from index.sources.web import addresses, robots
from index.sources.web.addresses import Addresses
from index.sources.web.connection import Network, OutOfTime, pool
from index.sources.web.failure import FetchError, Trouble, shown
from index.sources.web.inflate import Damaged, Inflater, TooLarge
from index.sources.web.pace import Pace
from index.sources.web.robots import Robots

MOST_HOPS = 10
MOST_DELAY = 100.0  # seconds between two requests; what asks for more is not read
PATIENCE = 30.0  # seconds that we wait at once where a host says "later"
LATER = (429, 503)
REDIRECTS = {301: True, 302: False, 303: False, 307: False, 308: True}  # for good?

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to tell whether a page has changed; empty where it gave nothing."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> Headers:
        """The headers of a conditional request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Response:
    """What came: `url` is where it ended, `permanent` whether every redirect there was for good.

    `changed` False: the server says that it is as it was (304), and `data` is empty. `data` is unpacked, `media` the
    type without parameters and in lower case, `charset` what the server named.
    """

    url: str
    data: bytes
    media: str
    charset: str | None
    validators: Validators
    changed: bool = True
    permanent: bool = True


class Web:
    """Fetches pages. Used by one thread at a time; remembers pace and robots.txt of each host while it lives."""

    def __init__(
        self,
        rules: WebRules | None = None,
        *,
        resolve: addresses.Resolve = addresses.resolve,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.rules = rules or WebRules()
        self.now = now
        self._twin: Callable[[], Web] = lambda: Web(rules, resolve=resolve, clock=clock, sleep=sleep, now=now)
        self._clock = clock
        self._tick: Callable[[], None] = _nothing
        self._network = Network(Addresses(self.rules.allow_private, resolve), clock, self._beat)
        self._pace = Pace(self.rules.seconds_per_host, clock=clock, sleep=sleep, tick=self._beat)
        self._robots: dict[str, tuple[float, Robots]] = {}
        self._pool: httpcore.ConnectionPool | None = None

    def twin(self) -> Web:
        """One that asks in the same way, for another thread: it shares nothing with this one."""
        return self._twin()

    @contextmanager
    def ticking(self, tick: Callable[[], None]) -> Iterator[None]:
        """Call `tick` at least every `timeout_seconds` while something is waited for; what it raises ends the waiting.

        Connections are closed at the end.
        """
        self._tick = tick
        try:
            yield
        finally:
            self._tick = _nothing
            if self._pool is not None:
                self._pool.close()
                self._pool = None

    def _beat(self) -> None:
        self._tick()

    def is_left_alone(self, url: str) -> bool:
        """Whether the host of an address is not asked for a while, because it failed or asked for that."""
        return self._pace.is_left_alone(_host(_parsed(url)))

    def get(self, url: str, *, accept: str, max_bytes: int, validators: Validators | None = None) -> Response:
        """What is at an address. FetchError where it cannot be had; `max_bytes` counts what was unpacked."""
        headers = {"Accept": accept, **(validators.headers if validators else {})}
        target, permanent, seen = _parsed(url), True, set[str]()
        for _ in range(MOST_HOPS + 1):
            if str(target) in seen:
                raise FetchError(f"{shown(url)} leads round in a circle; tell its owner", Trouble.UNUSABLE)
            seen.add(str(target))
            delay = self._allowed(target)
            answer = self._patiently(target, headers, max_bytes, delay)
            if answer.status not in REDIRECTS or not answer.location:
                return answer.response(permanent)
            permanent = permanent and REDIRECTS[answer.status]
            target = _joined(target, answer.location)
        raise FetchError(f"{shown(url)} leads on more than {MOST_HOPS} times; tell its owner", Trouble.UNUSABLE)

    # -- may we -------------------------------------------------------------------------------------------------------

    def _allowed(self, url: httpx.URL) -> float:
        """The seconds that the host wants between requests. FetchError where robots.txt does not let us in."""
        host, told = _host(url), shown(str(url))
        try:
            found = self._robots_of(url)
        except FetchError as error:  # what the person asked for is told, not what it takes
            line = str(error).replace(shown(str(url.join("/robots.txt"))), told, 1)
            raise FetchError(line, error.trouble, host=error.host) from None
        agent = found.agent
        if found.unreachable:
            raise FetchError(
                f"{told} is not read, because {found.unreachable}; try again later", Trouble.HOST, host=host
            )
        if not found.allows(str(url)):
            message = f"{told} may not be read: robots.txt of {host} forbids it to “{agent}”; ask its owner to allow it"
            raise FetchError(message, Trouble.BARRED)
        if found.delay > MOST_DELAY:
            message = f"{told} is not read: robots.txt of {host} asks for {found.delay:,.0f} seconds between requests"
            raise FetchError(f"{message}; ask its owner for less", Trouble.BARRED)
        return found.delay

    def _robots_of(self, url: httpx.URL) -> Robots:
        """The rules of an address's host. 4xx: there are none; unreachable: nothing is allowed (RFC 9309, 2.3.1)."""
        origin = f"{url.scheme}://{_host(url)}"
        until, found = self._robots.get(origin, (0.0, None))
        if found is None or until <= self._clock():
            found = self._fetched_robots(url.join("/robots.txt"))
            kept = robots.KEPT_UNREACHABLE if found.unreachable else robots.KEPT_SECONDS
            self._robots[origin] = (self._clock() + kept, found)
        return found

    def _fetched_robots(self, target: httpx.URL) -> Robots:
        agent = self.rules.user_agent
        for _ in range(MOST_HOPS):
            answer = self._asked(target, {"Accept": "text/plain"}, robots.READ_BYTES, 0.0, cut=True)
            if answer.status in REDIRECTS and answer.location:
                target = _joined(target, answer.location)
            elif answer.status >= 500 or answer.status == 429:
                why = f"robots.txt of {_host(target)} cannot be had (status {answer.status})"
                return Robots(None, robots.product(agent), why)
            elif answer.status == 200:
                return robots.read(answer.data, agent)
            else:
                break
        return Robots(None, robots.product(agent))

    # -- asking -------------------------------------------------------------------------------------------------------

    def _patiently(self, url: httpx.URL, headers: Headers, max_bytes: int, delay: float) -> _Answer:
        """The answer of a host; where it says "later" and when, it is asked once more, or left alone so long."""
        answer = self._asked(url, headers, max_bytes, delay)
        later = self._later(answer)
        if later is not None and later <= PATIENCE:
            self._pace.pause(later)
            answer = self._asked(url, headers, max_bytes, delay)
            later = self._later(answer)
        if later is not None:
            self._pace.leave_alone(_host(url), later)
        return answer

    def _later(self, answer: _Answer) -> float | None:
        """In how many seconds a host wants to be asked again, None where it does not say that."""
        if answer.status not in LATER or not (value := answer.headers.get("retry-after", "").strip()):
            return None
        if value.isdecimal():
            return float(value[:9])
        try:
            return max(parsedate_to_datetime(value).timestamp() - self.now(), 0.0)
        except (ValueError, OverflowError):
            return None

    def _asked(self, url: httpx.URL, headers: Headers, max_bytes: int, delay: float, *, cut: bool = False) -> _Answer:
        """One request at the host's pace. A connection that broke before the answer is tried once more."""
        host = _host(url)
        if self._pace.is_left_alone(host):
            raise FetchError(f"{host} is left alone for a while; try again later", Trouble.HOST, host=host)
        self._pace.wait(host, delay)
        try:
            answer = self._once(url, headers, max_bytes, cut=cut)
        except FetchError as error:
            if error.trouble is Trouble.HOST:
                self._pace.failed(host)
            else:
                self._pace.answered(host)
            raise
        if answer.status >= 500:
            self._pace.failed(host)
        else:
            self._pace.answered(host)
        return answer

    def _once(self, url: httpx.URL, headers: Headers, max_bytes: int, *, cut: bool) -> _Answer:
        ends = self._clock() + self.rules.deadline_seconds
        try:
            with self._network.deadline(self.rules.deadline_seconds):
                try:
                    return self._exchange(url, headers, max_bytes, cut=cut)
                except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
                    return self._exchange(url, headers, max_bytes, cut=cut)  # the host had hung up meanwhile
        except FetchError as error:  # of the connection: it knows the host alone
            told = shown(str(url))
            why = "cannot be reached" if error.trouble is Trouble.HOST else "is not read"
            line = str(error) if str(error).startswith(told) else f"{told} {why}: {error}"
            raise FetchError(line, error.trouble, host=error.host) from None
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OutOfTime) as error:
            is_late = isinstance(error, httpcore.TimeoutException) and self._clock() >= ends
            raise self._explained(url, OutOfTime() if is_late else error) from None

    def _explained(self, url: httpx.URL, error: Exception) -> FetchError:
        """What a failed connection means to a person."""
        told, host = shown(str(url)), _host(url)
        cause = next((one for one in _causes(error) if isinstance(one, ssl.SSLError | OSError)), None)
        match error, cause:
            case _, ssl.SSLCertVerificationError(verify_message=why):
                line = f"{told} is not read: the certificate of {host} is not valid ({why}); its owner has to renew it"
            case httpcore.ConnectError(), ssl.SSLError():
                line = f"{told} is not read: {host} does not speak TLS there; check https and the port"
            case OutOfTime(), _:
                line = f"{told} was given up after {self.rules.deadline_seconds:g} seconds; try again later"
            case httpcore.TimeoutException(), _:
                line = f"{told} is silent for {self.rules.timeout_seconds:g} seconds; try again later"
            case _, ConnectionRefusedError():
                line = f"{told} cannot be reached: {host} refuses the connection; try again later"
            case httpcore.ConnectError(), OSError(strerror=str(why)):
                line = f"{told} cannot be reached: {why.lower()}; try again later"
            case _:
                line = f"{told} broke off, or {host} does not speak HTTP; try again later"
        return FetchError(line, Trouble.HOST, host=host)

    def _exchange(self, url: httpx.URL, headers: Headers, max_bytes: int, *, cut: bool) -> _Answer:
        if self._pool is None:
            self._pool = pool(self._network)
        wait = self.rules.timeout_seconds
        sent = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": self.rules.user_agent,
            "Accept-Encoding": "gzip, deflate",
            **headers,
        }
        with self._pool.stream(
            "GET",
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=[(name.encode("ascii"), value.encode("latin-1", "ignore")) for name, value in sent.items()],
            extensions={"timeout": {"connect": wait, "read": wait, "write": wait, "pool": wait}},
        ) as response:
            answer = _Answer(url, response.status, _named(response.headers))
            if response.status == 200:
                answer.data = _body(response, answer, max_bytes, cut=cut)
            return answer


@dataclass(slots=True)
class _Answer:
    """One answer of a server; only a page (200) has data."""

    url: httpx.URL
    status: int
    headers: Headers
    data: bytes = b""

    @property
    def location(self) -> str:
        return self.headers.get("location", "").strip()

    def response(self, permanent: bool) -> Response:
        """What it is like. FetchError where it is no page."""
        if self.status not in (200, 304):
            raise self._refused()
        described = Message()
        described["Content-Type"] = self.headers.get("content-type", "")
        media = described.get_content_type() if self.headers.get("content-type", "").strip() else ""
        charset = described.get_content_charset()
        given = Validators(self.headers.get("etag", ""), self.headers.get("last-modified", ""))
        return Response(str(self.url), self.data, media, charset, given, self.status == 200, permanent)

    def _refused(self) -> FetchError:
        told, host, status = shown(str(self.url)), _host(self.url), self.status
        match status:
            case 404 | 410:
                return FetchError(f"{told} is not there (status {status}); check the address", Trouble.GONE)
            case 401 | 402 | 403 | 407 | 451:
                message = f"{told} is not shown to us (status {status}); ask the owner of {host} for access"
                return FetchError(message, Trouble.BARRED)
            case 429:
                message = f"{told}: {host} has had enough requests (status 429); raise web.seconds_per_host"
                return FetchError(message, Trouble.HOST, host=host)
            case _ if status >= 500:
                message = f"{told} fails at its own end (status {status}); try again later"
                return FetchError(message, Trouble.HOST, host=host)
        return FetchError(f"{told} gives no page (status {status}); check the address", Trouble.UNUSABLE)


def _body(response: httpcore.Response, answer: _Answer, max_bytes: int, *, cut: bool) -> bytes:
    """The unpacked bytes. Where they are too many: the beginning with `cut`, FetchError without."""
    told = shown(str(answer.url))
    coding = answer.headers.get("content-encoding", "").strip().lower() or "identity"
    coding = {"x-gzip": "gzip"}.get(coding, coding)
    if coding not in ("identity", "gzip", "deflate"):
        message = f"{told} comes in a compression that nobody asked for ({coding[:20]}); tell its owner"
        raise FetchError(message, Trouble.UNUSABLE)
    declared = answer.headers.get("content-length", "")
    too_large = FetchError(f"{told} is larger than {max_bytes:,} bytes and was not read", Trouble.UNUSABLE)
    if not cut and declared.isdecimal() and int(declared[:18]) > max_bytes:
        raise too_large
    inflater, out = Inflater(coding, max_bytes), bytearray()
    try:
        for chunk in response.iter_stream():
            out += inflater.feed(chunk)
        inflater.end()
    except TooLarge:
        if not cut:
            raise too_large from None
    except Damaged:
        raise FetchError(f"{told} is damaged: its {coding} data is not sound", Trouble.UNUSABLE) from None
    return bytes(out)


def _parsed(url: str) -> httpx.URL:
    """An address that may be asked. FetchError where it is none of the web, or names a password."""
    try:
        parsed = httpx.URL(url.strip())
        sound = bool(parsed.host) and (parsed.port is None or 0 < parsed.port < 65_536)
    except (httpx.InvalidURL, ValueError):
        sound = False
    told = shown(url)
    if not sound or parsed.scheme not in ("http", "https"):
        raise FetchError(f"{told} is no address of the web; it should begin with https://", Trouble.FORBIDDEN)
    if parsed.userinfo:
        message = f"{told} is not asked with a name and password in its address; take them out"
        raise FetchError(message, Trouble.FORBIDDEN)
    return parsed.copy_with(fragment=None)


def _joined(base: httpx.URL, location: str) -> httpx.URL:
    try:
        return _parsed(str(base.join(location)))
    except (httpx.InvalidURL, ValueError):
        raise FetchError(f"{shown(str(base))} leads to no address of the web", Trouble.UNUSABLE) from None


def _host(url: httpx.URL) -> str:
    """Host and port as they are shown; a host's pace is that of its port."""
    return url.netloc.decode("ascii")


def _named(headers: list[tuple[bytes, bytes]]) -> Headers:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _nothing() -> None:
    pass
