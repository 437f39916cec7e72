"""A newsroom's settings file with a feed, a sitemap and a folder: indexed, refreshed and pruned, at the terminal and in
Telegram."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import newsroom
import pytest
from conversation import ADMIN, Room, shut, start
from newssite import NewsSite, serving
from pydantic import SecretStr
from telegram_api.server import TelegramServer
from word_embedder import WordEmbedder

import bot.open_archive
from bot.app import build_application
from bot.open_archive import open_archive
from bot.terminal.cli import main
from config.sections import Telegram
from config.settings import load

HERE = "127.0.0.1"

SETTINGS = """
[archive]
path = "{folder}/data"

[web]
user_agent = "Quotewire (+https://paper.example/bot)"
allow_private = ["127.0.0.1"]
seconds_per_host = 0

[[sources]]
kind = "feed"
url = "{feed}"
name = "The Oldport Mail"

[[sources]]
kind = "sitemap"
url = "{sitemap}"
name = "Sandholm Weekly"
include = ["/weekly/*"]

[[sources]]
kind = "files"
path = "{folder}/desk"
name = "The desk"
"""

Said = Callable[..., list[str]]


@pytest.fixture
def site() -> Iterator[NewsSite]:
    """A feed of two articles and a sitemap of eight."""
    with serving() as site:
        site.article(f"{HERE}/ferry", "Ferry to Sandholm stops in May", newsroom.FERRY)
        site.article(f"{HERE}/bridge", "Swing bridge opens two years late", newsroom.BRIDGE)
        for n in range(8):
            site.article(f"{HERE}/weekly/{n}", f"Weekly story {n}", f"{newsroom.BAKERY}\n\nThis was story {n}.")
        feed(site, "ferry", "bridge")
        weekly(site, *range(8))
        yield site


def feed(site: NewsSite, *paths: str) -> str:
    dated = "Mon, 02 Mar 2026 07:00:00 +0100"
    return site.feed(f"{HERE}/feed", *({"link": site.url(f"{HERE}/{path}"), "published": dated} for path in paths))


def weekly(site: NewsSite, *numbers: int, changed: int | None = None) -> str:
    days = ["2036-01-01" if n == changed else "2026-03-01" for n in numbers]
    urls = [site.url(f"{HERE}/weekly/{n}") for n in numbers]
    return site.sitemap(f"{HERE}/sitemap.xml", *zip(urls, days, strict=True), (site.url(f"{HERE}/about"), "2026-01-01"))


@pytest.fixture
def config(site: NewsSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file; beside it the folder, with one article."""
    newsroom.write(tmp_path / "desk", "tram", "Tram line approved", newsroom.BRIDGE.replace("bridge", "tram"))
    newsroom.write(tmp_path / "desk", "quay", "Quay repaired", newsroom.FERRY.replace("ferry", "quay"))
    newsroom.write(tmp_path / "desk", "mill", "Mill for sale", newsroom.BAKERY.replace("bakery", "mill"))
    newsroom.write(tmp_path / "desk", "tower", "Tower painted", newsroom.BAKERY.replace("bakery", "tower"))
    monkeypatch.setattr(bot.open_archive, "embedder", lambda _: WordEmbedder())
    path = tmp_path / "settings.toml"
    told = {"feed": site.url(f"{HERE}/feed"), "sitemap": site.url(f"{HERE}/sitemap.xml"), "folder": tmp_path}
    path.write_text(SETTINGS.format(**told))
    return path


@pytest.fixture
def index(config: Path, site: NewsSite, capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs a terminal command; the lines that it says, without the port of this test."""

    def run(*words: str, command: str = "index", status: int = 0) -> list[str]:
        assert main(["--config", str(config), command, *words]) == status
        out, err = capsys.readouterr()
        lines = (out + err).replace(f":{site.port}", "").splitlines()
        return [line for line in lines if not line.endswith("no publication date found")]

    return run


def test_all_sources_are_indexed_refreshed_and_pruned(site, index, tmp_path):
    assert index() == ["+14 ~0 =0 -0 !0"]
    assert {one.headers["User-Agent"] for one in site.requests} == {"Quotewire (+https://paper.example/bot)"}
    assert "/about" not in site.asked()
    assert index() == ["+0 ~0 =14 -0 !0"]

    site.article(f"{HERE}/new", "New lighthouse keeper", newsroom.BAKERY)
    feed(site, "new", "bridge")
    site.article(f"{HERE}/weekly/1", "Weekly story 1, corrected", newsroom.BAKERY)
    weekly(site, 1, 2, 3, 4, 5, 6, 7, changed=1)
    (tmp_path / "desk" / "mill.json").unlink()
    assert index("--dry-run") == [
        "+ New lighthouse keeper",
        "~ Weekly story 1, corrected",
        "- Weekly story 0",
        "- Mill for sale",
        "+1 ~1 =10 -2 !0",
    ]
    assert index() == ["+1 ~1 =10 -2 !0"]
    listed = "\n".join(index("--size", "50", command="articles"))
    assert "Ferry to Sandholm stops in May" in listed  # it dropped out of the feed, and stays
    assert "Weekly story 0" not in listed
    assert "Mill for sale" not in listed

    site.page(f"{HERE}/ferry", status=410)
    weekly(site, 1, 2)
    assert index("--full") == [
        "+0 ~0 =7 -0 !0",
        "warning: The Oldport Mail: it says that 1 of its 3 articles are gone, so nothing was removed; "
        "to remove what is no longer there: index --prune",
        "warning: Sandholm Weekly: it lists 2 articles, and listed 7 before, so nothing was removed; "
        "to remove what is no longer there: index --prune",
    ]
    assert index("--full", "--prune")[0] == "+0 ~0 =7 -6 !0"
    assert "Ferry to Sandholm stops in May" not in "\n".join(index("--size", "50", command="articles"))


def test_one_source_that_fails_is_one_line(site, index):
    index()
    site.page(f"{HERE}/feed", status=503)
    assert index() == [
        "+0 ~0 =12 -0 !1",
        "! The Oldport Mail: http://127.0.0.1/feed fails at its own end (status 503); try again later",
    ]
    shown = index(command="status")
    assert "Articles:  14" in shown
    assert "Sources:   The Oldport Mail, Sandholm Weekly, The desk" in shown


def test_a_source_is_read_alone_by_its_name_or_its_address(site, index):
    assert index("sandholm weekly") == ["+8 ~0 =0 -0 !0"]
    assert set(site.asked()) == {"/sitemap.xml", *(f"/weekly/{n}" for n in range(8))}
    assert index(site.url(f"{HERE}/feed")) == ["+2 ~0 =0 -0 !0"]
    assert "Sources:   Sandholm Weekly, The Oldport Mail" in index(command="status")


def test_an_address_that_is_typed_is_seen_for_what_it_is(site, index):
    page = site.article(f"{HERE}/lighthouse", "New lighthouse keeper", newsroom.BAKERY)
    other = site.feed(f"{HERE}/other", {"link": site.url(f"{HERE}/bridge")})
    assert index(page) == ["+1 ~0 =0 -0 !0"]
    assert index(other) == ["+1 ~0 =0 -0 !0"]
    picture = site.page(f"{HERE}/picture", b"\x89PNG\r\n", type="image/png")
    assert index(picture, status=2) == [
        "quotewire: http://127.0.0.1/picture is neither a page nor a feed nor a sitemap, but a picture; "
        "check the address"
    ]
    assert index(site.url(f"{HERE}/nothing"), status=2) == [
        "quotewire: http://127.0.0.1/nothing is not there (status 404); check the address"
    ]
    assert index("nothing", status=2)[0].endswith("/nothing: no such file or folder")


async def test_administrators_see_it_in_telegram(site, index, config, tmp_path):
    index()
    site.article(f"{HERE}/new", "New lighthouse keeper", newsroom.BAKERY)
    feed(site, "new", "ferry")
    weekly(site, 1, 2, 3, 4, 5, 6, 7)
    async with TelegramServer() as server:
        telegram = Telegram(
            token=SecretStr(server.token),
            admins=(ADMIN,),
            base_url=server.base_url,
            base_file_url=server.base_file_url,
            poll_seconds=2,
        )
        settings = load(config).model_copy(update={"telegram": telegram})
        archive = open_archive(settings)
        application = build_application(settings, archive)
        try:
            await start(application)
            editor = Room(server, application, archive, tmp_path).admin()
            assert "14 articles" in (await editor.asks("/status")).text
            began = await editor.asks("/reindex")
            ended = began if "+1" in began.text else await editor.sees_edit(began)
            while "+1 ~0" not in ended.text:
                ended = await editor.sees_edit(ended)
            status = (await editor.asks("/status")).text
            assert "14 articles" in status
            assert "+1 ~0 =12 -1 !0" in status
            found = await editor.asks("When will the ferry to Sandholm stop running?")
            assert "3 May" in found.text
            assert "Ferry to Sandholm stops in May" in found.text
        finally:
            await shut(application)
            archive.close()
