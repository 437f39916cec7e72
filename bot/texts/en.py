"""English: the language that the others are checked against."""

# ruff: noqa: E501 - a sentence reads better on one line

from __future__ import annotations

NAME = "English"
RIGHT_TO_LEFT = False

_PRIVACY = (
    "For {days} I keep:\n"
    "– the text of your question, to improve the search;\n"
    "– which answer I sent to which chat, sealed, to be able to withdraw a quote. Older ones I cannot withdraw;\n"
    "– that it was you who found an answer helpful or not. The count stays, without you;\n"
    "– what you reported, counted from when it is settled.\n"
    "\n"
    "The language you chose stays until you change it. What administrators do, and attempts at their commands, "
    "are noted; who it was that only tried is kept as long as the rest.\n"
    "\n"
    "Your Telegram number is kept only as a salted hash, never as it is. Nothing goes to anyone but Telegram, "
    "and no language model reads it. /forgetme erases what I keep about you."
)

MESSAGES: dict[str, str | dict[str, str]] = {
    # who we are
    "profile.description": (
        "Ask a news archive a question and get the exact words back, quoted from the articles, "
        "with headline, outlet, byline and date. When the archive does not say, I say so. Nothing is made up."
    ),
    "profile.short": "A news archive that answers in its own exact words, always with the source.",
    "start.hello": (
        "I look things up in a news archive and quote the exact words, with headline, outlet, byline and date. "
        "When the archive does not say, I say so. Just write your question."
    ),
    "start.examples": "For example:",
    "start.admin": "You are an administrator: /status, /reindex, /articles, /edit, /remove and /restore are yours.",
    "start.no_answer": "That answer is no longer kept. Ask again and I will look it up afresh.",
    "help.body": (
        "Write a question and I answer with the words of the archive, word for word. The sentence that answers is in bold.\n"
        "\n"
        "A name or a topic alone gives its newest headlines. So does /latest.\n"
        "Dates, outlets and authors in your question narrow the search: “in November 2017”, “by Jane Doe”.\n"
        "If you edit your question, I edit my answer.\n"
        "\n"
        "/ask – a question, also in groups\n"
        "/latest – the newest articles, or those about a topic\n"
        "/new – start afresh, without what you asked before\n"
        "/language – the language of these texts\n"
        "/privacy – what I keep and for how long\n"
        "/forgetme – erase what I keep about you\n"
        "/id – your Telegram number\n"
        "\n"
        "In a group, mention me (@{bot}), reply to me or use /ask. In groups I see nothing else that is written."
    ),
    "help.inline": "In any chat: write @{bot} and a question, then pick a quote.",
    "help.admin": (
        "Administrators: /status, /reindex (full, dry), /cancel, /articles, /edit, /remove, /restore, /forget, /reports.\n"
        "Send me a file or a link, or send on a post, and I offer to take it in.\n"
        "To be able to withdraw quotes that were sent in inline mode too, send /setinlinefeedback to @BotFather "
        "and choose 100 %."
    ),
    "help.examples": "Questions that this archive answers:",
    "id.user": "Your Telegram number is {user}.",
    "id.chat": "Your Telegram number is {user}; the number of this chat is {chat}.",
    "group.hello": "Hello. Mention me (@{bot}), reply to me or use /ask, and I quote the news archive. /help tells more.",
    # commands, as the menus show them
    "command.help": "How to ask",
    "command.ask": "Ask the archive",
    "command.latest": "The newest articles, or those about a topic",
    "command.new": "Start afresh",
    "command.language": "Choose the language",
    "command.privacy": "What I keep",
    "command.forgetme": "Erase what I keep about you",
    "command.id": "Your Telegram number",
    "command.settings": "Settings of this group",
    "command.reindex": "Read the sources again (full, dry)",
    "command.cancel": "Stop the run in progress",
    "command.status": "The archive at a glance",
    "command.articles": "List or search the articles",
    "command.remove": "Take an article out",
    "command.restore": "Bring a removed article back",
    "command.reports": "What readers reported",
    "command.edit": "Correct headline, outlet, date or author",
    "command.forget": "Take out a post that was deleted in its channel",
    # an article
    "article.untitled": "Untitled",
    "article.undated": "undated",
    "article.no_outlet": "outlet not named",
    "article.outlet_and_agency": "{outlet} ({agency})",
    "article.by": "By {authors}",
    "article.by_with": "By {authors}; with {contributors}",
    "article.with": "With {contributors}",
    "article.entry": "{headline} — {outlet}, {date}",
    "article.copy": "“{headline}”{details}",
    "label.opinion": "Opinion",
    "label.live": "Live report",
    "label.sponsored": "Sponsored",
    "label.correction": "Correction",
    # a quote
    "quote.speaker": "Speaking: {name}",
    "quote.speaker_described": "Speaking: {name}, {description}",
    "quote.caption": "Caption of a photograph",
    "quote.caption_dated": "Caption of a photograph taken {date}",
    "quote.credit": "Credit line",
    "quote.also_in": "Also in: {articles}",
    "quote.corrections": "Corrected later: {articles}",
    "quote.newer": "Newer on this: {articles}",
    "withheld.link_only": "This outlet allows headline and link only: please read it at the source.",
    "withheld.too_long": "The sentence that answers is too long for a message: please read it at the source.",
    "withheld.max_quote_chars": "This outlet allows shorter quotes only: please read it at the source.",
    "withheld.withdrawn": "This quote was withdrawn: the article is no longer in the archive.",
    "withheld.embargo": "This article may not be quoted yet.",
    # an answer without a quote
    "answer.declined": "The archive does not answer this.",
    "answer.closest": "The closest coverage, which is not an answer:",
    "answer.newest": "The newest article I have is from {date}. /latest lists what is new.",
    "answer.empty": "The archive holds no articles yet. Please come back later.",
    "coverage.title": "Newest coverage: {topic}",
    "coverage.title_all": "The newest articles",
    "coverage.page": "Page {page} of {pages}",
    "coverage.none": "The archive has nothing about “{topic}”.",
    "coverage.hint": "Ask a question to get a quote.",
    # notices above the quotes
    "notice.stale": "The newest article I have on this is from {newest}.",
    "notice.stale.plain": "What I have on this is not recent.",
    "notice.opinion": "This is an opinion piece, not a report.",
    "notice.opinion.plain": "This is an opinion piece, not a report.",
    "notice.correction": "This article was corrected later: {title}",
    "notice.correction.plain": "This article was corrected later.",
    "notice.newer": "There is newer coverage: {title} ({date})",
    "notice.newer.plain": "There is newer coverage of this.",
    "notice.spelling": "Searched also for “{used}”.",
    "notice.spelling.plain": "A name was searched in another spelling too.",
    "notice.filter": "Only articles that match: {filter}",
    "notice.filter.plain": "Only some articles were searched.",
    "notice.follow_up": "Taken together with your last question: {question}",
    "notice.follow_up.plain": "Taken together with your last question.",
    "notice.text_only": "Found by its words alone; the search by meaning is not ready.",
    "notice.text_only.plain": "Found by its words alone; the search by meaning is not ready.",
    # context and other coverage
    "context.limited": "The rest may only be read at the source.",
    "others.also_in": "The same story",
    "others.newer": "Newer",
    "others.corrections": "Corrections",
    "others.none": "I know of no other coverage.",
    "receipt.lines": (
        "Receipt\nAnswer {answer}\nArticle {article}, version {version}\nCharacters {start} to {end}\n"
        "SHA-256 {sha256}\nIndex generation {generation}"
    ),
    # buttons
    "button.previous": "◀ Previous quote",
    "button.next": "Next quote ({number}/{count}) ▶",
    "button.context": "Context",
    "button.more": "More from this article",
    "button.same_article": "Quote {number}/{count}, same article",
    "button.others": "Other coverage",
    "button.open": "Open article",
    "button.copy": "Copy citation",
    "button.share": "Share",
    "button.proof": "Answer and receipt",
    "button.helpful": "👍 Helpful",
    "button.unhelpful": "👎 Not helpful",
    "button.report": "Report",
    "button.unfilter": "✕ {filter}",
    "button.afresh": "Ask afresh",
    "button.before": "▲ Before",
    "button.after": "▼ After",
    "button.back_to_quote": "Back to the quote",
    "button.back_to_list": "Back to the list",
    "button.newer": "◀ Newer",
    "button.older": "Older ▶",
    "button.cancel_run": "Stop",
    "button.remove": "Remove it",
    "button.keep": "Keep it",
    "button.forget": "Erase it",
    "button.not_now": "No, keep it",
    "button.private": "Ask me in private",
    # short notes over a pressed button
    "pressed.thanks": "Thank you.",
    "pressed.forged": "This button is not one of mine.",
    "pressed.gone": "That answer is no longer kept. Please ask again.",
    "pressed.withdrawn": "The article was removed from the archive.",
    "pressed.not_yours": "Only an administrator may do that.",
    "pressed.busy": "Telegram asks me to slow down. Try again in {seconds} seconds.",
    # what is not a question
    "asked.empty": "What would you like to know? Write your question behind my name or behind /ask.",
    "asked.no_words": "I need words to look up. Write a question, for example: {example}",
    "asked.no_words_plain": "I need words to look up. Write a question.",
    "asked.too_long": "That is too long for me. Please put your question into at most {limit} characters.",
    "asked.not_text": "I can only read text. Write me your question.",
    "asked.unknown_command": "I do not know that command. /help lists those I know.",
    "asked.too_fast": {
        "one": "That was a lot of questions. Please wait {count} second, then ask on.",
        "other": "That was a lot of questions. Please wait {count} seconds, then ask on.",
    },
    # privacy
    "privacy.body": {
        "one": _PRIVACY.replace("{days}", "{count} day"),
        "other": _PRIVACY.replace("{days}", "{count} days"),
    },
    "forget.confirm": (
        "Erase everything I keep about you? The texts of your questions, your votes, reports and settings go. "
        "The messages in this chat stay, and I can no longer withdraw a quote in them."
    ),
    "forget.done": "Erased. I keep nothing about you now.",
    "forget.done_but_acts": "Erased. Only what you did as an administrator stays noted, under a salted hash.",
    "forget.kept": "Nothing was erased.",
    # language and settings
    "new.done": "Done. Your next question stands for itself.",
    "language.choose": "Which language should I use for my own words? Quotes always stay as they were printed.",
    "language.auto": "As Telegram is set",
    "language.done": "I speak English now.",
    "settings.title": "Settings of this group",
    "settings.not_admin": "Only this group's administrators can change its settings.",
    "settings.private": "Settings are for groups. Use /language to choose the language here.",
    "settings.language": "Language",
    "settings.length.full": "Answers: full",
    "settings.length.brief": "Answers: short",
    "settings.askers.all": "Who may ask: everyone",
    "settings.askers.admins": "Who may ask: administrators",
    "settings.only_admins": "In this group only its administrators ask me.",
    # reports
    "report.ask": "What is wrong with this quote?",
    "report.thanks": "Thank you. The editors will look at it and you will hear from me.",
    "report.again": "You reported this quote already.",
    "report.fixed": "The quote that you reported was taken care of. Thank you.",
    "report.dismissed": "The editors looked at the quote that you reported and found it right. Thank you.",
    "report.inbox": "A reader reported a quote: {reason}",
    "report.resolved": "Reported and settled.",
    "reports.none": "No open reports.",
    "reports.title": {"one": "{count} open report", "other": "{count} open reports"},
    "button.fixed": "Taken care of",
    "button.dismiss": "It is right",
    "reason.wrong": "It does not answer the question",
    "reason.context": "Torn out of context",
    "reason.speaker": "Wrong speaker",
    "reason.date": "Wrong date or source",
    "reason.other": "Something else",
    # inline mode
    "inline.how": "Write a question to get a quote",
    "inline.too_fast": "A short pause, please: that was a lot",
    "inline.none": "The archive does not answer this",
    # administrators
    "admin.refused": "That command is for the administrators of this bot.",
    "admin.private_only": "Please send me administrators' commands in our private chat.",
    "admin.usage.reindex": "Use /reindex, /reindex full or /reindex dry.",
    "admin.failed": "That did not work: {reason}",
    "run.busy": "A run is already in progress: {line}",
    "run.none": "No run is in progress.",
    "run.cancelling": "Asked the run to stop. What it has done so far stays.",
    "run.starting": "Starting…",
    "run.phase.reading": "Reading",
    "run.phase.embedding": "Embedding",
    "run.phase.building": "Building the index",
    "run.progress": "{phase}: {done} of {total}",
    "run.progress_open": "{phase}: {done}",
    "run.done": "Done in {duration}.",
    "run.cancelled": "Stopped. The next run goes on from here.",
    "run.dry": "A dry run: nothing was changed.",
    "run.failed": "The run failed: {reason}",
    "run.failures": "Not read:",
    "run.warnings": "Notes:",
    "run.added": "New:",
    "run.changed": "Changed:",
    "run.removed": "Gone:",
    "run.more": {"one": "and {count} more", "other": "and {count} more"},
    "status.articles": {"one": "{count} article", "other": "{count} articles"},
    "status.passages": {"one": "{count} passage", "other": "{count} passages"},
    "status.pending": "Waiting for their vectors: {pending}",
    "status.removed": "Removed by editors: {removed}",
    "status.newest": "Newest: {entry}",
    "status.languages": "Languages: {languages}",
    "status.last_run": "Last run: {when}, {outcome}, {line}",
    "status.no_run": "No run yet.",
    "status.running": "Running: {line}",
    "status.model": "Model: {model}",
    "status.no_model": "Model: none, text search only",
    "status.index": "Vector index: {kind}, {size}",
    "status.database": "Database: {size}",
    "status.uptime": "Up for {duration}",
    "status.readers": "Today: {questions} answers sent, {helpful} helpful, {unhelpful} not",
    "outcome.done": "done",
    "outcome.cancelled": "stopped",
    "outcome.failed": "failed",
    "outcome.died": "broken off",
    "articles.title": {"one": "{count} article", "other": "{count} articles"},
    "articles.match": "matching “{match}”",
    "articles.none": "No articles match.",
    "remove.usage": "Use /remove with an article's number, its link or words of its headline.",
    "remove.confirm": "Remove this article? It disappears from search, old buttons and later runs at once.",
    "remove.which": "Several articles match. Which one?",
    "remove.none": "No article matches “{match}”.",
    "remove.done": "Removed: {headline}",
    "remove.withdrawing": {
        "one": "{count} message that quotes it is being withdrawn.",
        "other": "{count} messages that quote it are being withdrawn.",
    },
    "remove.kept": "Kept: {headline}",
    "restore.title": {"one": "{count} removed article", "other": "{count} removed articles"},
    "restore.none": "No article is removed.",
    "restore.done": "Restored: {headline}",
    # what administrators hand in
    "intake.title": "Take this article in?",
    "intake.many": {"one": "{count} article in {name}", "other": "{count} articles in {name}"},
    "intake.words": {"one": "{count} word that can be quoted", "other": "{count} words that can be quoted"},
    "intake.missing": "Not recognised: {what}",
    "intake.furniture": {
        "one": "{count} line is furniture and will never be quoted:",
        "other": "{count} lines are furniture and will never be quoted:",
    },
    "intake.twin": "The archive has this already: {entry}",
    "intake.known": {
        "one": "{count} of those shown is in the archive already, or was removed.",
        "other": "{count} of those shown are in the archive already, or were removed.",
    },
    "intake.same": "This very text was taken in before: {entry}. /edit corrects it.",
    "intake.removed": "An administrator removed this article before. /restore brings it back.",
    "intake.too_big": "{name} is larger than 20 MB, and Telegram gives bots no larger file. Put it into a folder that the archive reads and send /reindex.",
    "intake.unreadable": "{name} is of a kind that I do not read. I read {endings} (also .gz).",
    "intake.not_given": "Telegram did not give me {name}. Please send it again.",
    "intake.failed": "That cannot be taken in: {reason}",
    "intake.no_text": "That message holds no text, so there is nothing to quote.",
    "intake.no_article": "I found no article at {url}: {reason}",
    "intake.done": "Taken in as #{number}",
    "intake.done_many": {"one": "{count} article was taken in.", "other": "{count} articles were taken in."},
    "intake.stored": "Kept. It is taken in as soon as the run in progress has ended.",
    "intake.nothing": "Nothing was taken in: it is in the archive already, or the log says why.",
    "intake.discarded": "Discarded. Nothing of it was kept.",
    "draft.field.title": "headline",
    "draft.field.outlet": "outlet",
    "draft.field.published": "date",
    "draft.field.authors": "author",
    "draft.ask.title": "What is the right headline?",
    "draft.ask.outlet": "Which outlet is it from?",
    "draft.ask.published": "When was it published? 2017, November 2017 or 21 November 2017 will do.",
    "draft.ask.authors": "Who wrote it? Put commas between several names.",
    "draft.now": "Now: {value}",
    "draft.how": "Reply to this message; – stands for none.",
    "draft.none": "none",
    "draft.gone": "That was decided already, or waited for more than a day. Please begin anew.",
    "draft.wrong.title": "An article needs a headline. Please reply once more.",
    "draft.wrong.outlet": "I cannot use that as an outlet. Please reply once more.",
    "draft.wrong.published": "I cannot read that as a date. Write it as 2017, November 2017 or 2017-11-21, or – for none, and reply once more.",
    "draft.wrong.authors": "I cannot use that as a name. Please reply once more.",
    "draft.wrong.long": "That is too long. Please reply once more with something shorter.",
    "edit.usage": "Use /edit with an article's number, its link or words of its headline.",
    "edit.title": "Correct article #{number}?",
    "edit.change": "{field}: {before} → {after}",
    "edit.before": "Corrected before: {change}",
    "edit.done": "Corrected: #{number}",
    "edit.kept": "Nothing was changed.",
    "edit.conflict": "Nothing was saved: meanwhile somebody else changed “{headline}”.",
    "button.index": "Index",
    "button.index_all": {"one": "Index {count}", "other": "Index all {count}"},
    "button.replace": "Replace #{number}",
    "button.beside": "Keep both",
    "button.discard": "Discard",
    "button.field.title": "Headline",
    "button.field.outlet": "Outlet",
    "button.field.published": "Date",
    "button.field.authors": "Author",
    "button.save": "Save",
    "button.undo": "Undo corrections",
    "button.cancel": "Cancel",
    "button.edit": "Edit",
    "channel.hint": 'The channel “{title}” sends me its posts, and I ignore them: it is not among the sources. To take them in, add [[sources]] with kind = "channel" and channel = {number} to the settings and start me again.',
    "post.usage": "Use /forget with the link of a post that was deleted in its channel, like https://t.me/name/123.",
    "post.unknown": "No post of that link is in the archive: {link}",
    "post.forgotten": "Taken out: {headline}. /restore {number} brings it back.",
    "post.erased": "That post was not taken in yet. It is erased.",
    "alarm.quote": "A quote that was about to be sent, or was sent, differs from the archive. Article {article}, version {version}.",
    # errors
    "error.sorry": "Sorry, something went wrong on my side. If it happens again, tell the editors this number: {incident}",
    "error.archive": "The archive cannot be read just now. Please try again in a few minutes.",
    "error.slow_down": "Telegram made me wait too long to answer. Please ask again.",
}
