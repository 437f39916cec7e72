"""The words of time in English, German, Spanish and Russian, as fragments of regular expressions.

Data for `index/question/times.py` alone. Fragments are matched without regard to case; groups inside them do not
capture.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Calendar:
    """One language's words. Months, weekdays and seasons stand in order; `units` are day, week, month, year, hour."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]  # Monday first
    seasons: tuple[str, ...]  # spring first
    units: tuple[str, ...]
    numbers: tuple[str, ...]  # one, two, ... twelve
    past: str
    this: str
    following: str
    past_after: str  # "pasado" stands behind its noun
    ago: str  # with {n} and {unit}
    days: tuple[tuple[str, int], ...]  # today, yesterday, ... and how many days from as_of
    day_month: tuple[str, ...]  # with {d}, {m} and {y}
    of: str  # what may stand between month or season and year
    at: str  # what must stand before a month alone
    parts: tuple[str, str, str]  # early, mid, late
    since: str
    before: str
    after: str
    until: str
    lead: str  # other words that belong to an expression: in, on, the
    opening: str  # "between", "from" before the first of two
    joining: str  # "and", "to" between two
    published: str  # what asks for articles of that time
    coverage: str  # what does so only before "from"
    out_of: str  # "from"
    fresh: str
    year_tail: str = ""  # "года"


ENGLISH = Calendar(
    months=(
        *(r"jan(?:uary|\.)?", r"feb(?:ruary|\.)?", r"mar(?:ch|\.)", r"apr(?:il|\.)?", "may", r"june?\.?"),
        *(r"july?\.?", r"aug(?:ust|\.)?", r"sept?(?:ember|\.)?", r"oct(?:ober|\.)?"),
        *(r"nov(?:ember|\.)?", r"dec(?:ember|\.)?"),
    ),
    weekdays=("mondays?", "tuesdays?", "wednesdays?", "thursdays?", "fridays?", "saturdays?", "sundays?"),
    seasons=("spring", "summer", "(?:autumn|fall)", "winter"),
    units=("days?", "weeks?", "months?", "years?", "hours?"),
    numbers=(
        *("(?:an?|one|1)", "(?:two|a couple of|couple of|2)", "(?:three|a few|few|3)", "four", "five", "six"),
        *("seven", "eight", "nine", "ten", "eleven", "twelve"),
    ),
    past="(?:last|past|previous)",
    this="(?:this|current)",
    following="(?:next|coming)",
    past_after="",
    ago="{n} {unit} (?:ago|earlier|back)",
    days=(
        ("(?:the )?day before yesterday", -2),
        ("yesterday|last night", -1),
        ("today|tonight|this (?:morning|afternoon|evening)", 0),
        ("(?:the )?day after tomorrow", 2),
        ("tomorrow", 1),
    ),
    day_month=(r"{d}(?:st|nd|rd|th)?(?: of)? {m}(?:,? {y})?", r"{m} {d}(?:st|nd|rd|th)?(?:,? {y})?"),
    of=r"(?:,| of)?",
    at="in|since|last|this|next|during|until|till|through|early|mid|late|throughout",
    parts=(
        "early|(?:the )?(?:beginning|start) of",
        "mid|(?:the )?middle of",
        "late|(?:the )?end of",
    ),
    since="since",
    before="before|prior to|ahead of",
    after="after|following",
    until="until|till|up to",
    lead="in|on|during|throughout|within|over|for|at|by|as of|of|from|the|back in",
    opening="between|from",
    joining="and|to|until|till|through|-|–",
    published=r"(?:articles?|stories|reports|pieces)(?: (?:published|printed|written))?|what was published",
    coverage="news|coverage|headlines|stor(?:y|ies)",
    out_of="from|of",
    fresh=(
        "latest|newest|most recent(?:ly)?|current(?:ly)?|right now|now|so far|at the moment|"
        "up[- ]to[- ]date|as of today|these days|nowadays|at present|presently|breaking news"
    ),
)

GERMAN = Calendar(
    months=(
        *(r"j(?:anuar|än(?:ner|\.)|an\.)", r"feb(?:ruar|er|\.)", r"(?:märz|maerz|marz|mrz\.)", r"apr(?:il|\.)", "mai"),
        *("juni", "juli", r"aug(?:ust|\.)", r"sept?(?:ember|\.)", r"okt(?:ober|\.)", r"nov(?:ember|\.)"),
        r"dez(?:ember|\.)",
    ),
    weekdays=("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "(?:samstag|sonnabend)", "sonntag"),
    seasons=("frühjahr|frühling", "sommer", "herbst", "winter"),
    units=("tag(?:e[ns]?)?", "wochen?", "monat(?:e[ns]?|s)?", "jahr(?:e[ns]?|s)?", "stunden?"),
    numbers=(
        *("ein(?:e[mnrs]?)?|1", "zwei|2", "drei|3", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
        *("elf", "zwölf"),
    ),
    past="(?:letzt|vergangen|vorig)e[mnrs]?",
    this="diese[mnrs]?",
    following="(?:nächst|kommend)e[mnrs]?",
    past_after="",
    ago="vor (?:etwa )?{n} {unit}",
    days=(("vorgestern", -2), ("gestern", -1), ("heute", 0), ("übermorgen", 2), ("morgen", 1)),
    day_month=(r"{d}\.? {m}(?: {y})?",),
    of="(?: des jahres)?",
    at="im|in|seit|bis|anfang|mitte|ende|letzte[mnrs]?|diese[mnrs]?",
    parts=("anfang", "mitte", "ende"),
    since="seit|ab",
    before="vor",
    after="nach",
    until="bis",
    lead="im jahre?|im|in|am|an|während|der|dem|des|den|die|das|von|vom|aus|zu|jahre?",
    opening="zwischen|von|vom",
    joining="und|bis|bis zum|-|–",
    published="(?:artikeln?|berichten?|meldungen)",
    coverage="nachrichten",
    out_of="aus|von|vom",
    fresh="neueste[mnrs]?|aktuell(?:e[mnrs]?)?|jüngste[mnrs]?|jetzt|derzeit|zurzeit|momentan|bisher|zuletzt|gegenwärtig",
)

SPANISH = Calendar(
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "sep?tiembre", "octubre"),
        *("noviembre", "diciembre"),
    ),
    weekdays=("lunes", "martes", "mi[eé]rcoles", "jueves", "viernes", "s[áa]bado", "domingo"),
    seasons=("primavera", "verano", "otoño", "invierno"),
    units=("d[ií]as?", "semanas?", "mes(?:es)?", "años?", "horas?"),
    numbers=(
        *("una?|1", "dos|un par de|2", "tres|3", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
        *("once", "doce"),
    ),
    past="(?:pasad[oa]s?|[úu]ltim[oa]s?)",
    this="est[ea]",
    following="(?:pr[óo]xim[oa]s?)",
    past_after="(?:pasad[oa]s?)",
    ago="hace (?:unos |unas )?{n} {unit}",
    days=(("anteayer", -2), ("ayer|anoche", -1), ("hoy", 0), ("pasado mañana", 2), ("mañana", 1)),
    day_month=(r"{d} de {m}(?:,? (?:de |del )?{y})?",),
    of="(?:,| de| del)?",
    at="en|desde|hasta|este|pasado|durante|principios de|mediados de|finales de",
    parts=("(?:a )?(?:principios|comienzos) de", "(?:a )?mediados de", "(?:a )?(?:finales|fines) de"),
    since="desde",
    before="antes del?",
    after="después del?|tras",
    until="hasta",
    lead="en el año|en|el|la|los|las|durante|del|de|al|por",
    opening="entre|desde|de|del",
    joining="y|hasta|a|al|-|–",
    published="(?:art[íi]culos?|reportajes?)(?: publicad[oa]s?)?",
    coverage="noticias?",
    out_of="de|del",
    fresh="[úu]ltim[oa]s? (?:noticias?|hora)|m[áa]s recientes?|actual(?:es|mente)?|ahora|hasta ahora",
)

RUSSIAN = Calendar(
    months=(
        *("январ[ьяею]", "феврал[ьяею]", "март[ауе]?", "апрел[ьяею]", "ма[йяюе]", "июн[ьяею]", "июл[ьяею]"),
        *("август[ауе]?", "сентябр[ьяею]", "октябр[ьяею]", "ноябр[ьяею]", "декабр[ьяею]"),
    ),
    weekdays=(
        *("понедельник[аеу]?", "вторник[аеу]?", "сред[ауые]", "четверг[аеу]?", "пятниц[ауые]", "суббот[ауые]"),
        "воскресень[ея]",
    ),
    seasons=("весн(?:а|ой|ы)", "лет(?:о|ом)", "осен(?:ь|ью|и)", "зим(?:а|ой|ы)"),
    units=(
        *("(?:день|дня|дней|дни|дне)", "недел[ьяиюе]", "месяц(?:а|ев|е|ы)?", "(?:год(?:а|у|ы|ов)?|лет)"),
        "час(?:а|ов|ы)?",
    ),
    numbers=(
        *("один|одну|одна|1", "два|две|2", "три|3", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
        *("десять", "одиннадцать", "двенадцать"),
    ),
    past="(?:прошл|последн|минувш)[а-я]+",
    this="эт(?:о[йтм]|а|у|и|их)",
    following="следующ[а-я]+",
    past_after="",
    ago="(?:{n} )?{unit} (?:тому )?назад",
    days=(("позавчера", -2), ("вчера", -1), ("сегодня", 0), ("послезавтра", 2), ("завтра", 1)),
    day_month=(r"{d}(?:-го)? {m}(?: {y})?",),
    of="",
    at="в|с|до|прошлом|этом|начале|середине|конце",
    parts=("(?:в )?начале", "(?:в )?середине", "(?:в )?конце"),
    since="с|начиная с|со времен",
    before="до",
    after="после",
    until="по|вплоть до",
    lead="в|во|на|за|от|из|к|течение",
    opening="между|с|от",
    joining="и|по|до|-|–",
    published="(?:стать[яиюей]+|публикаци[а-я]+)(?: опубликован[а-я]+)?",
    coverage="новост[ьией]+",
    out_of="за|от|из",
    fresh="(?:самы[ейх]+ )?свеж[а-я]+|последни[ех] новост[иьей]+|сейчас|теперь|текущ[а-я]+|нынешн[а-я]+",
    year_tail="(?: год(?:а|у|ом|ы)?| гг?\\.)",
)

CALENDARS = {"en": ENGLISH, "de": GERMAN, "es": SPANISH, "ru": RUSSIAN}
