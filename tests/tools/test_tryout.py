"""The try-out: the bot in a terminal, without a token; typed and piped."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from conversation import ARTICLES, QUESTION, write_articles
from rich.console import Console
from tryout.client import Client, converse
from tryout.desk import running, settings_in
from tryout.marks import blocks
from tryout.screen import Screen
from word_embedder import WordEmbedder

from index.archive import Archive

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
ROOT = Path(__file__).parents[2]


@dataclass
class Terminal:
    """A terminal that is written to line by line and shows what came of the last one."""

    client: Client
    output: StringIO

    async def types(self, *lines: str) -> str:
        self.output.truncate(self.output.seek(0))
        rest = iter(lines)

        async def next_line(prompt: str) -> str | None:
            return next(rest, None)

        await converse(self.client, next_line, echo=False)
        return " ".join(self.output.getvalue().replace("▌", " ").split())


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    archive = Archive.open(tmp_path / "data", embedder=WordEmbedder())
    archive.reindex([write_articles(tmp_path / "articles", ARTICLES)])
    output = StringIO()
    async with running(settings_in(tmp_path / "data"), archive) as server:
        screen = Screen(Console(file=output, width=200))
        yield Terminal(Client(server, screen, server.person("Reader", started=True)), output)
    archive.close()


def test_lines_may_be_piped_in_and_the_exact_words_come_back(tmp_path: Path) -> None:
    lines = "How long will the new tram link to Gullhaven be?\n1\n/quit\nnever typed\n"
    settings = {"QUOTEWIRE_ARCHIVE__PATH": str(tmp_path / "data"), "PYTHONPATH": str(ROOT / "tests" / "tools")}
    done = subprocess.run(
        [sys.executable, "-m", "tryout"],
        input=lines, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=240,
        env={name: value for name, value in os.environ.items() if not name.startswith("QUOTEWIRE_")} | settings,
    )  # fmt: skip
    shown = " ".join(done.stdout.replace("▌", " ").split())
    assert done.returncode == 0, done.stderr
    assert "an 8.7-kilometer link between the Customs House and the suburb of Gullhaven." in shown
    assert "The Harbour Post" in shown
    assert "never typed" not in shown
    assert not (tmp_path / "data").exists(), "the real archive is left alone"


async def test_a_token_in_the_environment_stays_unused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "987654321:AAH-somebodys-real-token-of-thirty-five")
    archive = Archive.open(tmp_path / "data", embedder=WordEmbedder())
    async with running(settings_in(tmp_path / "data"), archive) as server:
        assert {request.status for request in server.requests()} <= {0, 200}
    archive.close()


async def test_a_number_presses_the_button_on_the_screen(terminal: Terminal) -> None:
    answer = await terminal.types(QUESTION)
    assert "Work starts in May" in answer
    assert "[1] Context" in answer
    assert "Quotewire (edited)" in await terminal.types("1")
    assert "There is no [40] on the screen." in await terminal.types("40")


async def test_buttons_that_only_an_app_can_follow_say_what_they_do(terminal: Terminal) -> None:
    await terminal.types(QUESTION)
    labels = [button.text for button in terminal.client.choices]
    opened = await terminal.types(str(labels.index("Open article") + 1))
    assert opened == "An app would open https://courier.example.org/harbour-wall"
    assert "Copied: “Harbour wall" in await terminal.types(str(labels.index("Copy citation") + 1))
    assert "[1] Harbour wall to be raised" in await terminal.types(str(labels.index("Share") + 1))


async def test_the_last_question_can_be_edited(terminal: Terminal) -> None:
    await terminal.types("What is the capital of Mongolia?")
    edited = await terminal.types(f"/edit {QUESTION}")
    assert edited.startswith("Quotewire (edited) ")
    assert "Work starts in May" in edited


async def test_inline_cards_are_chosen_by_number(terminal: Terminal) -> None:
    assert "[1] Harbour wall to be raised by a metre" in await terminal.types(f"/inline {QUESTION}")
    assert "Reader via the bot" in await terminal.types("1")


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(terminal: Terminal) -> None:
    assert "Mention me (@quotewire_bot)" in await terminal.types("/group")
    assert "The bot does not see this." in await terminal.types(QUESTION)
    assert "Work starts in May" in await terminal.types(f"@quotewire_bot {QUESTION}")
    assert "4.2 million euros" in await terminal.types("/reply What does the work cost?")


async def test_one_may_be_the_administrator_or_anybody(terminal: Terminal) -> None:
    assert "for the administrators" in await terminal.types("/status")
    assert "3 articles" in await terminal.types("/as admin", "/status")
    assert terminal.client.prompt == "Editor › "
    await terminal.types("/as Iwan ru", "/group")
    assert terminal.client.prompt == "Iwan in Newsroom › "
    assert terminal.client.who.user.language_code == "ru"


@pytest.mark.parametrize("line", ["/edit x", "/reply x", "/as", "/wait long", "7"])
async def test_what_cannot_be_done_is_told(terminal: Terminal, line: str) -> None:
    assert await terminal.types(line) != ""


async def test_anything_can_be_sent_and_an_empty_line_sends_nothing(terminal: Terminal) -> None:
    assert "I can only read text." in await terminal.types("/sticker")
    assert "Work starts in May" in await terminal.types(f"/photo {QUESTION}")
    assert await terminal.types("", "/wait 0", "/quit", "never typed") == ""
    assert "/inline TEXT" in await terminal.types("/?")


def test_marks_follow_utf_16_offsets_and_keep_every_character() -> None:
    text = "🙂 a\nbold quote\nend"
    entities = [{"type": "blockquote", "offset": 5, "length": 10}, {"type": "bold", "offset": 5, "length": 4}]
    first, quoted, last = blocks(text, entities)
    assert [run.text for line in first.lines for run in line] == ["🙂 a"]
    assert [(run.text, run.style.bold) for run in quoted.lines[0]] == [("bold", True), (" quote", False)]
    assert [run.text for line in last.lines for run in line] == ["end"]
    assert [block.quote for block in (first, quoted, last)] == [False, True, False]


def test_lines_left_empty_stay_empty() -> None:
    [block] = blocks("a\n\nb", [])
    assert [[run.text for run in line] for line in block.lines] == [["a"], [], ["b"]]
