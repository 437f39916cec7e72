"""The one door to the web, against a real server: what comes through, what does not and what is said then."""

from __future__ import annotations

import datetime
import gzip
import logging
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from newssite import NewsSite, Page, serving

from index.datatypes import WebRules
from index.sources.web.failure import FetchError, Trouble, shown
from index.sources.web.fetch import Response, Validators, Web

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def server() -> Iterator[NewsSite]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: NewsSite) -> NewsSite:
    server.pages.clear()
    server.requests.clear()
    server.addresses.clear()
    server.resolved.clear()
    server.page("news.example/a", "<p>An article.</p>")
    return server


def get(site: NewsSite, url: str = "", *, validators: Validators | None = None, max_bytes: int = MEGABYTE, **rules):
    web = rules.pop("web", None) or site.web(**rules)
    with web.ticking(lambda: None):
        return web.get(
            url or site.url("news.example/a"), accept="text/html", max_bytes=max_bytes, validators=validators
        )


def refused(site: NewsSite, url: str = "", **how) -> FetchError:
    with pytest.raises(FetchError) as found:
        get(site, url, **how)
    return found.value


def line(site: NewsSite, error: FetchError) -> str:
    """What is said, with the port of this test left out."""
    return str(error).replace(f":{site.port}", "")


class TestAPage:
    def test_it_comes_with_its_type_its_charset_and_its_validators(self, site):
        site.page("news.example/b", "Ж".encode("cp1251"), type='Text/HTML; Charset="windows-1251"', etag='"7"')
        assert get(site, site.url("news.example/b")) == Response(
            url=site.url("news.example/b"),
            data=b"\xc6",
            media="text/html",
            charset="windows-1251",
            validators=Validators('"7"', ""),
        )

    def test_we_say_who_we_are_and_take_nothing_along(self, site):
        site.page("news.example/a", "x", headers={"Set-Cookie": "who=you"})
        web = site.web(user_agent="Quotewire/1 (+https://paper.example/bot)")
        get(site, web=web)
        get(site, web=web)
        sent = site.requests[-1].headers
        assert sent["User-Agent"] == "Quotewire/1 (+https://paper.example/bot)"
        assert set(sent) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}

    def test_what_has_not_changed_is_not_sent_again(self, site):
        for given, how in ((Validators('"1"'), {"etag": '"1"'}), (Validators("", "Mon"), {"modified": "Mon"})):
            site.page("news.example/a", "x", **how)
            response = get(site, validators=given)
            assert (response.changed, response.data) == (False, b"")
        assert get(site, validators=Validators('"0"')).changed

    @pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "raw deflate", "gzip in two parts"])
    def test_it_is_unpacked(self, site, coding):
        words = b"An article. " * 1000
        raw = zlib.compressobj(wbits=-15)
        packed = {
            "deflate": zlib.compress(words),
            "raw deflate": raw.compress(words) + raw.flush(),
            "gzip in two parts": gzip.compress(words[:500]) + gzip.compress(words[500:]),
        }.get(coding, gzip.compress(words))
        named = coding.removeprefix("raw ").split(" ")[0]
        site.page("news.example/a", packed, headers={"Content-Encoding": named})
        assert get(site).data == words

    def test_a_connection_that_the_server_closed_meanwhile_is_opened_again(self, site):
        site.page("news.example/a", "x", headers={"Connection": "close"})
        web = site.web()
        with web.ticking(lambda: None):
            for _ in range(3):
                web.get(site.url("news.example/a"), accept="*/*", max_bytes=9)
        assert site.asked() == ["/a"] * 3


class TestRedirects:
    def test_they_are_followed_and_said(self, site):
        site.moved("news.example/old", "news.example/older", 301)
        site.moved("news.example/older", "news.example/a", 308)
        response = get(site, site.url("news.example/old"))
        assert (response.url, response.permanent) == (site.url("news.example/a"), True)

    @pytest.mark.parametrize("status", [302, 303, 307])
    def test_one_for_now_is_not_for_good(self, site, status):
        site.moved("news.example/now", "news.example/old", status)
        site.moved("news.example/old", "news.example/a", 301)
        assert not get(site, site.url("news.example/now")).permanent

    def test_a_relative_one_is_understood(self, site):
        site.page("news.example/deep/er", status=301, headers={"Location": "../a"})
        assert get(site, site.url("news.example/deep/er")).url == site.url("news.example/a")

    def test_a_circle_is_left(self, site):
        site.moved("news.example/x", "news.example/y")
        site.moved("news.example/y", "news.example/x")
        error = refused(site, site.url("news.example/x"))
        assert line(site, error) == "http://news.example/x leads round in a circle; tell its owner"
        assert site.asked() == ["/x", "/y"]

    def test_one_without_end_has_an_end(self, site):
        for number in range(20):
            site.moved(f"news.example/{number}", f"news.example/{number + 1}")
        error = refused(site, site.url("news.example/0"))
        assert line(site, error) == "http://news.example/0 leads on more than 10 times; tell its owner"
        assert len(site.asked()) == 11

    @pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://news.example/a", "javascript:alert(1)"])
    def test_they_lead_to_the_web_or_nowhere(self, site, target):
        site.page("news.example/x", status=301, headers={"Location": target})
        assert "no address of the web" in str(refused(site, site.url("news.example/x")))

    def test_each_is_asked_of_the_rules_of_its_own_host(self, site):
        site.moved("news.example/x", "other.example/secret")
        site.page("other.example/robots.txt", "User-agent: *\nDisallow: /secret")
        site.page("other.example/secret", "x")
        error = refused(site, site.url("news.example/x"))
        assert error.trouble is Trouble.BARRED
        assert line(site, error) == (
            "http://other.example/secret may not be read: robots.txt of other.example forbids it to “Quotewire”; "
            "ask its owner to allow it"
        )
        assert "/secret" not in site.asked()


OWN = {"allow_private": ("news.example",)}


class TestPrivateAddresses:
    def test_a_host_there_is_not_asked(self, site):
        error = refused(site, site.url("intranet.example/a"), **OWN)
        assert error.trouble is Trouble.FORBIDDEN
        assert line(site, error) == (
            "http://intranet.example/a is not read: intranet.example is at a private address (127.0.0.1); "
            "if it is yours, name it in web.allow_private"
        )
        assert site.requests == []

    def test_nor_is_one_that_a_page_leads_to(self, site):
        site.moved("news.example/x", "intranet.example/a")
        assert "private address" in str(refused(site, site.url("news.example/x"), **OWN))
        site.moved("news.example/y", f"http://127.0.0.1:{site.port}/a")
        assert "private address" in str(refused(site, site.url("news.example/y"), **OWN))
        assert {one.host for one in site.requests} == {"news.example"}

    def test_nor_is_one_that_robots_txt_leads_to(self, site):
        site.moved("news.example/robots.txt", "intranet.example/robots.txt")
        assert "private address" in str(refused(site, **OWN))
        assert {one.host for one in site.requests} == {"news.example"}

    def test_a_name_that_resolves_otherwise_the_next_time_gains_nothing(self, site):
        """The address that was looked at is the one that is connected to."""
        answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
        connected: list[str] = []
        rules = WebRules(timeout_seconds=1, seconds_per_host=0)
        web = Web(rules, resolve=lambda host, port: [next(answers)])
        plain = web._network._plain.connect_tcp

        def connect_tcp(host, port, *more):
            connected.append(host)
            return plain("127.0.0.1", 1, *more)  # nobody listens; the public address itself is never asked in a test

        web._network._plain.connect_tcp = connect_tcp
        refused(site, site.url("rebound.example/a"), web=web)
        assert connected == ["93.184.216.34"]
        assert "private" in str(refused(site, site.url("rebound.example/a"), web=web))
        assert connected == ["93.184.216.34"]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        "url",
        ["ftp://news.example/a", "news.example/a", "file:///etc/passwd", "http://", "http:///a", "http://a:99999/"],
    )
    def test_what_is_no_address_of_the_web(self, site, url):
        error = refused(site, url)
        assert error.trouble is Trouble.FORBIDDEN
        assert str(error) == f"{url} is no address of the web; it should begin with https://"

    def test_a_password_is_neither_sent_nor_told(self, site, caplog):
        with caplog.at_level(logging.DEBUG):
            error = refused(site, f"http://ada:secret@news.example:{site.port}/a")
        assert line(site, error) == (
            "http://news.example/a is not asked with a name and password in its address; take them out"
        )
        assert "secret" not in caplog.text
        assert site.requests == []
        assert shown("https://ada:secret@news.example/a?b#c") == "https://news.example/a?b"

    @pytest.mark.parametrize(
        ("status", "trouble", "said"),
        [
            (404, Trouble.GONE, "is not there (status 404); check the address"),
            (410, Trouble.GONE, "is not there (status 410); check the address"),
            (401, Trouble.BARRED, "is not shown to us (status 401); ask the owner of news.example for access"),
            (403, Trouble.BARRED, "is not shown to us (status 403); ask the owner of news.example for access"),
            (451, Trouble.BARRED, "is not shown to us (status 451); ask the owner of news.example for access"),
            (500, Trouble.HOST, "fails at its own end (status 500); try again later"),
            (418, Trouble.UNUSABLE, "gives no page (status 418); check the address"),
            (204, Trouble.UNUSABLE, "gives no page (status 204); check the address"),
        ],
    )
    def test_a_page_that_is_not_given(self, site, status, trouble, said):
        site.page("news.example/a", "x" if status >= 300 else "", status=status)
        error = refused(site)
        assert (line(site, error), error.trouble) == (f"http://news.example/a {said}", trouble)

    def test_what_declares_more_than_it_may_be_is_not_begun(self, site):
        site.page("news.example/a", b"x" * 100_000, declared=10**15)
        error = refused(site)
        assert line(site, error) == "http://news.example/a is larger than 1,000,000 bytes and was not read"

    def test_what_is_more_than_it_may_be_is_not_read_to_its_end(self, site):
        site.page("news.example/a", b"x" * 2_000, chunked=True)
        assert "is larger than 1,000 bytes" in str(refused(site, max_bytes=1_000))

    @pytest.mark.parametrize("coding", ["gzip", "deflate"])
    def test_what_unpacks_without_end_is_left(self, site, coding):
        engine = zlib.compressobj(9, wbits=31 if coding == "gzip" else 15)
        bomb = b"".join(engine.compress(bytes(1_000_000)) for _ in range(300)) + engine.flush()
        assert len(bomb) < 500_000
        site.page("news.example/a", bomb, headers={"Content-Encoding": coding})
        assert "is larger than 1,000,000 bytes" in str(refused(site))

    @pytest.mark.parametrize("damage", [lambda d: d[:-20], lambda d: b"no gzip" + d, lambda d: d[:30] + b"?" * 50])
    def test_what_is_packed_badly_is_said(self, site, damage):
        packed = gzip.compress(bytes(range(256)) * 20)
        site.page("news.example/a", damage(packed), headers={"Content-Encoding": "gzip"})
        assert line(site, refused(site)) == "http://news.example/a is damaged: its gzip data is not sound"

    def test_a_compression_that_nobody_asked_for(self, site):
        site.page("news.example/a", b"x", headers={"Content-Encoding": "br"})
        assert "comes in a compression that nobody asked for (br)" in str(refused(site))


class TestAHostThatFails:
    def test_one_that_is_not_there(self, site):
        error = refused(site, "http://paper.nowhere/a")
        said = "http://paper.nowhere/a cannot be reached: there is no host paper.nowhere; check the address"
        assert str(error) == said
        assert error.trouble is Trouble.HOST

    def test_one_where_nobody_listens(self, site):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            error = refused(site, f"http://news.example:{port}/a")
        assert str(error).endswith(f"cannot be reached: news.example:{port} refuses the connection; try again later")

    def test_one_that_is_silent(self, site):
        site.page("news.example/a", "x", hang=10)
        error = refused(site, timeout_seconds=0.1)
        assert line(site, error) == "http://news.example/a is silent for 0.1 seconds; try again later"

    @pytest.mark.parametrize("place", ["news.example/a", "news.example/robots.txt"])
    def test_one_that_gives_a_byte_now_and_then(self, site, place):
        site.page(place, "x" * 1000, drip=0.02)
        began = time.monotonic()
        web = Web(
            WebRules(allow_private=("127.0.0.1",), timeout_seconds=5, deadline_seconds=0.3, seconds_per_host=0),
            resolve=site.resolve,
        )
        error = refused(site, web=web)
        assert line(site, error) == "http://news.example/a was given up after 0.3 seconds; try again later"
        assert time.monotonic() - began < 3

    def test_one_that_drips_its_headers(self):
        with Answering(b"HTTP/1.1 200 OK\r\n" + b"X-Header: y\r\n" * 100, drip=0.02) as port:
            web = Web(
                WebRules(allow_private=("127.0.0.1",), timeout_seconds=5, deadline_seconds=0.3),
                resolve=lambda host, port: ["127.0.0.1"],
            )
            with pytest.raises(FetchError, match=r"was given up after 0\.3 seconds"):
                web.get(f"http://news.example:{port}/a", accept="*/*", max_bytes=9)

    def test_one_that_hangs_up_in_the_middle(self, site):
        site.page("news.example/a", "x" * 1000, cut=True)
        assert "broke off" in str(refused(site))

    def test_one_that_speaks_something_else(self, site):
        with Answering(b"220 mail.example ESMTP\r\n") as port:
            error = refused(site, f"http://news.example:{port}/a")
        assert str(error).endswith(f"broke off, or news.example:{port} does not speak HTTP; try again later")

    def test_one_that_sends_headers_without_end(self, site):
        with Answering(b"HTTP/1.1 200 OK\r\n" + b"X-Header: y\r\n" * 100_000) as port:
            assert "does not speak HTTP" in str(refused(site, f"http://news.example:{port}/a"))

    def test_one_that_does_not_speak_tls(self, site):
        error = refused(site, site.url("news.example/a").replace("http:", "https:"))
        assert line(site, error).endswith("news.example does not speak TLS there; check https and the port")

    def test_one_whose_certificate_is_its_own(self, site, tmp_path):
        with Answering(b"HTTP/1.1 200 OK\r\n\r\n", tls=_certificate(tmp_path)) as port:
            error = refused(site, f"https://news.example:{port}/a")
        assert f"the certificate of news.example:{port} is not valid (self-signed certificate)" in str(error)

    def test_one_that_failed_three_times_is_left_alone_for_a_while(self, site):
        site.page("news.example/a", "x", status=500)
        web = site.web()
        for _ in range(3):
            refused(site, web=web)
        assert web.is_left_alone(site.url("news.example/b"))
        site.asked()
        assert line(site, refused(site, web=web)) == "news.example is left alone for a while; try again later"
        assert site.asked(robots=True) == []
        site.page("news.example/a", "x")
        site.clock.pass_(minutes=11)
        assert get(site, web=web).data == b"x"

    @pytest.mark.parametrize("wait", ["7", "Mon, 02 Mar 2026 08:00:07 GMT"])
    def test_one_that_asks_for_a_moment_gets_it(self, site, wait):
        site.clock.seconds = 0.0
        site.page("news.example/a", "x", status=429, headers={"Retry-After": wait})
        error = refused(site)
        assert site.clock.seconds >= 7
        assert site.asked() == ["/a", "/a"]
        assert line(site, error) == (
            "http://news.example/a: news.example has had enough requests (status 429); raise web.seconds_per_host"
        )

    def test_one_that_asks_for_longer_is_left_alone_so_long(self, site):
        site.page("news.example/a", "x", status=503, headers={"Retry-After": "3600"})
        web = site.web()
        refused(site, web=web)
        assert site.asked() == ["/a"]
        site.clock.pass_(minutes=59)
        assert web.is_left_alone(site.url("news.example/a"))
        site.clock.pass_(minutes=2)
        assert not web.is_left_alone(site.url("news.example/a"))


class TestManners:
    def test_one_host_is_asked_at_a_pace_and_others_meanwhile(self, site):
        site.page("other.example/a", "x")
        web, began = site.web(seconds_per_host=2), site.clock.seconds
        for _ in range(3):
            get(site, web=web)
        assert site.clock.seconds - began == 6  # robots.txt is a request, too
        get(site, site.url("other.example/a"), web=web)
        assert site.clock.seconds - began == 8  # its own robots.txt, then the page

    @pytest.mark.parametrize("rule", ["Crawl-delay: 9", "Request-rate: 2/18"])
    def test_a_longer_pace_that_a_host_asks_for_counts(self, site, rule):
        site.page("news.example/robots.txt", f"User-agent: *\n{rule}\nDisallow:", type="text/plain")
        web, began = site.web(seconds_per_host=2), site.clock.seconds
        for _ in range(3):
            get(site, web=web)
        assert site.clock.seconds - began == 27

    def test_one_that_asks_for_an_age_is_not_read(self, site):
        site.page("news.example/robots.txt", "User-agent: *\nCrawl-delay: 86400", type="text/plain")
        assert "asks for 86,400 seconds between requests; ask its owner for less" in str(refused(site))

    def test_while_it_waits_it_says_so_and_can_be_stopped(self, site):
        class Stopped(Exception):
            pass

        ticks = iter([None] * 5)

        def tick() -> None:
            if next(ticks, 1) is not None:
                raise Stopped

        web = site.web(seconds_per_host=60)
        with pytest.raises(Stopped), web.ticking(tick):
            for _ in range(3):
                web.get(site.url("news.example/a"), accept="*/*", max_bytes=100)

    def test_robots_txt_is_asked_once_a_day(self, site):
        web = site.web()
        for hours in (0, 0, 23, 2):
            site.clock.pass_(hours=hours)
            get(site, web=web)
        assert site.asked(robots=True) == ["/robots.txt", "/a", "/a", "/a", "/robots.txt", "/a"]

    def test_only_rules_for_us_count(self, site):
        rules = "User-agent: quotewire\nDisallow: /a\n\nUser-agent: *\nAllow: /"
        site.page("news.example/robots.txt", rules, type="text/plain")
        assert refused(site).trouble is Trouble.BARRED
        assert get(site, user_agent="OtherBot/2").data

    @pytest.mark.parametrize("status", [404, 401, 403, 410])
    def test_a_host_without_rules_allows_all(self, site, status):
        site.page("news.example/robots.txt", "User-agent: *\nDisallow: /", status=status)
        assert get(site).data

    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_a_host_whose_rules_cannot_be_had_allows_nothing(self, site, status):
        site.page("news.example/robots.txt", "", status=status)
        web = site.web()
        error = refused(site, web=web)
        assert error.trouble is Trouble.HOST
        assert line(site, error) == (
            f"http://news.example/a is not read, because robots.txt of news.example cannot be had (status {status}); "
            "try again later"
        )
        assert site.asked() == []
        site.page("news.example/robots.txt", "")
        site.clock.pass_(minutes=31)
        assert get(site, web=web).data

    def test_rules_elsewhere_are_followed_there(self, site):
        site.moved("news.example/robots.txt", "other.example/rules")
        site.page("other.example/rules", "User-agent: *\nDisallow: /a", type="text/plain")
        assert refused(site).trouble is Trouble.BARRED

    def test_of_endless_rules_the_beginning_counts(self, site):
        rules = "User-agent: *\nDisallow: /a\n" + "# nothing\n" * 200_000
        site.pages["news.example/robots.txt"] = Page(rules.encode(), "text/plain")
        assert refused(site).trouble is Trouble.BARRED


class Answering:
    """A server that answers everything with just these bytes, over TLS with a certificate."""

    def __init__(self, data: bytes, *, drip: float = 0.0, tls: ssl.SSLContext | None = None) -> None:
        self.data, self.drip, self.tls = data, drip, tls

    def __enter__(self) -> int:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        return int(self.socket.getsockname()[1])

    def __exit__(self, *_: object) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _serve(self) -> None:
        while True:
            try:
                client = self.socket.accept()[0]
            except OSError:
                return
            try:
                with self.tls.wrap_socket(client, server_side=True) if self.tls else client as one:
                    if self.drip:
                        for number in range(len(self.data)):
                            one.sendall(self.data[number : number + 1])
                            time.sleep(self.drip)
                    else:
                        one.sendall(self.data)
            except OSError:
                continue


def _certificate(folder) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now.replace(year=2099))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "both.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
