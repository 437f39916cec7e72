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


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "bot.db", open_seal(tmp_path / "bot.key"))


def sent(answer_id: str = "answer", message_id: int = 10, chat_id: int = CHAT) -> Delivery:
    return Delivery(answer_id, chat_id, message_id, 0, "en")


def test_a_delivery_is_found_by_its_answer_and_by_its_question(journal: Journal) -> None:
    journal.delivered(sent(), question_id=9, asker=USER)
    assert journal.deliveries(["answer", "other"]) == [sent()]
    assert journal.reply_to(CHAT, 9) == 10
    assert journal.reply_to(CHAT + 1, 9) is None


def test_a_message_shows_one_answer_at_a_time(journal: Journal) -> None:
    journal.delivered(sent("first"), question_id=9)
    journal.delivered(sent("second"), question_id=9)
    assert journal.deliveries(["first"]) == []
    journal.turned(CHAT, 10, 2)
    assert journal.deliveries(["second"])[0].shown == 2


def test_messages_sent_through_inline_mode_are_told_apart(journal: Journal) -> None:
    for inline_id in ("one", "two"):
        journal.delivered(Delivery("answer", 0, 0, 1, "ru", inline_id=inline_id))
    assert [found.inline_id for found in journal.deliveries(["answer"])] == ["one", "two"]


def test_forgetting_a_reader_leaves_nothing_and_touches_nobody_else(journal: Journal) -> None:
    journal.delivered(sent("private", chat_id=USER), question_id=9, asker=USER)
    journal.delivered(sent("group", 11, chat_id=-100), question_id=9, asker=USER)
    journal.delivered(sent("another", 12), question_id=9, asker=USER + 1)
    journal.vote("private", 0, USER, helpful=True)
    journal.choose_language(USER, "ru")
    journal.report(Report(0, "private", 0, "other", USER, "en"), USER)
    assert sorted(journal.forget(USER)) == ["group", "private"]
    assert journal.deliveries(["private"]) == []
    assert len(journal.deliveries(["group", "another"])) == 2, "a group's quote can still be withdrawn"
    assert journal.language(USER) is None
    assert journal.open_reports() == []
    assert journal.today().helpful == 0
    assert journal.forget(USER) == []


def test_a_reader_reports_a_quote_once_and_a_report_is_settled_once(journal: Journal) -> None:
    report = Report(0, "answer", 1, "speaker", USER, "ru")
    number = journal.report(report, USER)
    assert number is not None
    assert journal.report(report, USER) is None
    [kept] = journal.open_reports()
    assert (kept.id, kept.chat_id, kept.reason) == (number, USER, "speaker")
    assert journal.settle(number, "corrected") == kept
    assert journal.settle(number, "dismissed") is None
    settled = journal.reported(number)
    assert settled is not None
    assert settled.outcome == "corrected", "the first outcome stays"
    assert journal.reporter(number) == journal.person(USER)
    assert journal.open_reports() == []


def test_a_groups_settings_move_with_it(journal: Journal) -> None:
    journal.set_group(-5, Group("ru", brief=True, admins_only=True))
    journal.migrated(-5, -100_5)
    assert journal.group(-100_5) == Group("ru", brief=True, admins_only=True)
    assert journal.group(-5) == Group()


def test_no_number_of_a_user_or_chat_is_in_the_file(journal: Journal, tmp_path: Path) -> None:
    journal.delivered(sent(), question_id=9, asker=USER)
    journal.vote("answer", 0, USER, helpful=False)
    journal.audit(USER, "remove", "#7")
    journal.choose_language(USER, "ar")
    raw = b"".join(file.read_bytes() for file in tmp_path.glob("bot.db*"))
    for number in (CHAT, USER):
        assert str(number).encode() not in raw
        assert number.to_bytes(8, "big")[2:] not in raw


def test_without_the_key_nobody_is_found_again(journal: Journal, tmp_path: Path) -> None:
    journal.delivered(sent(), question_id=9, asker=USER)
    stranger = Journal(tmp_path / "bot.db", Seal(bytes(32)))
    assert stranger.deliveries(["answer"]) == []
    assert stranger.reply_to(CHAT, 9) is None


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "bot.key"
    first = open_seal(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert open_seal(path).pseudonym("user", USER) == first.pseudonym("user", USER)
    path.write_bytes(b"short")
    with pytest.raises(ValueError, match=r"bot\.key is not a key of this bot"):
        open_seal(path)


def test_what_is_old_is_forgotten_and_what_is_young_or_open_stays(journal: Journal, tmp_path: Path) -> None:
    for number, name in ((10, "old"), (11, "young")):
        journal.delivered(sent(name, number), question_id=number - 5, asker=USER)
        journal.vote(name, 0, USER, helpful=True)
        journal.report(Report(0, name, 0, "other", USER, "en"), USER)
        journal.audit(USER, name, allowed=False)
    journal.report(Report(0, "old", 1, "date", USER, "en"), USER)
    first, *_ = journal.open_reports()
    journal.settle(first.id, "fixed")
    with sqlite3.connect(tmp_path / "bot.db") as db:
        for table in ("deliveries", "votes"):
            db.execute(f"UPDATE {table} SET at = '2020-01-01T00:00:00+00:00' WHERE answer_id = 'old'")
        db.execute("UPDATE reports SET at = '2020-01-01', settled = iif(settled IS NULL, NULL, '2020-01-01')")
        db.execute("UPDATE audit SET at = '2020-01-01' WHERE action = 'old'")
    journal.expire(90)
    assert journal.deliveries(["old", "young"]) == [sent("young", 11)]
    assert verdicts(tmp_path / "bot.db") == [Verdict("old", 1, 0), Verdict("young", 1, 0)], "the count stays"
    assert [(one.answer_id, one.n) for one in journal.open_reports()] == [("young", 0), ("old", 1)]
    with sqlite3.connect(tmp_path / "bot.db") as db:
        assert db.execute("SELECT count(DISTINCT voter) FROM votes").fetchone() == (2,), "nobody's name any more"
        assert db.execute("SELECT who = '' FROM audit ORDER BY id").fetchall() == [(1,), (0,)]
        assert db.execute("SELECT count(*) FROM reports").fetchone() == (2,)


def test_an_administrators_acts_stay_when_they_are_forgotten(journal: Journal) -> None:
    journal.audit(USER, "remove", "#7")
    journal.audit(USER + 1, "/remove", allowed=False)
    for number in (USER, USER + 1):
        journal.forget(number)
    assert journal.acted(USER)
    assert not journal.acted(USER + 1)


# -- questions


EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def counted(journal: Journal) -> list[str]:
    return [one.answer_id for one in journal.questions(EPOCH)]


def test_questions_count_once_however_often_their_answer_is_shown(journal: Journal) -> None:
    journal.delivered(sent("first"), question_id=9, asker=USER)
    journal.delivered(sent("first"))
    journal.delivered(sent("first", 20, USER))  # opened again by a link
    assert counted(journal) == ["first"]
    journal.delivered(sent("by a button", 10))
    assert counted(journal) == ["first"], "a question asked again by a button is no other question"
    journal.delivered(sent("edited", 20), question_id=19, asker=USER)
    journal.delivered(sent("edited twice", 20), question_id=19, asker=USER)
    assert "edited" not in counted(journal)
    assert "edited twice" in counted(journal)


def test_what_was_typed_in_inline_mode_counts_once_its_quote_is_sent(journal: Journal) -> None:
    journal.typed("half a que", USER)
    journal.typed("half a question", USER)
    assert counted(journal) == []
    journal.delivered(Delivery("half a question", 0, 0, 0, "en", inline_id="x"), asker=USER)
    assert counted(journal) == ["half a question"]


def test_all_that_somebody_asked_is_found_when_they_are_forgotten(journal: Journal) -> None:
    journal.typed("typed", USER)
    journal.delivered(sent("first"), question_id=9, asker=USER)
    journal.delivered(sent("edited"), question_id=9, asker=USER)
    journal.lost(CHAT)
    journal.typed("another's", USER + 1)
    assert sorted(journal.forget(USER)) == ["edited", "first", "typed"]
    assert counted(journal) == ["edited"], "that somebody asked stays, without who it was"
    assert journal.forget(USER) == []


# -- votes


def test_the_worst_judged_quotes_come_first(journal: Journal) -> None:
    for answer_id, n, votes in (("mixed", 0, "+-"), ("bad", 1, "--"), ("good", 0, "++"), ("mixed", 1, "-")):
        for voter, vote in enumerate(votes):
            journal.vote(answer_id, n, USER + voter, helpful=vote == "+")
    assert journal.worst_judged()[0] == Judged("bad", 1, 0, 2)
    assert {(one.answer_id, one.n) for one in journal.worst_judged()[1:]} == {("mixed", 0), ("mixed", 1)}
    assert journal.unhelpful() == {"bad", "mixed"}
    assert journal.votes() == journal.votes(timedelta(days=7)) == (3, 4)


# -- who may ask


def test_somebody_asks_to_be_let_in_once_and_is_decided_about_once(journal: Journal) -> None:
    assert journal.standing(USER) is Standing.UNKNOWN
    number = journal.request(USER, "ru")
    assert number is not None
    assert journal.request(USER, "ru") is None
    assert journal.standing(USER) is Standing.PENDING
    assert journal.decide(number, Standing.ALLOWED)
    assert not journal.decide(number, Standing.REFUSED)
    applicant = journal.applicant(number)
    assert applicant is not None
    assert (applicant.chat_id, applicant.lang, applicant.standing) == (USER, "ru", Standing.ALLOWED)
    assert journal.request(USER, "ru") is None, "they are in"


def test_one_line_is_told_once_until_something_else_is_decided(journal: Journal) -> None:
    assert [journal.told(USER) for _ in range(3)] == [True, False, False]
    person = journal.person(USER)
    assert journal.stand(person, Standing.BANNED).standing is Standing.UNKNOWN
    assert [journal.told(USER) for _ in range(2)] == [True, False]
    assert journal.stand(person, Standing.ALLOWED).standing is Standing.BANNED
    assert journal.request(USER + 1, "en") is not None
    assert journal.told(USER + 2)
    assert journal.request(USER + 2, "en") is not None, "whoever was only told may still ask"


def test_what_was_decided_outlives_being_forgotten_and_what_was_not_does_not(journal: Journal) -> None:
    journal.stand(journal.person(USER), Standing.BANNED)
    waiting = journal.request(USER + 1, "en")
    for number in (USER, USER + 1):
        journal.forget(number)
    assert journal.standing(USER) is Standing.BANNED
    assert journal.standing(USER + 1) is Standing.UNKNOWN
    assert waiting is not None
    assert journal.applicant(waiting) is None


def test_a_journal_from_before_counts_the_questions_it_knows(tmp_path: Path) -> None:
    path, seal = tmp_path / "bot.db", open_seal(tmp_path / "bot.key")
    migrate(path, MIGRATIONS[: MIGRATIONS.index(desk)])
    with sqlite3.connect(path) as db:
        db.execute(
            "INSERT INTO deliveries (chat, sealed, message_id, asker, answer_id, shown, lang, brief, at)"
            " VALUES ('chat', '', 10, ?, 'old', 0, 'en', 0, '2026-01-01T00:00:00+00:00')",
            (seal.pseudonym("user", USER),),
        )
    journal = Journal(path, seal)
    assert counted(journal) == ["old"]
    assert journal.forget(USER) == ["old"]


# -- what waits for a decision


def test_a_draft_is_known_in_its_chat_alone_until_it_is_dropped(journal: Journal) -> None:
    number = journal.add_draft(CHAT, Draft(key="k", name="lamp.md", data=b"words"))
    journal.change_draft(number, {"authors": ["Ada Berg"]})
    journal.show_draft(number, 12)
    known = journal.draft(CHAT, number)
    assert known is not None
    assert (known.data, known.changes, known.message_id) == (b"words", {"authors": ["Ada Berg"]}, 12)
    assert journal.draft(CHAT + 1, number) is None
    journal.prompted(CHAT, 13, number, "title")
    assert journal.prompt(CHAT, 13) == (number, "title")
    assert journal.drop_draft(number)
    assert not journal.drop_draft(number)
    assert journal.prompt(CHAT, 13) is None, "its questions go with it"


def test_a_draft_is_gone_after_a_day(journal: Journal, tmp_path: Path) -> None:
    old, young = (journal.add_draft(CHAT, Draft(article=n, seen={"title": "x"})) for n in (1, 2))
    with sqlite3.connect(tmp_path / "bot.db") as db:
        db.execute("UPDATE drafts SET at = '2020-01-01T00:00:00+00:00' WHERE id = ?", (old,))
    assert journal.draft(CHAT, old) is None
    assert journal.expire_drafts() == 1
    assert journal.draft(CHAT, young) is not None


def test_an_administrator_who_is_forgotten_leaves_no_draft(journal: Journal) -> None:
    number = journal.add_draft(USER, Draft(key="k", name="lamp.md", data=b"words"))
    journal.forget(USER)
    assert journal.draft(USER, number) is None


def test_a_hint_is_given_once(journal: Journal) -> None:
    assert [journal.hint("channel:-1001"), journal.hint("channel:-1001"), journal.hint("channel:-1002")] == [
        True,
        False,
        True,
    ]


# -- the audit


def test_acts_come_by_pages_the_newest_first(journal: Journal) -> None:
    for n in range(5):
        journal.audit(USER, "remove", f"#{n}", allowed=n != 3)
    page, total = journal.acts(1, 2)
    assert (total, [(act.subject, act.allowed) for act in page]) == (5, [("#2", True), ("#1", True)])
    assert [act.subject for act in journal.acts()[0]] == ["#4", "#3", "#2", "#1", "#0"]
    assert journal.acts()[0][0].who == journal.person(USER)
