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
    "The language you chose stays until you change it, and so does what an editor decided about your access. What administrators do, and attempts at their commands, "
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
    "start.admin": "You are an administrator: /status, /reindex, /articles, /remove and /restore are yours.",
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
        "Administrators: /status, /reindex (full, dry), /cancel, /articles, /remove, /restore, /reports, /unanswered, /questions, /feedback, /allow, /ban, /audit.\n"
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
    "command.unanswered": "What readers asked in vain",
    "command.questions": "How many questions, how many answered",
    "command.feedback": "What readers thought of the quotes",
    "command.allow": "Let a reader in",
    "command.ban": "Ban a reader",
    "command.audit": "Who did what",
    # an article
    "article.untitled": "Untitled",
    "article.undated": "undated",
    "article.no_outlet": "outlet not named",
    "article.outlet_and_agency": "{outlet} ({agency})",
    "article.by": "By {authors}",
    "article.by_with": "By {authors}; with {contributors}",
    "article.with": "With {contributors}",
    "article.entry": "{headline} — {outlet}, {date}",
    "article.copy": "“{headline}”",
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
    "pressed.no_longer": "That is no longer kept.",
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
    "report.corrected": "The quote that you reported was put right. Thank you.",
    "report.removed": "The article that you reported was taken out of the archive. Thank you.",
    "report.noted": "The editors looked at the quote that you reported and agree with you. Thank you.",
    "report.dismissed": "The editors looked at the quote that you reported and found it right. Thank you.",
    "report.inbox": "A reader reported a quote: {reason}",
    "report.resolved": "Settled: {outcome}.",
    "report.settled_before": "Another administrator settled it before.",
    "report.not_removed": "Article {article} is still in the archive. Take it out with /remove {article}, then settle this report.",
    "reports.none": "No open reports.",
    "reports.title": {"one": "{count} open report", "other": "{count} open reports"},
    "reports.no_more": "No more open reports.",
    "reports.left": {"one": "{count} more", "other": "{count} more"},
    "button.corrected": "Put right",
    "button.removed": "Removed",
    "button.noted": "Agreed, noted",
    "button.dismissed": "It is right",
    "button.more_reports": "Show more",
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
    "alarm.quote": "A quote that was about to be sent, or was sent, differs from the archive. Article {article}, version {version}.",
    # who may ask
    "access.pending": "Thank you for your message. An editor will look at it, and you will hear from me here.",
    "access.allowed": "You may ask now. Just write your question.",
    "access.refused": "The editors did not let you in. I cannot answer you.",
    "access.unlisted": "I only answer readers whom my editors named. Your Telegram number, should they ask for it: {user}",
    "access.banned": "You may not use this bot any more.",
    "access.request": "{name} asks to use this bot.\nTelegram number: {user}",
    "access.settled": "Another administrator was faster.",
    "access.is.pending": "Not decided yet.",
    "access.is.unknown": "Not decided yet.",
    "access.is.allowed": "✓ May ask.",
    "access.is.refused": "✗ Not let in.",
    "access.is.banned": "✗ Banned.",
    "pressed.not_admitted": "You may not use this bot now.",
    "pressed.ask_first": "An editor has to let you in first. Write me a message, and I will ask.",
    "inline.not_admitted": "You have to be let in first",
    "button.allow": "Allow",
    "button.refuse": "Refuse",
    "button.ban": "Ban",
    "button.lift": "Lift the ban: {who}",
    "button.ban_reporter": "Ban this reader",
    "people.usage": "Use /allow or /ban with a Telegram number, or in reply to a forwarded message, a report or a request.",
    "people.nobody": "That message does not tell me whom you mean. Reply to a forwarded message, a report or a request, or give a Telegram number.",
    "people.hidden": "Whoever wrote that message hides who they are when they are forwarded. Give their Telegram number.",
    "people.administrator": "That is an administrator; the settings decide who is one.",
    "people.allowed": "Reader {who} may ask.",
    "people.banned": "Reader {who} is banned: they hear it once, then nothing.",
    "people.already.allowed": "Reader {who} may ask already.",
    "people.already.banned": "Reader {who} is banned already.",
    "people.none_banned": "Nobody is banned. To ban somebody, write /ban with their Telegram number, or in reply to a forwarded message, a report or a request.",
    "people.none_waiting": "Nobody is waiting to be let in. To allow somebody, write /allow with their Telegram number, or in reply to a forwarded message.",
    "people.banned_title": "Banned readers",
    "people.waiting_title": {"one": "{count} person is waiting", "other": "{count} people are waiting"},
    "people.entry": "{who}, since {when}",
    # what readers asked
    "unanswered.title": {
        "one": "{count} question that the archive does not answer",
        "other": "{count} questions that the archive does not answer",
    },
    "unanswered.kept": {
        "one": "Asked within the last {count} day; alike ones are one.",
        "other": "Asked within the last {count} days; alike ones are one.",
    },
    "unanswered.none": "Nothing that readers asked is unanswered.",
    "unanswered.entry": "“{question}”",
    "unanswered.times": {"one": "asked once", "other": "asked {count} times"},
    "unanswered.unhelpful": "answered, but judged unhelpful",
    "unanswered.meanwhile": "answered by now",
    "unanswered.closest": "Closest: ",
    "unanswered.hint": "A number mutes its question, and later ones that mean the same.",
    "unanswered.muted": "Muted.",
    "unanswered.unmuted": "No longer muted.",
    "unanswered.forgotten": "muted on {when}; its words are no longer kept",
    "muted.title": {"one": "{count} muted question", "other": "{count} muted questions"},
    "muted.none": "Nothing is muted.",
    "muted.hint": "A number brings its question back.",
    "button.mute": "🔇 {number}",
    "button.unmute": "🔊 {number}",
    "button.muted": "Muted ({count})",
    "figures.title": {"one": "{count} question in {days} days", "other": "{count} questions in {days} days"},
    "figures.counts": "Answered: {answered}, not answered: {declined}, topics looked up: {topics}.",
    "figures.share": "Of the questions, {share} % were answered.",
    "figures.key": "Above: how many of the questions were answered, in per cent. Below: questions a day, blue where answered, orange where not, grey where a topic was looked up. Days in the time zone {zone}.",
    "figures.none": "Nobody asked anything in the last {days} days.",
    "figures.axis": "Questions a day",
    "figures.axis_share": "Answered, %",
    "feedback.title": "What readers thought of the quotes",
    "feedback.period": "Last {days} days: 👍 {helpful}, 👎 {unhelpful}",
    "feedback.ever": "All in all: 👍 {helpful}, 👎 {unhelpful}",
    "feedback.worst": {"one": "{count} quote judged unhelpful", "other": "{count} quotes judged unhelpful"},
    "feedback.votes": "👎 {unhelpful}, 👍 {helpful}",
    "feedback.no_question": "a question whose words are no longer kept",
    "feedback.removed": "the article was removed",
    "feedback.hint": "A question opens its answer.",
    "feedback.none": "No reader has judged a quote yet.",
    # who did what
    "audit.title": {"one": "{count} act noted", "other": "{count} acts noted"},
    "audit.none": "Nothing is noted yet.",
    "audit.admin": "administrator {number} ({who})",
    "audit.nobody": "somebody whose name is erased",
    "audit.refused": "✗ refused",
    "audit.file": "Everything noted until {when}.",
    "audit.sent": "On its way.",
    "button.audit_file": "All of it as CSV",
    # errors
    "error.sorry": "Sorry, something went wrong on my side. If it happens again, tell the editors this number: {incident}",
    "error.archive": "The archive cannot be read just now. Please try again in a few minutes.",
    "error.slow_down": "Telegram made me wait too long to answer. Please ask again.",
}
