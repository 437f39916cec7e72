"""The journal as the event loop calls it: `await journal.readers.standing(person)`.

Names what the bot uses of `Journal` and its parts, whose docstrings hold here too.
"""

from __future__ import annotations

from bot.journal import Journal
from bot.journal.alarms import Alarms
from bot.journal.audit import Audit
from bot.journal.deliveries import Deliveries
from bot.journal.drafts import Drafts
from bot.journal.hints import Hints
from bot.journal.preferences import Preferences
from bot.journal.questions import Questions
from bot.journal.readers import Readers
from bot.journal.reports import Reports
from bot.journal.votes import Votes
from bot.threads.bridge import Async, Bridge, threaded


class AsyncDeliveries(Async[Deliveries]):
    """Which message shows which answer."""

    record = threaded(Deliveries.record)
    show = threaded(Deliveries.show)
    reply_to = threaded(Deliveries.reply_to)
    thread = threaded(Deliveries.thread)
    of = threaded(Deliveries.of)
    withdraw = threaded(Deliveries.withdraw)
    forget = threaded(Deliveries.forget)
    forget_chat = threaded(Deliveries.forget_chat)


class AsyncQuestions(Async[Questions]):
    """Which questions readers put."""

    typed = threaded(Questions.typed)
    since = threaded(Questions.since)


class AsyncVotes(Async[Votes]):
    """What readers thought of quotes."""

    cast = threaded(Votes.cast)
    count = threaded(Votes.count)
    worst = threaded(Votes.worst)
    unhelpful = threaded(Votes.unhelpful)


class AsyncReports(Async[Reports]):
    """What readers reported."""

    add = threaded(Reports.add)
    open = threaded(Reports.open)
    find = threaded(Reports.find)
    reporter = threaded(Reports.reporter)
    settle = threaded(Reports.settle)


class AsyncPreferences(Async[Preferences]):
    """What readers like, and what groups set."""

    language = threaded(Preferences.language)
    choose_language = threaded(Preferences.choose_language)
    group = threaded(Preferences.group)
    set_group = threaded(Preferences.set_group)


class AsyncReaders(Async[Readers]):
    """Who may ask."""

    standing = threaded(Readers.standing)
    request = threaded(Readers.request)
    find = threaded(Readers.find)
    with_standing = threaded(Readers.with_standing)
    decide = threaded(Readers.decide)
    stand = threaded(Readers.stand)
    first_refusal = threaded(Readers.first_refusal)


class AsyncAudit(Async[Audit]):
    """Who did what."""

    note = threaded(Audit.note)
    acts = threaded(Audit.acts)
    has_acted = threaded(Audit.has_acted)


class AsyncDrafts(Async[Drafts]):
    """What waits for a decision."""

    add = threaded(Drafts.add)
    find = threaded(Drafts.find)
    change = threaded(Drafts.change)
    show = threaded(Drafts.show)
    drop = threaded(Drafts.drop)
    expire = threaded(Drafts.expire)
    add_prompt = threaded(Drafts.add_prompt)
    prompt = threaded(Drafts.prompt)


class AsyncHints(Async[Hints]):
    """Which hints were given."""

    is_first = threaded(Hints.is_first)


class AsyncAlarms(Async[Alarms]):
    """Which alarms are out."""

    raised = threaded(Alarms.raised)
    add = threaded(Alarms.add)
    end = threaded(Alarms.end)


class AsyncJournal(Async[Journal]):
    """The journal by its parts, its methods called in worker threads."""

    tally = threaded(Journal.tally)
    forget = threaded(Journal.forget)
    expire = threaded(Journal.expire)
    migrate = threaded(Journal.migrate)

    def __init__(self, journal: Journal, bridge: Bridge) -> None:
        super().__init__(journal, bridge)
        self.deliveries = AsyncDeliveries(journal.deliveries, bridge)
        self.questions = AsyncQuestions(journal.questions, bridge)
        self.votes = AsyncVotes(journal.votes, bridge)
        self.reports = AsyncReports(journal.reports, bridge)
        self.preferences = AsyncPreferences(journal.preferences, bridge)
        self.readers = AsyncReaders(journal.readers, bridge)
        self.audit = AsyncAudit(journal.audit, bridge)
        self.drafts = AsyncDrafts(journal.drafts, bridge)
        self.hints = AsyncHints(journal.hints, bridge)
        self.alarms = AsyncAlarms(journal.alarms, bridge)
