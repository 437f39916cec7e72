"""The archive as the event loop calls it: `await archive.recall(answer_id)`.

Names what the bot uses of `Archive`, whose docstrings hold here too.
"""

from __future__ import annotations

from bot.threads.bridge import Async, threaded, threaded_long
from index.archive import Archive


class AsyncArchive(Async[Archive]):
    """An open archive, its methods called in worker threads."""

    # questions
    ask = threaded(Archive.ask)
    coverage = threaded(Archive.coverage)
    examples = threaded(Archive.examples)
    recall = threaded(Archive.recall)
    quote = threaded(Archive.quote)
    context = threaded(Archive.context)
    verify = threaded(Archive.verify)
    answers_quoting = threaded(Archive.answers_quoting)
    forget_questions = threaded(Archive.forget_questions)
    expire_questions = threaded(Archive.expire_questions)

    # what readers asked in vain
    unanswered = threaded(Archive.unanswered)
    mute = threaded(Archive.mute)
    unmute = threaded(Archive.unmute)
    outcomes = threaded(Archive.outcomes)

    # runs and sources
    reindex = threaded_long(Archive.reindex)
    cancel = threaded(Archive.cancel)
    run = threaded(Archive.run)
    status = threaded(Archive.status)
    sources = threaded(Archive.sources)
    history = threaded(Archive.history)
    note_failure = threaded(Archive.note_failure)

    # submissions
    preview = threaded(Archive.preview)
    page = threaded(Archive.page)
    submit = threaded(Archive.submit)
    submit_post = threaded(Archive.submit_post)
    submitted = threaded(Archive.submitted)
    waits = threaded(Archive.waits)
    take = threaded_long(Archive.take)
    of_post = threaded(Archive.of_post)
    forget_post = threaded(Archive.forget_post)

    # articles
    articles = threaded(Archive.articles)
    article = threaded(Archive.article)
    edited = threaded(Archive.edited)
    edit = threaded(Archive.edit)
    undo_edit = threaded(Archive.undo_edit)
    remove = threaded(Archive.remove)
    removed = threaded(Archive.removed)
    all_removed = threaded(Archive.all_removed)
    restore = threaded(Archive.restore)
    erase = threaded_long(Archive.erase)

    # at once: these ask nothing of the disk
    readable = staticmethod(Archive.readable)
    sent_on = staticmethod(Archive.sent_on)
    correction = staticmethod(Archive.correction)
    editable = staticmethod(Archive.editable)
