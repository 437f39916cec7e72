"""Settings: one file, the environment above it, every mistake told at once and no token in any of it."""

import re
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr, ValidationError

from config.sections import Outlet, Override, Source
from config.settings import Settings, SettingsError, load

EXAMPLE = Path(__file__).parents[2] / "config" / "settings.example.toml"
TOKEN = "123456:AAF-secret_part"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    for name in ("QUOTEWIRE_CONFIG", "QUOTEWIRE_ARCHIVE__PATH", "TELEGRAM_BOT_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def written(tmp_path):
    def write(toml: str) -> Path:
        path = tmp_path / "settings.toml"
        path.write_text(toml, "utf-8")
        return path

    return write


def problems(path: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load(path)
    return caught.value.problems


def test_nothing_needs_to_be_set():
    settings = load()
    assert settings.telegram.token is None
    assert settings.archive.path == Path("data")
    assert settings.log_file == Path("data/quotewire.log")


def test_the_file_is_read(written):
    path = written(
        f'[telegram]\ntoken = "{TOKEN}"\nadmins = [7, 8]\n[archive]\npath = "~/wire"\nsources = ["a", "b c"]\n'
        '[outlets."The Wire"]\nlink_only = true\nembargo_until = 2030-01-01\n'
    )
    settings = load(path)
    assert settings.telegram.token == SecretStr(TOKEN)
    assert settings.telegram.admins == (7, 8)
    assert settings.archive.path == Path.home() / "wire"
    assert settings.archive.sources == (Path("a"), Path("b c"))
    assert settings.outlets["The Wire"] == Outlet(link_only=True, embargo_until=datetime(2030, 1, 1))


def test_which_file_is_read(written, monkeypatch, tmp_path):
    by_default = tmp_path / "config" / "settings.toml"
    by_default.parent.mkdir()
    by_default.write_text("[archive]\npath = 'by default'\n")
    assert load().archive.path == Path("by default")
    monkeypatch.setenv("QUOTEWIRE_CONFIG", str(written("[archive]\npath = 'by variable'\n")))
    assert load().archive.path == Path("by variable")
    given = tmp_path / "given.toml"
    given.write_text("[archive]\npath = 'by option'\n")
    assert load(given).archive.path == Path("by option")


def test_the_environment_wins(written, monkeypatch):
    path = written("[telegram]\nquestions_per_minute = 3\npoll_seconds = 5\n[archive]\nsources = ['x']\n")
    monkeypatch.setenv("QUOTEWIRE_TELEGRAM__QUESTIONS_PER_MINUTE", "99")
    monkeypatch.setenv("QUOTEWIRE_TELEGRAM__ADMINS", "1, 2")
    monkeypatch.setenv("QUOTEWIRE_ARCHIVE__SOURCES", '["a,b", "c"]')
    monkeypatch.setenv("QUOTEWIRE_ARCHIVE__PATH", "elsewhere")
    settings = load(path)
    assert settings.telegram.questions_per_minute == 99
    assert settings.telegram.poll_seconds == 5, "what the environment does not say stays as the file says"
    assert settings.telegram.admins == (1, 2)
    assert settings.archive.sources == (Path("a,b"), Path("c"))
    assert settings.archive.path == Path("elsewhere")


def test_the_token_has_a_variable_of_its_own(written, monkeypatch):
    path = written('[telegram]\ntoken = "1:file"\nadmins = [5]\n')
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "2:variable")
    assert load(path).telegram.token == SecretStr("2:variable")
    assert load(path).telegram.admins == (5,)
    monkeypatch.setenv("QUOTEWIRE_TELEGRAM__TOKEN", "3:key")
    assert load(path).telegram.token == SecretStr("3:key")


def test_every_mistake_is_told_at_once_with_its_key_and_cure(written, monkeypatch):
    monkeypatch.setenv("QUOTEWIRE_ANSWERS__FLOOR", "high")
    monkeypatch.setenv("QUOTEWIRE_ANSWER__FLOOR", "0.5")
    path = written(
        "[telegramm]\nx = 1\n[telegram]\ntokn = 'x'\nadmins = ['me']\nbase_url = 'ftp://here'\n"
        "[model]\nname = 'x'\n[answers]\ntimezone = 'Berlin'\ncontext_share = 2\n[log]\nlevel = 'LOUD'\n"
        "[outlets.Wire]\nlink_onyl = true\n[archive]\nmax_file_bytes = 0\n"
    )
    told = "\n".join(problems(path))
    for words in (
        "telegramm: no such section; did you mean telegram?",
        "telegram.tokn: no such key; did you mean token?",
        "telegram.admins.0 = 'me': should be a valid integer",
        "telegram.base_url = 'ftp://here': should begin with https://",
        "model: needs path",
        "answers.timezone = 'Berlin': is no time zone; give one like Europe/Berlin or UTC",
        "answers.context_share = '2': should be less than or equal to 1",
        "answers.floor = 'high': should be a valid number",
        "QUOTEWIRE_ANSWER__FLOOR: no such setting",
        "log.level = 'LOUD': should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'",
        "outlets.Wire.link_onyl: no such key; did you mean link_only?",
        "archive.max_file_bytes = '0': should be greater than or equal to 1",
    ):
        assert words in told
    assert len(told.splitlines()) == 12


@pytest.mark.parametrize(
    "toml",
    [
        "[telegram]\ntoken = '{secret}'",
        "[telegram]\ntoken = ['{secret}']",
        "[telegram]\ntokn = '{secret}'",
        "telegram = '{secret}'",
        "token = '{secret}'",
        "[telegram.token]\nvalue = '{secret}'",
    ],
)
def test_no_mistake_prints_a_token(written, toml):
    told = problems(written(toml.format(secret="AAF secret")))
    assert len(told) == 1
    assert "secret" not in told[0]


def test_no_picture_of_the_settings_shows_the_token(monkeypatch):
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    settings = load()
    assert "secret_part" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_a_file_that_cannot_be_used_is_one_line(written, tmp_path):
    assert problems(tmp_path / "no.toml") == (
        f"{tmp_path}/no.toml: no such settings file; copy config/settings.example.toml to it",
    )
    assert re.search(r"not valid TOML: .*line 2", problems(written("[telegram]\ntoken = \n"))[0])
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe")
    assert problems(tmp_path / "settings.toml")[0].endswith("cannot be read: it is not UTF-8 text")


def test_one_outlet_has_one_entry(written):
    told = problems(written("[outlets.Wire]\nlink_only = true\n[outlets.WIRE]\nlink_only = false\n"))
    assert told == ('outlets."Wire" and outlets."WIRE" are one outlet; keep one',)


def test_a_model_of_ones_own_needs_its_languages(written):
    assert problems(written("[model]\npath = 'm'")) == (
        'model: needs languages = ["en"], or those your model was trained for',
    )
    assert load(written("[model]\npath = 'm'\nlanguages = ['en', 'de']")).model.languages == ("en", "de")


def test_settings_cannot_be_changed():
    settings = load()
    with pytest.raises(ValidationError):
        settings.telegram.questions_per_minute = 1


def sections() -> dict[str, type[BaseModel]]:
    return {
        **{name: field.annotation for name, field in Settings.model_fields.items()},
        "outlets": Outlet,
        "sources": Source,
        "overrides": Override,
    }


@pytest.mark.parametrize(
    "section, key", [(name, key) for name, section in sections().items() for key in section.model_fields]
)
def test_every_key_is_documented_with_its_default(section, key):
    words = EXAMPLE.read_text("utf-8")
    start = re.search(rf"^\[+{section}[.\]]", words, re.MULTILINE).end()
    block = re.split(r"^\[", words[start:], maxsplit=1, flags=re.MULTILINE)[0]
    written = re.search(rf"((?:^#.*\n)+)(?:^\w+ = .*\n)*^(?:# )?{key} = ", block, re.MULTILINE)
    assert written, f"{section}.{key} stands in the example with a comment above"


def test_the_example_is_the_defaults():
    settings = load(EXAMPLE)
    assert settings.model_copy(update={"outlets": {}, "sources": (), "overrides": ()}) == Settings()
    assert set(tomllib.loads(EXAMPLE.read_text("utf-8"))) == set(Settings.model_fields)


def test_a_source_is_where_its_kind_says(written, tmp_path):
    toml = """
        [[sources]]
        kind = "files"
        path = "wire"
        [[sources]]
        kind = "feed"
        url = "https://news.example/feed.xml"
        schedule = "every 15 minutes"
        [[sources]]
        kind = "channel"
        channel = -1001234567890
        """
    locations = [source.location for source in load(written(toml)).sources]
    assert locations == [str(tmp_path / "wire"), "https://news.example/feed.xml", "channel:-1001234567890"]


def test_the_number_of_a_channel_is_told_from_others(written):
    with pytest.raises(SettingsError, match="the number of a channel begins with -100"):
        load(written('[[sources]]\nkind = "channel"\nchannel = 1234567890\n'))


def test_a_list_of_pages_is_known_by_its_name(written):
    toml = """
        [[sources]]
        kind = "pages"
        name = "Corrections"
        urls = ["https://a.example/1", "https://a.example/2"]
        [[sources]]
        kind = "sitemap"
        url = "https://a.example/sitemap.xml"
        include = ["/news/*"]
        """
    pages, sitemap = load(written(toml)).sources
    assert (pages.location, pages.urls) == ("pages:Corrections", ("https://a.example/1", "https://a.example/2"))
    assert sitemap.include == ("/news/*",)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("[[sources]]\nkind = 'pages'\nurls = ['https://a.example']", "urls need a name"),
        ("[[sources]]\nkind = 'feed'\nurl = 'https://ada:secret@a.example'", "should have no name and password in it"),
        ("[web]\nallow_private = ['https://a.example/']", "should be a host, an address or a network"),
        ("[web]\nuser_agent = ''", "web.user_agent"),
        ("[web]\ntimeout_seconds = 90", "web.timeout_seconds"),
    ],
)
def test_what_the_web_cannot_be_asked_with_is_said(written, toml, said):
    with pytest.raises(SettingsError) as problems:
        load(written(toml))
    assert said in str(problems.value)
    assert "secret" not in str(problems.value)


@pytest.mark.parametrize("keys", ["", "path = 'a'\nurl = 'https://a.example'", "channel = -1001", "url = 'a.example'"])
def test_a_source_that_is_nowhere_or_in_two_places_is_said(written, keys):
    (told,) = problems(written(f"[[sources]]\nkind = 'feed'\n{keys}\n"))
    assert told.startswith("sources.0")
    assert "needs url" in told or "should begin with https://" in told


def test_what_is_said_of_articles_is_checked(written):
    said = "[[overrides]]\nwhere = 'blog.example'\n"
    assert load(written(said + "paywall = true\n")).overrides == (Override(where="blog.example", paywall=True),)
    assert problems(written(said + "language = 'english'\n")) == (
        "overrides.0.language = 'english': should be two letters, as in en",
    )
    [line] = problems(written(said + "label = 'joke'\n"))
    assert line.startswith("overrides.0.label = 'joke': should be 'news', 'opinion'")


def test_a_source_is_there_once(written):
    one = "[[sources]]\nkind = 'feed'\nurl = 'https://a.example/feed'\n"
    assert problems(written(one + one)) == ("sources: https://a.example/feed is there twice; keep one",)


def test_a_wrong_key_of_a_source_is_said(written):
    (told,) = problems(written("[[sources]]\nkind = 'feed'\nurl = 'https://a.example/feed'\nshedule = 'daily'\n"))
    assert told == "sources.0.shedule: no such key; did you mean schedule?"


def test_the_examples_outlet_is_a_whole_one():
    (outlet,) = load(EXAMPLE).outlets.values()
    assert outlet == Outlet(max_quote_chars=400, embargo_until=datetime(2030, 1, 31, 6))


def test_who_may_ask(written, monkeypatch):
    assert load(written('[telegram]\naccess = "list"\nreaders = [7, 8]\n')).telegram.readers == (7, 8)
    assert load().telegram.access == "open"
    monkeypatch.setenv("QUOTEWIRE_TELEGRAM__READERS", "9, 10")
    assert load().telegram.readers == (9, 10)


def test_approval_needs_somebody_who_approves(written):
    assert problems(written('[telegram]\naccess = "approval"\n')) == (
        'telegram: access = "approval" needs admins: somebody has to let readers in',
    )
    assert load(written('[telegram]\naccess = "approval"\nadmins = [1]\n')).telegram.access == "approval"
    [line] = problems(written('[telegram]\naccess = "closed"\n'))
    assert line.startswith("telegram.access = 'closed': should be 'open', 'approval' or 'list'")


@pytest.mark.parametrize(
    "given", ["http://host:8081", "http://host:8081/", "http://host:8081/bot", " http://host:8081/bot/ "]
)
def test_a_servers_bare_address_is_as_good_as_the_whole(written, given):
    telegram = load(written(f"[telegram]\nbase_url = '{given}'\nbase_file_url = '{given}'\n")).telegram
    assert telegram.base_url == "http://host:8081/bot"
    assert telegram.base_file_url == "http://host:8081/file/bot"


@pytest.mark.parametrize("given", ["http://host/file/bot", "http://host/file"])
def test_an_address_of_files_is_taken_as_it_is_meant(written, given):
    assert load(written(f"[telegram]\nbase_file_url = '{given}'\n")).telegram.base_file_url == "http://host/file/bot"


def test_an_address_that_says_where_the_token_goes_is_left_alone(written):
    telegram = load(written("[telegram]\nbase_url = 'https://host/x{token}/y'\n")).telegram
    assert telegram.base_url == "https://host/x{token}/y"
