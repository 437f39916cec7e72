"""Arabic, written from right to left."""

# ruff: noqa: E501 - a sentence reads better on one line

from __future__ import annotations

NAME = "العربية"
RIGHT_TO_LEFT = True

_PRIVACY = (
    "ما أحتفظ به لمدة {days}:\n"
    "– نص سؤالك، لتحسين البحث؛\n"
    "– أيّ جواب أُرسل إلى أيّ محادثة، مختومًا، حتى يمكن سحب اقتباس. وما كان أقدم لا أستطيع سحبه؛\n"
    "– أنك أنت من وجد الجواب مفيدًا أو غير مفيد. ويبقى العدد دونك؛\n"
    "– ما بلّغت عنه، ابتداءً من تسويته.\n"
    "\n"
    "اللغة التي اخترتها تبقى حتى تغيّرها. وما يفعله المشرفون ومحاولات استعمال أوامرهم تُسجّل، ومن حاول فقط يُحفظ بالمدة نفسها.\n"
    "\n"
    "لا يُحفظ رقمك في تلغرام إلا بصمةً مملّحة. لا يصل ذلك إلى أحد غير تلغرام، ولا يقرؤه أيّ نموذج لغوي. الأمر /forgetme يمحو ما أحتفظ به عنك."
)

MESSAGES: dict[str, str | dict[str, str]] = {
    # who we are
    "profile.description": (
        "اسأل أرشيفًا إخباريًا سؤالًا وخذ الكلمات كما نُشرت، مقتبسةً من المقالات، "
        "مع العنوان والصحيفة والكاتب والتاريخ. وإن لم يكن الجواب في الأرشيف قلت ذلك. لا شيء مختلق."
    ),
    "profile.short": "أرشيف إخباري يجيب بكلماته هو، ويذكر المصدر دائمًا.",
    "start.hello": (
        "أبحث في أرشيف إخباري وأقتبس الكلمات كما هي، مع العنوان والصحيفة والكاتب والتاريخ. "
        "وإن لم يكن الجواب في الأرشيف قلت ذلك. اكتب سؤالك."
    ),
    "start.examples": "مثلًا:",
    "start.admin": "أنت مشرف: لك الأوامر /status و/reindex و/articles و/remove و/restore.",
    "start.no_answer": "لم يعد ذلك الجواب محفوظًا. اسأل مرة أخرى وسأبحث من جديد.",
    "help.body": (
        "اكتب سؤالًا وأجيبك بكلمات الأرشيف حرفيًا. الجملة التي تجيب مكتوبة بخط عريض.\n"
        "\n"
        "الاسم أو الموضوع وحده يعطي أحدث عناوينه. وكذلك /latest.\n"
        "التواريخ والصحف والكتّاب في سؤالك تضيّق البحث: «في نوفمبر 2017».\n"
        "إذا عدّلت سؤالك عدّلت جوابي.\n"
        "\n"
        "/ask – سؤال، وفي المجموعات أيضًا\n"
        "/latest – أحدث المقالات، كلها أو في موضوع\n"
        "/new – بدء من جديد، دون ما سألته قبل\n"
        "/language – لغة هذه النصوص\n"
        "/privacy – ما أحتفظ به وكم من الوقت\n"
        "/forgetme – محو ما أحتفظ به عنك\n"
        "/id – رقمك في تلغرام\n"
        "\n"
        "في المجموعة اذكرني (@{bot}) أو ردّ عليّ أو استعمل /ask. لا أرى في المجموعات غير ذلك."
    ),
    "help.inline": "في أيّ محادثة: اكتب @{bot} ثم سؤالًا، واختر اقتباسًا.",
    "help.admin": (
        "للمشرفين: /status و/reindex (full وdry) و/cancel و/articles و/remove و/restore و/reports.\n"
        "وليمكن سحب الاقتباسات المرسلة من محادثات أخرى أيضًا، أرسل /setinlinefeedback إلى @BotFather واختر 100 %."
    ),
    "help.examples": "أسئلة يجيب عنها هذا الأرشيف:",
    "id.user": "رقمك في تلغرام: {user}.",
    "id.chat": "رقمك في تلغرام: {user}، ورقم هذه المحادثة: {chat}.",
    "group.hello": "مرحبًا. اذكروني (@{bot}) أو ردّوا عليّ أو استعملوا /ask فأقتبس من الأرشيف. المزيد في /help.",
    # commands, as the menus show them
    "command.help": "كيف تسأل",
    "command.ask": "اسأل الأرشيف",
    "command.latest": "أحدث المقالات، كلها أو في موضوع",
    "command.new": "ابدأ من جديد",
    "command.language": "اختر اللغة",
    "command.privacy": "ما أحتفظ به",
    "command.forgetme": "محو ما أحتفظ به عنك",
    "command.id": "رقمك في تلغرام",
    "command.settings": "إعدادات هذه المجموعة",
    "command.reindex": "قراءة المصادر من جديد (full, dry)",
    "command.cancel": "إيقاف القراءة الجارية",
    "command.status": "حال الأرشيف",
    "command.articles": "سرد المقالات والبحث فيها",
    "command.remove": "إزالة مقال",
    "command.restore": "إعادة مقال أُزيل",
    "command.reports": "بلاغات القرّاء",
    # an article
    "article.untitled": "بلا عنوان",
    "article.undated": "بلا تاريخ",
    "article.no_outlet": "الصحيفة غير مذكورة",
    "article.outlet_and_agency": "{outlet} ({agency})",
    "article.by": "بقلم {authors}",
    "article.by_with": "بقلم {authors}؛ بمشاركة {contributors}",
    "article.with": "بمشاركة {contributors}",
    "article.entry": "{headline} — {outlet}، {date}",
    "article.copy": "«{headline}»",
    "label.opinion": "رأي",
    "label.live": "تغطية مباشرة",
    "label.sponsored": "إعلان",
    "label.correction": "تصحيح",
    # a quote
    "quote.speaker": "المتحدث: {name}",
    "quote.speaker_described": "المتحدث: {name}، {description}",
    "quote.caption": "تعليق على صورة",
    "quote.caption_dated": "تعليق على صورة التُقطت في {date}",
    "quote.credit": "سطر أسماء المشاركين",
    "quote.also_in": "نُشر أيضًا في: {articles}",
    "quote.corrections": "صُحّح لاحقًا: {articles}",
    "quote.newer": "أحدث في هذا: {articles}",
    "withheld.link_only": "لا تسمح هذه الصحيفة إلا بالعنوان والرابط: اقرأه في المصدر من فضلك.",
    "withheld.too_long": "الجملة التي تجيب أطول من رسالة: اقرأها في المصدر من فضلك.",
    "withheld.max_quote_chars": "لا تسمح هذه الصحيفة إلا باقتباسات أقصر: اقرأه في المصدر من فضلك.",
    "withheld.withdrawn": "سُحب هذا الاقتباس: لم يعد المقال في الأرشيف.",
    "withheld.embargo": "لا يجوز اقتباس هذا المقال بعد.",
    # an answer without a quote
    "answer.declined": "لا جواب عن هذا في الأرشيف.",
    "answer.closest": "أقرب ما نُشر، وليس جوابًا:",
    "answer.newest": "أحدث مقال لديّ من {date}.",
    "answer.latest": "والجديد في /latest.",
    "answer.empty": "لا مقالات في الأرشيف بعد. عد لاحقًا من فضلك.",
    "coverage.title": "أحدث ما نُشر: {topic}",
    "coverage.title_all": "أحدث المقالات",
    "coverage.page": "الصفحة {page} من {pages}",
    "coverage.none": "لا شيء في الأرشيف عن «{topic}».",
    "coverage.hint": "اطرح سؤالًا لتحصل على اقتباس.",
    # notices above the quotes
    "notice.stale": "أحدث مقال لديّ عن هذا من {newest}.",
    "notice.stale.plain": "ما لديّ عن هذا ليس حديثًا.",
    "notice.opinion": "هذا مقال رأي لا تقرير.",
    "notice.opinion.plain": "هذا مقال رأي لا تقرير.",
    "notice.correction": "صُحّح هذا المقال لاحقًا: {title}",
    "notice.correction.plain": "صُحّح هذا المقال لاحقًا.",
    "notice.newer": "هناك تغطية أحدث: {title} ({date})",
    "notice.newer.plain": "هناك تغطية أحدث لهذا.",
    "notice.spelling": "بحثتُ أيضًا عن «{used}».",
    "notice.spelling.plain": "بُحث عن اسم بكتابة أخرى أيضًا.",
    "notice.filter": "المقالات المطابقة فقط: {filter}",
    "notice.filter.plain": "بُحث في بعض المقالات فقط.",
    "notice.follow_up": "مع سؤالك السابق: {question}",
    "notice.follow_up.plain": "مع سؤالك السابق.",
    "notice.text_only": "وُجد بالكلمات وحدها؛ البحث بالمعنى غير جاهز.",
    "notice.text_only.plain": "وُجد بالكلمات وحدها؛ البحث بالمعنى غير جاهز.",
    # context and other coverage
    "context.limited": "الباقي يُقرأ في المصدر وحده.",
    "others.also_in": "القصة نفسها",
    "others.newer": "أحدث",
    "others.corrections": "تصحيحات",
    "others.none": "لا أعرف تغطية أخرى.",
    "receipt.lines": (
        "إيصال\nالجواب {answer}\nالمقال {article}، النسخة {version}\nالأحرف من {start} إلى {end}\n"
        "SHA-256 {sha256}\nجيل الفهرس {generation}"
    ),
    # buttons
    "button.previous": "الاقتباس السابق",
    "button.next": "الاقتباس التالي ({number}/{count})",
    "button.context": "السياق",
    "button.more": "المزيد من هذا المقال",
    "button.same_article": "الاقتباس {number}/{count} من المقال نفسه",
    "button.others": "تغطية أخرى",
    "button.open": "افتح المقال",
    "button.copy": "انسخ المرجع",
    "button.share": "شارك",
    "button.proof": "الجواب والإيصال",
    "button.helpful": "👍 مفيد",
    "button.unhelpful": "👎 غير مفيد",
    "button.report": "بلّغ",
    "button.unfilter": "✕ {filter}",
    "button.afresh": "اسأل من جديد",
    "button.before": "▲ ما قبله",
    "button.after": "▼ ما بعده",
    "button.back_to_quote": "عودة إلى الاقتباس",
    "button.back_to_list": "عودة إلى القائمة",
    "button.newer": "الأحدث",
    "button.older": "الأقدم",
    "button.cancel_run": "أوقف",
    "button.remove": "أزله",
    "button.keep": "أبقِه",
    "button.forget": "امحُ",
    "button.not_now": "لا، أبقِه",
    "button.private": "اسألني على انفراد",
    # short notes over a pressed button
    "pressed.thanks": "شكرًا.",
    "pressed.forged": "هذا الزر ليس لي.",
    "pressed.gone": "لم يعد ذلك الجواب محفوظًا. اسأل مرة أخرى من فضلك.",
    "pressed.withdrawn": "أُزيل المقال من الأرشيف.",
    "pressed.not_yours": "هذا للمشرفين وحدهم.",
    "pressed.busy": "يطلب تلغرام التمهل. حاول بعد {seconds} ثانية.",
    # what is not a question
    "asked.empty": "ماذا تريد أن تعرف؟ اكتب سؤالك بعد اسمي أو بعد /ask.",
    "asked.no_words": "أحتاج إلى كلمات أبحث عنها. اكتب سؤالًا، مثلًا: {example}",
    "asked.no_words_plain": "أحتاج إلى كلمات أبحث عنها. اكتب سؤالًا.",
    "asked.too_long": "هذا طويل عليّ. اختصر سؤالك من فضلك في {limit} حرف على الأكثر.",
    "asked.not_text": "لا أقرأ إلا النص. اكتب لي سؤالك.",
    "asked.unknown_command": "لا أعرف هذا الأمر. الأوامر كلها في /help.",
    "asked.too_fast": {
        "zero": "أسئلة كثيرة دفعة واحدة. انتظر قليلًا ثم اسأل.",
        "one": "أسئلة كثيرة دفعة واحدة. انتظر ثانية واحدة ثم اسأل.",
        "two": "أسئلة كثيرة دفعة واحدة. انتظر ثانيتين ثم اسأل.",
        "few": "أسئلة كثيرة دفعة واحدة. انتظر {count} ثوانٍ ثم اسأل.",
        "many": "أسئلة كثيرة دفعة واحدة. انتظر {count} ثانية ثم اسأل.",
        "other": "أسئلة كثيرة دفعة واحدة. انتظر {count} ثانية ثم اسأل.",
    },
    # privacy
    "privacy.body": {
        "zero": _PRIVACY.replace("{days}", "أقل من يوم"),
        "one": _PRIVACY.replace("{days}", "يوم واحد"),
        "two": _PRIVACY.replace("{days}", "يومين"),
        "few": _PRIVACY.replace("{days}", "{count} أيام"),
        "many": _PRIVACY.replace("{days}", "{count} يومًا"),
        "other": _PRIVACY.replace("{days}", "{count} يوم"),
    },
    "forget.confirm": (
        "أأمحو كل ما أحتفظ به عنك؟ تُمحى نصوص أسئلتك وتقييماتك وبلاغاتك وإعداداتك. "
        "وتبقى الرسائل في هذه المحادثة، ولن أستطيع سحب اقتباس منها بعد ذلك."
    ),
    "forget.done": "مُحي كل شيء. لا أحتفظ بشيء عنك الآن.",
    "forget.done_but_acts": "مُحي. لا يبقى مسجّلًا، ببصمة مملّحة، إلا ما فعلتَه مشرفًا.",
    "forget.kept": "لم يُمحَ شيء.",
    # language and settings
    "new.done": "تمّ. سؤالك التالي قائم بذاته.",
    "language.choose": "بأيّ لغة أتكلم؟ الاقتباسات تبقى دائمًا كما نُشرت.",
    "language.auto": "كما في تلغرام",
    "language.done": "أتكلم العربية الآن.",
    "settings.title": "إعدادات هذه المجموعة",
    "settings.not_admin": "لا يغيّر الإعدادات إلا مشرفو هذه المجموعة.",
    "settings.private": "الإعدادات للمجموعات. اختر اللغة هنا بالأمر /language.",
    "settings.language": "اللغة",
    "settings.length.full": "الأجوبة: كاملة",
    "settings.length.brief": "الأجوبة: قصيرة",
    "settings.askers.all": "من يسأل: الجميع",
    "settings.askers.admins": "من يسأل: المشرفون",
    "settings.only_admins": "لا يسألني في هذه المجموعة إلا مشرفوها.",
    # reports
    "report.ask": "ما الخطأ في هذا الاقتباس؟",
    "report.thanks": "شكرًا. سينظر فيه المحررون وأخبرك.",
    "report.again": "سبق أن بلّغت عن هذا الاقتباس.",
    "report.fixed": "عولج الاقتباس الذي بلّغت عنه. شكرًا.",
    "report.dismissed": "نظر المحررون في الاقتباس الذي بلّغت عنه ووجدوه صحيحًا. شكرًا.",
    "report.inbox": "بلّغ قارئ عن اقتباس: {reason}",
    "report.resolved": "عولج البلاغ.",
    "reports.none": "لا بلاغات مفتوحة.",
    "reports.title": {
        "zero": "لا بلاغات مفتوحة",
        "one": "بلاغ مفتوح واحد",
        "two": "بلاغان مفتوحان",
        "few": "{count} بلاغات مفتوحة",
        "many": "{count} بلاغًا مفتوحًا",
        "other": "{count} بلاغ مفتوح",
    },
    "button.fixed": "عولج",
    "button.dismiss": "إنه صحيح",
    "reason.wrong": "لا يجيب عن السؤال",
    "reason.context": "مقتطع من سياقه",
    "reason.speaker": "المتحدث غيره",
    "reason.date": "تاريخ أو مصدر خاطئ",
    "reason.other": "شيء آخر",
    # inline mode
    "inline.how": "اكتب سؤالًا لتحصل على اقتباس",
    "inline.too_fast": "تمهّل قليلًا من فضلك",
    "inline.none": "لا جواب في الأرشيف",
    # administrators
    "admin.refused": "هذا الأمر لمشرفي البوت.",
    "admin.private_only": "أرسل أوامر المشرفين في محادثتنا الخاصة من فضلك.",
    "admin.usage.reindex": "استعمل /reindex أو /reindex full أو /reindex dry.",
    "admin.failed": "لم ينجح ذلك: {reason}",
    "run.busy": "هناك قراءة جارية: {line}",
    "run.none": "لا قراءة جارية.",
    "run.cancelling": "طلبتُ إيقاف القراءة. ما أُنجز يبقى.",
    "run.starting": "أبدأ…",
    "run.phase.reading": "قراءة",
    "run.phase.embedding": "حساب المتجهات",
    "run.phase.building": "بناء الفهرس",
    "run.progress": "{phase}: {done} من {total}",
    "run.progress_open": "{phase}: {done}",
    "run.done": "انتهت القراءة في {duration}.",
    "run.cancelled": "أُوقفت. تكمل القراءة التالية من هنا.",
    "run.dry": "قراءة تجريبية: لم يتغير شيء.",
    "run.failed": "فشلت القراءة: {reason}",
    "run.failures": "لم يُقرأ:",
    "run.warnings": "ملاحظات:",
    "run.added": "جديد:",
    "run.changed": "تغيّر:",
    "run.removed": "اختفى:",
    "run.more": {
        "zero": "ولا مزيد",
        "one": "وواحد آخر",
        "two": "واثنان آخران",
        "few": "و{count} أخرى",
        "many": "و{count} أخرى",
        "other": "و{count} أخرى",
    },
    "status.articles": {
        "zero": "لا مقالات",
        "one": "مقال واحد",
        "two": "مقالان",
        "few": "{count} مقالات",
        "many": "{count} مقالًا",
        "other": "{count} مقال",
    },
    "status.passages": {
        "zero": "لا مقاطع",
        "one": "مقطع واحد",
        "two": "مقطعان",
        "few": "{count} مقاطع",
        "many": "{count} مقطعًا",
        "other": "{count} مقطع",
    },
    "status.pending": "تنتظر متجهاتها: {pending}",
    "status.removed": "أزالها المحررون: {removed}",
    "status.newest": "الأحدث: {entry}",
    "status.languages": "اللغات: {languages}",
    "status.last_run": "آخر قراءة: {when}، {outcome}، {line}",
    "status.no_run": "لم تجرِ قراءة بعد.",
    "status.running": "قراءة جارية: {line}",
    "status.model": "النموذج: {model}",
    "status.no_model": "لا نموذج، بحث بالكلمات وحدها",
    "status.index": "فهرس المتجهات: {kind}، {size}",
    "status.database": "قاعدة البيانات: {size}",
    "status.uptime": "يعمل منذ {duration}",
    "status.readers": "اليوم: {questions} جواب، مفيد {helpful}، غير مفيد {unhelpful}",
    "outcome.done": "تمّت",
    "outcome.cancelled": "أُوقفت",
    "outcome.failed": "فشلت",
    "outcome.died": "انقطعت",
    "articles.title": {
        "zero": "لا مقالات",
        "one": "مقال واحد",
        "two": "مقالان",
        "few": "{count} مقالات",
        "many": "{count} مقالًا",
        "other": "{count} مقال",
    },
    "articles.match": "مطابق لـ«{match}»",
    "articles.none": "لا مقال يطابق.",
    "remove.usage": "استعمل /remove مع رقم المقال أو رابطه أو كلمات من عنوانه.",
    "remove.confirm": "أأزيل هذا المقال؟ يختفي فورًا من البحث والأزرار القديمة والقراءات التالية.",
    "remove.which": "عدة مقالات تطابق. أيّها؟",
    "remove.none": "لا مقال يطابق «{match}».",
    "remove.done": "أُزيل: {headline}",
    "remove.withdrawing": {
        "zero": "لا رسالة تقتبس منه.",
        "one": "تُسحب رسالة واحدة تقتبس منه.",
        "two": "تُسحب رسالتان تقتبسان منه.",
        "few": "تُسحب {count} رسائل تقتبس منه.",
        "many": "تُسحب {count} رسالة تقتبس منه.",
        "other": "تُسحب {count} رسالة تقتبس منه.",
    },
    "remove.kept": "أُبقي: {headline}",
    "restore.title": {
        "zero": "لا مقالات مزالة",
        "one": "مقال مزال واحد",
        "two": "مقالان مزالان",
        "few": "{count} مقالات مزالة",
        "many": "{count} مقالًا مزالًا",
        "other": "{count} مقال مزال",
    },
    "restore.none": "لا مقال مزال.",
    "restore.done": "أُعيد: {headline}",
    "alarm.quote": "اقتباس كان سيُرسل أو أُرسل يختلف عن الأرشيف. المقال {article}، النسخة {version}.",
    # errors
    "error.sorry": "عذرًا، حدث خطأ عندي. إن تكرر فأخبر المحررين بهذا الرقم: {incident}",
    "error.archive": "لا يمكن قراءة الأرشيف الآن. حاول بعد دقائق من فضلك.",
    "error.slow_down": "جعلني تلغرام أنتظر طويلًا. اسأل مرة أخرى من فضلك.",
}
