"""Russian."""

# ruff: noqa: E501 - a sentence reads better on one line

from __future__ import annotations

NAME = "Русский"
RIGHT_TO_LEFT = False

_PRIVACY = (
    "Что я храню {days}:\n"
    "– текст вашего вопроса, чтобы улучшать поиск;\n"
    "– какой ответ ушёл в какой чат, в запечатанном виде, чтобы можно было отозвать цитату; более старую отозвать уже нельзя;\n"
    "– что именно вы сочли ответ полезным или нет; сам счёт остаётся, без вас;\n"
    "– ваши жалобы, считая с их рассмотрения.\n"
    "\n"
    "Выбранный язык хранится, пока вы его не смените. Действия администраторов и попытки отдать их команды записываются; имя того, кто пытался, хранится столько же в виде хеша.\n"
    "\n"
    "Ваш номер в Telegram хранится только как хеш с солью. Кроме Telegram, никто этого не получает, и никакая языковая модель этого не читает. /forgetme стирает то, что я храню о вас."
)

MESSAGES: dict[str, str | dict[str, str]] = {
    # who we are
    "profile.description": (
        "Задайте вопрос новостному архиву и получите точные слова: цитату из статьи "
        "с заголовком, изданием, автором и датой. Если ответа в архиве нет, я так и скажу. Здесь ничего не выдумано."
    ),
    "profile.short": "Новостной архив, который отвечает своими точными словами и всегда называет источник.",
    "start.hello": (
        "Я ищу в новостном архиве и цитирую слово в слово, с заголовком, изданием, автором и датой. "
        "Если ответа в архиве нет, я так и скажу. Просто напишите вопрос."
    ),
    "start.examples": "Например:",
    "start.admin": "Вы администратор: вам доступны /status, /reindex, /articles, /edit, /remove и /restore.",
    "start.no_answer": "Этот ответ больше не хранится. Спросите ещё раз, и я поищу заново.",
    "help.body": (
        "Напишите вопрос, и я отвечу словами архива, слово в слово. Предложение с ответом выделено жирным.\n"
        "\n"
        "Одно имя или тема дают свежие заголовки. То же делает /latest.\n"
        "Даты, издания и авторы в вопросе сужают поиск: «в ноябре 2017», «автор Иван Петров».\n"
        "Если вы исправите вопрос, я исправлю ответ.\n"
        "\n"
        "/ask – вопрос, в том числе в группах\n"
        "/latest – новые статьи, все или по теме\n"
        "/new – начать заново, без прошлых вопросов\n"
        "/language – язык этих текстов\n"
        "/privacy – что я храню и как долго\n"
        "/forgetme – стереть всё, что я храню о вас\n"
        "/id – ваш номер в Telegram\n"
        "\n"
        "В группе упомяните меня (@{bot}), ответьте на моё сообщение или напишите /ask. Остального в группах я не вижу."
    ),
    "help.inline": "В любом чате: напишите @{bot} и вопрос, затем выберите цитату.",
    "help.admin": (
        "Администраторам: /status, /reindex (full, dry), /cancel, /articles, /edit, /remove, /restore, /forget, /reports.\n"
        "Пришлите файл или ссылку либо перешлите пост, и я предложу принять его.\n"
        "Чтобы можно было отозвать и цитаты, отправленные из других чатов, пошлите @BotFather команду /setinlinefeedback и выберите 100 %."
    ),
    "help.examples": "Вопросы, на которые этот архив отвечает:",
    "id.user": "Ваш номер в Telegram: {user}.",
    "id.chat": "Ваш номер в Telegram: {user}; номер этого чата: {chat}.",
    "group.hello": "Здравствуйте. Упомяните меня (@{bot}), ответьте мне или напишите /ask, и я процитирую новостной архив. Подробнее: /help.",
    # commands, as the menus show them
    "command.help": "Как спрашивать",
    "command.ask": "Спросить архив",
    "command.latest": "Новые статьи, все или по теме",
    "command.new": "Начать заново",
    "command.language": "Выбрать язык",
    "command.privacy": "Что я храню",
    "command.forgetme": "Стереть всё, что я храню о вас",
    "command.id": "Ваш номер в Telegram",
    "command.settings": "Настройки этой группы",
    "command.reindex": "Перечитать источники (full, dry)",
    "command.cancel": "Остановить обход",
    "command.status": "Состояние архива",
    "command.articles": "Список статей и поиск по нему",
    "command.remove": "Убрать статью",
    "command.restore": "Вернуть убранную статью",
    "command.reports": "Жалобы читателей",
    "command.edit": "Исправить заголовок, издание, дату или автора",
    "command.forget": "Убрать пост, удалённый в своём канале",
    # an article
    "article.untitled": "Без заголовка",
    "article.undated": "без даты",
    "article.no_outlet": "издание не указано",
    "article.outlet_and_agency": "{outlet} ({agency})",
    "article.by": "Автор: {authors}",
    "article.by_with": "Автор: {authors}; при участии: {contributors}",
    "article.with": "При участии: {contributors}",
    "article.entry": "{headline} — {outlet}, {date}",
    "article.copy": "«{headline}»{details}",
    "label.opinion": "Мнение",
    "label.live": "Хроника",
    "label.sponsored": "Реклама",
    "label.correction": "Поправка",
    # a quote
    "quote.speaker": "Говорит: {name}",
    "quote.speaker_described": "Говорит: {name}, {description}",
    "quote.caption": "Подпись к фотографии",
    "quote.caption_dated": "Подпись к фотографии от {date}",
    "quote.credit": "Строка об авторах",
    "quote.also_in": "Также в: {articles}",
    "quote.corrections": "Позднее исправлено: {articles}",
    "quote.newer": "Новее об этом: {articles}",
    "withheld.link_only": "Издание разрешает только заголовок и ссылку: прочтите, пожалуйста, в источнике.",
    "withheld.too_long": "Предложение с ответом слишком длинное для сообщения: прочтите, пожалуйста, в источнике.",
    "withheld.max_quote_chars": "Издание разрешает только более короткие цитаты: прочтите, пожалуйста, в источнике.",
    "withheld.withdrawn": "Цитата отозвана: этой статьи больше нет в архиве.",
    "withheld.embargo": "Эту статью пока нельзя цитировать.",
    # an answer without a quote
    "answer.declined": "В архиве нет ответа на этот вопрос.",
    "answer.closest": "Ближайшее по теме, но это не ответ:",
    "answer.newest": "Самая новая статья у меня: {date}. Новое показывает /latest.",
    "answer.empty": "В архиве пока нет статей. Загляните, пожалуйста, позже.",
    "coverage.title": "Новое по теме: {topic}",
    "coverage.title_all": "Новые статьи",
    "coverage.page": "Страница {page} из {pages}",
    "coverage.none": "В архиве нет ничего о «{topic}».",
    "coverage.hint": "Задайте вопрос, чтобы получить цитату.",
    # notices above the quotes
    "notice.stale": "Самая новая статья об этом у меня: {newest}.",
    "notice.stale.plain": "То, что есть у меня об этом, не ново.",
    "notice.opinion": "Это мнение, а не репортаж.",
    "notice.opinion.plain": "Это мнение, а не репортаж.",
    "notice.correction": "Эта статья позднее исправлена: {title}",
    "notice.correction.plain": "Эта статья позднее исправлена.",
    "notice.newer": "Есть более новая публикация: {title} ({date})",
    "notice.newer.plain": "Об этом есть более новая публикация.",
    "notice.spelling": "Искал также «{used}».",
    "notice.spelling.plain": "Имя искал и в другом написании.",
    "notice.filter": "Только статьи, которые подходят: {filter}",
    "notice.filter.plain": "Поиск шёл не по всем статьям.",
    "notice.follow_up": "Вместе с вашим прошлым вопросом: {question}",
    "notice.follow_up.plain": "Вместе с вашим прошлым вопросом.",
    "notice.text_only": "Найдено только по словам; поиск по смыслу не готов.",
    "notice.text_only.plain": "Найдено только по словам; поиск по смыслу не готов.",
    # context and other coverage
    "context.limited": "Остальное можно прочесть только в источнике.",
    "others.also_in": "Та же история",
    "others.newer": "Новее",
    "others.corrections": "Поправки",
    "others.none": "Других публикаций я не знаю.",
    "receipt.lines": (
        "Квитанция\nОтвет {answer}\nСтатья {article}, версия {version}\nЗнаки с {start} по {end}\n"
        "SHA-256 {sha256}\nПоколение индекса {generation}"
    ),
    # buttons
    "button.previous": "◀ Предыдущая цитата",
    "button.next": "Следующая цитата ({number}/{count}) ▶",
    "button.context": "Контекст",
    "button.more": "Ещё из этой статьи",
    "button.same_article": "Цитата {number}/{count}, та же статья",
    "button.others": "Другие публикации",
    "button.open": "Открыть статью",
    "button.copy": "Копировать ссылку",
    "button.share": "Поделиться",
    "button.proof": "Ответ и квитанция",
    "button.helpful": "👍 Полезно",
    "button.unhelpful": "👎 Не то",
    "button.report": "Пожаловаться",
    "button.unfilter": "✕ {filter}",
    "button.afresh": "Спросить отдельно",
    "button.before": "▲ Раньше",
    "button.after": "▼ Дальше",
    "button.back_to_quote": "Назад к цитате",
    "button.back_to_list": "Назад к списку",
    "button.newer": "◀ Новее",
    "button.older": "Старше ▶",
    "button.cancel_run": "Остановить",
    "button.remove": "Убрать",
    "button.keep": "Оставить",
    "button.forget": "Стереть",
    "button.not_now": "Нет, оставить",
    "button.private": "Спросить меня лично",
    # short notes over a pressed button
    "pressed.thanks": "Спасибо.",
    "pressed.forged": "Это не моя кнопка.",
    "pressed.gone": "Этот ответ больше не хранится. Спросите, пожалуйста, ещё раз.",
    "pressed.withdrawn": "Статью убрали из архива.",
    "pressed.not_yours": "Это может только администратор.",
    "pressed.busy": "Telegram просит не торопиться. Попробуйте через {seconds} с.",
    # what is not a question
    "asked.empty": "Что вы хотите узнать? Напишите вопрос после моего имени или после /ask.",
    "asked.no_words": "Мне нужны слова для поиска. Напишите вопрос, например: {example}",
    "asked.no_words_plain": "Мне нужны слова для поиска. Напишите вопрос.",
    "asked.too_long": "Это слишком длинно. Уложите, пожалуйста, вопрос в {limit} знаков.",
    "asked.not_text": "Я читаю только текст. Напишите мне вопрос.",
    "asked.unknown_command": "Я не знаю такой команды. Все команды: /help.",
    "asked.too_fast": {
        "one": "Слишком много вопросов сразу. Подождите, пожалуйста, {count} секунду и спрашивайте дальше.",
        "few": "Слишком много вопросов сразу. Подождите, пожалуйста, {count} секунды и спрашивайте дальше.",
        "many": "Слишком много вопросов сразу. Подождите, пожалуйста, {count} секунд и спрашивайте дальше.",
        "other": "Слишком много вопросов сразу. Подождите, пожалуйста, {count} секунды и спрашивайте дальше.",
    },
    # privacy
    "privacy.body": {
        "one": _PRIVACY.replace("{days}", "{count} день"),
        "few": _PRIVACY.replace("{days}", "{count} дня"),
        "many": _PRIVACY.replace("{days}", "{count} дней"),
        "other": _PRIVACY.replace("{days}", "{count} дня"),
    },
    "forget.confirm": (
        "Стереть всё, что я храню о вас? Исчезнут тексты ваших вопросов, оценки, жалобы и настройки. "
        "Сообщения в этом чате останутся, но отозвать в них цитату я уже не смогу."
    ),
    "forget.done": "Стёрто. Теперь я ничего о вас не храню.",
    "forget.done_but_acts": "Стёрто. Записанным, под хешем с солью, остаётся только то, что вы делали как администратор.",
    "forget.kept": "Ничего не стёрто.",
    # language and settings
    "new.done": "Готово. Следующий вопрос сам по себе.",
    "language.choose": "На каком языке мне говорить? Цитаты всегда остаются такими, как напечатаны.",
    "language.auto": "Как в Telegram",
    "language.done": "Теперь я говорю по-русски.",
    "settings.title": "Настройки этой группы",
    "settings.not_admin": "Менять настройки могут только администраторы этой группы.",
    "settings.private": "Настройки есть у групп. Язык здесь выбирает /language.",
    "settings.language": "Язык",
    "settings.length.full": "Ответы: полные",
    "settings.length.brief": "Ответы: короткие",
    "settings.askers.all": "Кто может спрашивать: все",
    "settings.askers.admins": "Кто может спрашивать: администраторы",
    "settings.only_admins": "В этой группе меня спрашивают только администраторы.",
    # reports
    "report.ask": "Что не так с этой цитатой?",
    "report.thanks": "Спасибо. Редакция посмотрит, и я вам напишу.",
    "report.again": "На эту цитату вы уже жаловались.",
    "report.fixed": "С цитатой, на которую вы жаловались, разобрались. Спасибо.",
    "report.dismissed": "Редакция проверила цитату, на которую вы жаловались: она верна. Спасибо.",
    "report.inbox": "Читатель жалуется на цитату: {reason}",
    "report.resolved": "Жалоба рассмотрена.",
    "reports.none": "Открытых жалоб нет.",
    "reports.title": {
        "one": "{count} открытая жалоба",
        "few": "{count} открытые жалобы",
        "many": "{count} открытых жалоб",
        "other": "{count} открытой жалобы",
    },
    "button.fixed": "Исправлено",
    "button.dismiss": "Всё верно",
    "reason.wrong": "Не отвечает на вопрос",
    "reason.context": "Вырвано из контекста",
    "reason.speaker": "Говорит другой человек",
    "reason.date": "Неверная дата или источник",
    "reason.other": "Что-то другое",
    # inline mode
    "inline.how": "Напишите вопрос, чтобы получить цитату",
    "inline.too_fast": "Чуть медленнее, пожалуйста",
    "inline.none": "В архиве нет ответа",
    # administrators
    "admin.refused": "Эта команда для администраторов бота.",
    "admin.private_only": "Присылайте мне, пожалуйста, команды администратора в личный чат.",
    "admin.usage.reindex": "Напишите /reindex, /reindex full или /reindex dry.",
    "admin.failed": "Не получилось: {reason}",
    "run.busy": "Обход уже идёт: {line}",
    "run.none": "Сейчас обход не идёт.",
    "run.cancelling": "Прошу обход остановиться. Сделанное остаётся.",
    "run.starting": "Начинаю…",
    "run.phase.reading": "Чтение",
    "run.phase.embedding": "Векторы",
    "run.phase.building": "Построение индекса",
    "run.progress": "{phase}: {done} из {total}",
    "run.progress_open": "{phase}: {done}",
    "run.done": "Готово за {duration}.",
    "run.cancelled": "Остановлено. Следующий обход продолжит отсюда.",
    "run.dry": "Пробный обход: ничего не изменено.",
    "run.failed": "Обход не удался: {reason}",
    "run.failures": "Не прочитано:",
    "run.warnings": "Замечания:",
    "run.added": "Новое:",
    "run.changed": "Изменено:",
    "run.removed": "Исчезло:",
    "run.more": {"one": "и ещё {count}", "few": "и ещё {count}", "many": "и ещё {count}", "other": "и ещё {count}"},
    "status.articles": {
        "one": "{count} статья",
        "few": "{count} статьи",
        "many": "{count} статей",
        "other": "{count} статьи",
    },
    "status.passages": {
        "one": "{count} отрывок",
        "few": "{count} отрывка",
        "many": "{count} отрывков",
        "other": "{count} отрывка",
    },
    "status.pending": "Ждут своих векторов: {pending}",
    "status.removed": "Убрано редакцией: {removed}",
    "status.newest": "Самая новая: {entry}",
    "status.languages": "Языки: {languages}",
    "status.last_run": "Последний обход: {when}, {outcome}, {line}",
    "status.no_run": "Обходов ещё не было.",
    "status.running": "Идёт обход: {line}",
    "status.model": "Модель: {model}",
    "status.no_model": "Модели нет, поиск только по словам",
    "status.index": "Векторный индекс: {kind}, {size}",
    "status.database": "База данных: {size}",
    "status.uptime": "Работаю: {duration}",
    "status.readers": "Сегодня ответов: {questions}, полезных {helpful}, бесполезных {unhelpful}",
    "outcome.done": "завершён",
    "outcome.cancelled": "остановлен",
    "outcome.failed": "не удался",
    "outcome.died": "оборвался",
    "articles.title": {
        "one": "{count} статья",
        "few": "{count} статьи",
        "many": "{count} статей",
        "other": "{count} статьи",
    },
    "articles.match": "по запросу «{match}»",
    "articles.none": "Таких статей нет.",
    "remove.usage": "Напишите /remove и номер статьи, её адрес или слова заголовка.",
    "remove.confirm": "Убрать эту статью? Она сразу исчезнет из поиска, старых кнопок и будущих обходов.",
    "remove.which": "Подходит несколько статей. Какая из них?",
    "remove.none": "Нет статьи по запросу «{match}».",
    "remove.done": "Убрано: {headline}",
    "remove.withdrawing": {
        "one": "Отзываю {count} сообщение с цитатой из неё.",
        "few": "Отзываю {count} сообщения с цитатами из неё.",
        "many": "Отзываю {count} сообщений с цитатами из неё.",
        "other": "Отзываю {count} сообщения с цитатами из неё.",
    },
    "remove.kept": "Оставлено: {headline}",
    "restore.title": {
        "one": "{count} убранная статья",
        "few": "{count} убранные статьи",
        "many": "{count} убранных статей",
        "other": "{count} убранной статьи",
    },
    "restore.none": "Убранных статей нет.",
    "restore.done": "Возвращено: {headline}",
    # what administrators hand in
    "intake.title": "Принять эту статью?",
    "intake.many": {
        "one": "{count} статья в {name}",
        "few": "{count} статьи в {name}",
        "many": "{count} статей в {name}",
        "other": "{count} статьи в {name}",
    },
    "intake.words": {
        "one": "{count} слово можно цитировать",
        "few": "{count} слова можно цитировать",
        "many": "{count} слов можно цитировать",
        "other": "{count} слова можно цитировать",
    },
    "intake.missing": "Не распознано: {what}",
    "intake.furniture": {
        "one": "{count} строка служебная и не будет цитироваться:",
        "few": "{count} строки служебные и не будут цитироваться:",
        "many": "{count} строк служебные и не будут цитироваться:",
        "other": "{count} строки служебные и не будут цитироваться:",
    },
    "intake.twin": "В архиве это уже есть: {entry}",
    "intake.known": {
        "one": "{count} из показанных уже в архиве или была удалена.",
        "few": "{count} из показанных уже в архиве или были удалены.",
        "many": "{count} из показанных уже в архиве или были удалены.",
        "other": "{count} из показанных уже в архиве или были удалены.",
    },
    "intake.same": "Именно этот текст уже принят: {entry}. Исправить его можно командой /edit.",
    "intake.removed": "Администратор раньше удалил эту статью. Вернуть её можно командой /restore.",
    "intake.too_big": "{name} больше 20 МБ, а таких файлов Telegram ботам не отдаёт. Положите его в папку, которую читает архив, и отправьте /reindex.",
    "intake.unreadable": "Файлы такого вида, как {name}, я не читаю. Я читаю {endings} (также .gz).",
    "intake.not_given": "Telegram не отдал мне {name}. Пришлите, пожалуйста, ещё раз.",
    "intake.failed": "Это принять нельзя: {reason}",
    "intake.no_text": "В этом сообщении нет текста, цитировать нечего.",
    "intake.no_article": "По адресу {url} я не нашёл статьи: {reason}",
    "intake.done": "Принято под номером #{number}",
    "intake.done_many": {
        "one": "Принята {count} статья.",
        "few": "Приняты {count} статьи.",
        "many": "Принято {count} статей.",
        "other": "Принято {count} статьи.",
    },
    "intake.stored": "Сохранено. Будет принято, как только закончится текущее индексирование.",
    "intake.nothing": "Ничего не принято: это уже есть в архиве, или причина записана в журнале.",
    "intake.discarded": "Отклонено. Ничего не сохранено.",
    "draft.field.title": "заголовок",
    "draft.field.outlet": "издание",
    "draft.field.published": "дата",
    "draft.field.authors": "автор",
    "draft.ask.title": "Какой заголовок правильный?",
    "draft.ask.outlet": "Из какого это издания?",
    "draft.ask.published": "Когда опубликовано? Подойдёт 2017, ноябрь 2017 или 21 ноября 2017.",
    "draft.ask.authors": "Кто автор? Несколько имён разделите запятыми.",
    "draft.now": "Сейчас: {value}",
    "draft.how": "Ответьте на это сообщение; – значит «нет».",
    "draft.none": "нет",
    "draft.gone": "Это уже решено или ждало больше суток. Начните, пожалуйста, заново.",
    "draft.wrong.title": "Статье нужен заголовок. Ответьте, пожалуйста, ещё раз.",
    "draft.wrong.outlet": "Это не годится как название издания. Ответьте, пожалуйста, ещё раз.",
    "draft.wrong.published": "Я не могу прочесть это как дату. Напишите 2017, ноябрь 2017 или 2017-11-21, либо –, если даты нет, и ответьте ещё раз.",
    "draft.wrong.authors": "Это не годится как имя. Ответьте, пожалуйста, ещё раз.",
    "draft.wrong.long": "Слишком длинно. Ответьте, пожалуйста, ещё раз, короче.",
    "edit.usage": "Напишите /edit и номер статьи, её ссылку или слова из заголовка.",
    "edit.title": "Исправить статью #{number}?",
    "edit.change": "{field}: {before} → {after}",
    "edit.before": "Исправлено раньше: {change}",
    "edit.done": "Исправлено: #{number}",
    "edit.kept": "Ничего не изменено.",
    "edit.conflict": "Не сохранено: тем временем кто-то другой изменил «{headline}».",
    "button.index": "Принять",
    "button.index_all": {
        "one": "Принять {count}",
        "few": "Принять все {count}",
        "many": "Принять все {count}",
        "other": "Принять все {count}",
    },
    "button.replace": "Заменить #{number}",
    "button.beside": "Оставить обе",
    "button.discard": "Отклонить",
    "button.field.title": "Заголовок",
    "button.field.outlet": "Издание",
    "button.field.published": "Дата",
    "button.field.authors": "Автор",
    "button.save": "Сохранить",
    "button.undo": "Отменить исправления",
    "button.cancel": "Отмена",
    "button.edit": "Исправить",
    "channel.hint": 'Канал «{title}» присылает мне свои посты, а я их пропускаю: его нет среди источников. Чтобы принимать их, добавьте в настройки [[sources]] с kind = "channel" и channel = {number} и запустите меня снова.',
    "post.usage": "Напишите /forget и ссылку на пост, удалённый в канале, например https://t.me/name/123.",
    "post.unknown": "Поста с такой ссылкой в архиве нет: {link}",
    "post.forgotten": "Убрано: {headline}. Вернуть: /restore {number}.",
    "post.erased": "Этот пост ещё не был принят. Он стёрт.",
    "alarm.quote": "Цитата, которая отправлялась или уже отправлена, отличается от архива. Статья {article}, версия {version}.",
    # errors
    "error.sorry": "Простите, у меня что-то пошло не так. Если это повторится, назовите редакции номер: {incident}",
    "error.archive": "Архив сейчас не читается. Попробуйте, пожалуйста, через несколько минут.",
    "error.slow_down": "Telegram заставил меня слишком долго ждать. Спросите, пожалуйста, ещё раз.",
}
