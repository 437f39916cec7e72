"""The log: it is written where it should be, and no token ever is."""

import logging

import pytest

from bot.logs import configure

TOKEN = "123456789:AAFabcdefghijklmnopqrstuvwxyz_-12345"


@pytest.fixture(autouse=True)
def handlers_put_back():
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in root.handlers:
        if handler not in before:
            handler.close()
    root.handlers[:], root.level = before, level


def test_no_token_is_written_known_or_not(tmp_path, capsys):
    file = tmp_path / "new" / "quotewire.log"
    configure("DEBUG", file, secrets=["42:short"], aloud=True)
    logging.getLogger("x").warning("POST https://api.example/bot%s/getMe", TOKEN)
    try:
        raise ValueError(f"bad token 42:short in {TOKEN.replace(':', '%3A')}")
    except ValueError:
        logging.getLogger("x").exception("went wrong")
    for words in (file.read_text(), capsys.readouterr().err):
        assert "went wrong" in words
        assert "Traceback" in words
        assert "AAF" not in words
        assert "short" not in words


def test_addresses_are_not_logged_at_all(tmp_path):
    file = tmp_path / "quotewire.log"
    configure("DEBUG", file)
    logging.getLogger("httpx").info("HTTP Request: POST https://api.example/bot1:x/getMe")
    assert not file.exists(), "created with the first line"


def test_a_log_that_cannot_be_written_disturbs_nothing(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    configure("INFO", tmp_path / "file" / "quotewire.log")
    logging.getLogger("x").error("lost")
    assert capsys.readouterr() == ("", "")
