"""The bot's own memory: what it keeps, and that it keeps nobody's name or number."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.access.roles import Standing
from bot.journal import Delivery, Draft, Group, Journal, Judged, Report, Verdict, verdicts
from bot.journal.schema import MIGRATIONS, desk
from bot.keys import Seal, open_seal
from index.store.database import migrate

CHAT = 5_551_234_567
USER = 5_557_654_321
EVER = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "bot.db", open_seal(tmp_path / "bot.key"))


def sent(answer_id: str = "answer", message_id: int = 10, chat_id: int = CHAT) -> Delivery:
    return Delivery(answer_id, chat_id, message_id, 0, "en")


def test_a_delivery_is_found_by_its_answer_and_by_its_question(journal: Journal) -> None:
    journal.deliveries.record(sent(), question_id=9, asker=USER)
    assert journal.deliveries.of(["answer", "other"]) == [sent()]
    assert journal.deliveries.reply_to(CHAT, 9) == 10
    assert journal.deliveries.reply_to(CHAT + 1, 9) is None


def test_a_message_shows_one_answer_at_a_time(journal: Journal) -> None:
    journal.deliveries.record(sent("first"), question_id=9)
    journal.deliveries.record(sent("second"), question_id=9)
    assert journal.deliveries.of(["first"]) == []
    journal.deliveries.show(CHAT, 10, 2)
    assert journal.deliveries.of(["second"])[0].shown == 2


def test_messages_sent_through_inline_mode_are_told_apart(journal: Journal) -> None:
    for inline_id in ("one", "two"):
        journal.deliveries.record(Delivery("answer", 0, 0, 1, "ru", inline_id=inline_id))
    assert [found.inline_id for found in journal.deliveries.of(["answer"])] == ["one", "two"]


def test_forgetting_a_reader_leaves_nothing_and_touches_nobody_else(journal: Journal) -> None:
    journal.deliveries.record(sent("private", chat_id=USER), question_id=9, asker=USER)
    journal.deliveries.record(sent("group", 11, chat_id=-100), question_id=9, asker=USER)
    journal.deliveries.record(sent("another", 12), question_id=9, asker=USER + 1)
    journal.votes.cast("private", 0, USER, helpful=True)
    journal.preferences.choose_language(USER, "ru")
    journal.reports.add(Report(0, "private", 0, "other", USER, "en"), USER)
    assert sorted(journal.forget(USER)) == ["group", "private"]
    assert journal.deliveries.of(["private"]) == []
    assert len(journal.deliveries.of(["group", "another"])) == 2, "a group's quote can still be withdrawn"
    assert journal.preferences.language(USER) is None
    assert journal.reports.open() == []
    assert journal.tally(EVER).helpful == 0
    assert journal.forget(USER) == []


def test_a_reader_reports_a_quote_once_and_a_report_is_settled_once(journal: Journal, tmp_path: Path) -> None:
    report = Report(0, "answer", 1, "speaker", USER, "ru")
    number = journal.reports.add(report, USER)
    assert number is not None
    assert journal.reports.add(report, USER) is None
    [kept] = journal.reports.open()
    assert (kept.id, kept.chat_id, kept.reason) == (number, USER, "speaker")
    assert journal.reports.settle(number, "corrected") == kept
    assert journal.reports.settle(number, "dismissed") is None
    settled = journal.reports.find(number)
    assert settled is not None
    assert settled.outcome == "corrected", "the first outcome stays"
    assert journal.reports.reporter(number) == open_seal(tmp_path / "bot.key").person(USER)
    assert journal.reports.open() == []


def test_a_groups_settings_move_with_it(journal: Journal) -> None:
    journal.preferences.set_group(-5, Group("ru", brief=True, admins_only=True))
    journal.migrate(-5, -100_5)
    assert journal.preferences.group(-100_5) == Group("ru", brief=True, admins_only=True)
    assert journal.preferences.group(-5) == Group()


def test_no_number_of_a_user_or_chat_is_in_the_file(journal: Journal, tmp_path: Path) -> None:
    journal.deliveries.record(sent(), question_id=9, asker=USER)
    journal.votes.cast("answer", 0, USER, helpful=False)
    journal.audit.note(USER, "remove", "#7")
    journal.preferences.choose_language(USER, "ar")
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("bot.db*"))
    for number in (CHAT, USER):
        assert str(number).encode() not in raw
        assert number.to_bytes(8, "big")[2:] not in raw


def test_without_the_key_nobody_is_found_again(journal: Journal, tmp_path: Path) -> None:
    journal.deliveries.record(sent(), question_id=9, asker=USER)
    stranger = Journal(tmp_path / "bot.db", Seal(bytes(32)))
    assert stranger.deliveries.of(["answer"]) == []
    assert stranger.deliveries.reply_to(CHAT, 9) is None


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.key"
    first = open_seal(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert open_seal(path).person(USER) == first.person(USER)
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match=r"bot\.key is not a key of this bot"):
        open_seal(path)


def test_what_is_old_is_forgotten_and_what_is_young_or_open_stays(journal: Journal, tmp_path: Path) -> None:
    for number, name in ((10, "old"), (11, "young")):
        journal.deliveries.record(sent(name, number), question_id=number - 5, asker=USER)
        journal.votes.cast(name, 0, USER, helpful=True)
        journal.reports.add(Report(0, name, 0, "other", USER, "en"), USER)
        journal.audit.note(USER, name, allowed=False)
    journal.reports.add(Report(0, "old", 1, "date", USER, "en"), USER)
    first, *_ = journal.reports.open()
    journal.reports.settle(first.id, "fixed")
    with sqlite3.connect(tmp_path / "bot.db") as db:
        for table in ("deliveries", "votes"):
            db.execute(f"UPDATE {table} SET at = '2020-01-01T00:00:00+00:00' WHERE answer_id = 'old'")
        db.execute("UPDATE reports SET at = '2020-01-01', settled = iif(settled IS NULL, NULL, '2020-01-01')")
        db.execute("UPDATE audit SET at = '2020-01-01' WHERE action = 'old'")
    journal.expire(90)
    assert journal.deliveries.of(["old", "young"]) == [sent("young", 11)]
    assert verdicts(tmp_path / "bot.db") == [Verdict("old", 1, 0), Verdict("young", 1, 0)], "the count stays"
    assert [(one.answer_id, one.n) for one in journal.reports.open()] == [("young", 0), ("old", 1)]
    with sqlite3.connect(tmp_path / "bot.db") as db:
        assert db.execute("SELECT count(DISTINCT voter) FROM votes").fetchone() == (2,), "nobody's name any more"
        assert db.execute("SELECT who = '' FROM audit ORDER BY id").fetchall() == [(1,), (0,)]
        assert db.execute("SELECT count(*) FROM reports").fetchone() == (2,)


def test_an_administrators_acts_stay_when_they_are_forgotten(journal: Journal) -> None:
    journal.audit.note(USER, "remove", "#7")
    journal.audit.note(USER + 1, "/remove", allowed=False)
    for number in (USER, USER + 1):
        journal.forget(number)
    assert journal.audit.has_acted(USER)
    assert not journal.audit.has_acted(USER + 1)


# -- questions


EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def counted(journal: Journal) -> list[str]:
    return [one.answer_id for one in journal.questions.since(EPOCH)]


def test_questions_count_once_however_often_their_answer_is_shown(journal: Journal) -> None:
    journal.deliveries.record(sent("first"), question_id=9, asker=USER)
    journal.deliveries.record(sent("first"))
    journal.deliveries.record(sent("first", 20, USER))  # opened again by a link
    assert counted(journal) == ["first"]
    journal.deliveries.record(sent("by a button", 10))
    assert counted(journal) == ["first"], "a question asked again by a button is no other question"
    journal.deliveries.record(sent("edited", 20), question_id=19, asker=USER)
    journal.deliveries.record(sent("edited twice", 20), question_id=19, asker=USER)
    assert "edited" not in counted(journal)
    assert "edited twice" in counted(journal)


def test_what_was_typed_in_inline_mode_counts_once_its_quote_is_sent(journal: Journal) -> None:
    journal.questions.typed("half a que", USER)
    journal.questions.typed("half a question", USER)
    assert counted(journal) == []
    journal.deliveries.record(Delivery("half a question", 0, 0, 0, "en", inline_id="x"), asker=USER)
    assert counted(journal) == ["half a question"]


def test_all_that_somebody_asked_is_found_when_they_are_forgotten(journal: Journal) -> None:
    journal.questions.typed("typed", USER)
    journal.deliveries.record(sent("first"), question_id=9, asker=USER)
    journal.deliveries.record(sent("edited"), question_id=9, asker=USER)
    journal.deliveries.forget_chat(CHAT)
    journal.questions.typed("another's", USER + 1)
    assert sorted(journal.forget(USER)) == ["edited", "first", "typed"]
    assert counted(journal) == ["edited"], "that somebody asked stays, without who it was"
    assert journal.forget(USER) == []


# -- votes


def test_the_worst_judged_quotes_come_first(journal: Journal) -> None:
    for answer_id, n, votes in (("mixed", 0, "+-"), ("bad", 1, "--"), ("good", 0, "++"), ("mixed", 1, "-")):
        for voter, vote in enumerate(votes):
            journal.votes.cast(answer_id, n, USER + voter, helpful=vote == "+")
    assert journal.votes.worst()[0] == Judged("bad", 1, 0, 2)
    assert {(one.answer_id, one.n) for one in journal.votes.worst()[1:]} == {("mixed", 0), ("mixed", 1)}
    assert journal.votes.unhelpful() == {"bad", "mixed"}
    assert journal.votes.count() == journal.votes.count(datetime.now(UTC) - timedelta(days=7)) == (3, 4)


# -- who may ask


def test_somebody_asks_to_be_let_in_once_and_is_decided_about_once(journal: Journal) -> None:
    assert journal.readers.standing(USER) is Standing.UNKNOWN
    number = journal.readers.request(USER, "ru")
    assert number is not None
    assert journal.readers.request(USER, "ru") is None
    assert journal.readers.standing(USER) is Standing.PENDING
    assert journal.readers.decide(number, Standing.ALLOWED)
    assert not journal.readers.decide(number, Standing.REFUSED)
    applicant = journal.readers.find(number)
    assert applicant is not None
    assert (applicant.chat_id, applicant.lang, applicant.standing) == (USER, "ru", Standing.ALLOWED)
    assert journal.readers.request(USER, "ru") is None, "they are in"


def test_one_line_is_told_once_until_something_else_is_decided(journal: Journal, tmp_path: Path) -> None:
    assert [journal.readers.first_refusal(USER) for _ in range(3)] == [True, False, False]
    person = open_seal(tmp_path / "bot.key").person(USER)
    assert journal.readers.stand(person, Standing.BANNED).standing is Standing.UNKNOWN
    assert [journal.readers.first_refusal(USER) for _ in range(2)] == [True, False]
    assert journal.readers.stand(person, Standing.ALLOWED).standing is Standing.BANNED
    assert journal.readers.request(USER + 1, "en") is not None
    assert journal.readers.first_refusal(USER + 2)
    assert journal.readers.request(USER + 2, "en") is not None, "whoever was only told may still ask"


def test_what_was_decided_outlives_being_forgotten_and_what_was_not_does_not(journal: Journal, tmp_path: Path) -> None:
    journal.readers.stand(open_seal(tmp_path / "bot.key").person(USER), Standing.BANNED)
    waiting = journal.readers.request(USER + 1, "en")
    for number in (USER, USER + 1):
        journal.forget(number)
    assert journal.readers.standing(USER) is Standing.BANNED
    assert journal.readers.standing(USER + 1) is Standing.UNKNOWN
    assert waiting is not None
    assert journal.readers.find(waiting) is None


def test_a_journal_from_before_counts_the_questions_it_knows(tmp_path: Path) -> None:
    path, seal = tmp_path / "bot.db", open_seal(tmp_path / "bot.key")
    migrate(path, MIGRATIONS[: MIGRATIONS.index(desk)])
    with sqlite3.connect(path) as db:
        db.execute(
            "INSERT INTO deliveries (chat, sealed, message_id, asker, answer_id, shown, lang, brief, at)"
            " VALUES ('chat', '', 10, ?, 'old', 0, 'en', 0, '2026-01-01T00:00:00+00:00')",
            (seal.person(USER),),
        )
    journal = Journal(path, seal)
    assert counted(journal) == ["old"]
    assert journal.forget(USER) == ["old"]


# -- what waits for a decision


def test_a_draft_is_known_in_its_chat_alone_until_it_is_dropped(journal: Journal) -> None:
    number = journal.drafts.add(CHAT, Draft(key="k", name="lamp.md", data=b"words"))
    journal.drafts.change(number, {"authors": ["Ada Berg"]})
    journal.drafts.show(number, 12)
    known = journal.drafts.find(CHAT, number)
    assert known is not None
    assert (known.data, known.changes, known.message_id) == (b"words", {"authors": ["Ada Berg"]}, 12)
    assert journal.drafts.find(CHAT + 1, number) is None
    journal.drafts.add_prompt(CHAT, 13, number, "title")
    assert journal.drafts.prompt(CHAT, 13) == (number, "title")
    assert journal.drafts.drop(number)
    assert not journal.drafts.drop(number)
    assert journal.drafts.prompt(CHAT, 13) is None, "its questions go with it"


def test_a_draft_is_gone_after_a_day(journal: Journal, tmp_path: Path) -> None:
    old, young = (journal.drafts.add(CHAT, Draft(article=n, seen={"title": "x"})) for n in (1, 2))
    with sqlite3.connect(tmp_path / "bot.db") as db:
        db.execute("UPDATE drafts SET at = '2020-01-01T00:00:00+00:00' WHERE id = ?", (old,))
    assert journal.drafts.find(CHAT, old) is None
    assert journal.drafts.expire() == 1
    assert journal.drafts.find(CHAT, young) is not None


def test_an_administrator_who_is_forgotten_leaves_no_draft(journal: Journal) -> None:
    number = journal.drafts.add(USER, Draft(key="k", name="lamp.md", data=b"words"))
    journal.forget(USER)
    assert journal.drafts.find(USER, number) is None


def test_a_hint_is_given_once(journal: Journal) -> None:
    assert [
        journal.hints.is_first("channel:-1001"),
        journal.hints.is_first("channel:-1001"),
        journal.hints.is_first("channel:-1002"),
    ] == [
        True,
        False,
        True,
    ]


# -- the audit


def test_acts_come_by_pages_the_newest_first(journal: Journal, tmp_path: Path) -> None:
    for n in range(5):
        journal.audit.note(USER, "remove", f"#{n}", allowed=n != 3)
    page, total = journal.audit.acts(1, 2)
    assert (total, [(act.subject, act.allowed) for act in page]) == (5, [("#2", True), ("#1", True)])
    assert [act.subject for act in journal.audit.acts()[0]] == ["#4", "#3", "#2", "#1", "#0"]
    assert journal.audit.acts()[0][0].who == open_seal(tmp_path / "bot.key").person(USER)
