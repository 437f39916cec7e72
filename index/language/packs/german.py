"""German."""

from __future__ import annotations

from index.language.packs.pack import Asks, Calendar, FollowUp, Pack, Topics

STOPWORDS = """
ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim
bevor bin bis bist da dabei dadurch dafur dagegen damit danach daran darauf daraus darin daruber darum das dass davon
dazu dein deine dem den denn der deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch
ein eine einem einen einer eines er es etwas euch euer fur gab gegen geht gibt habe haben hat hatte hatten hier hin
hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in ins ist ja jede jedem jeden jeder jedes jener kann kein
keine keinem keinen keiner konnen konnte man mehr mein meine mit muss mussen musste nach nicht nichts noch nun nur ob
oder ohne sehr sein seine seinem seinen seiner seines seit sich sie sind so solche soll sollen sollte sowie uber um und
uns unser unter vom von vor wahrend wann war waren warum was wegen weil welche welchem welchen welcher welches wem wen
wenn wer werde werden wessen wie wieso wieviel wieviele will wir wird wo woher wohin wollen wollte womit worden
wurde wurden zu zum zur zwar zwischen
"""

CALENDAR = Calendar(
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

PACK = Pack(
    code="de",
    stopwords=STOPWORDS,
    calendar=CALENDAR,
    question_words={
        Asks.WHO: "wer wen wem wessen",
        Asks.WHERE: "wo woher wohin",
        Asks.WHEN: "wann",
        Asks.WHY: "warum weshalb wieso",
        Asks.HOW: "wie",
        Asks.WHICH: "welche welcher welches welchen welchem",
        Asks.WHAT: "was womit worüber wofür wogegen",
        Asks.COUNT: "wieviele",
        Asks.AMOUNT: "wieviel",
    },
    phrases=(
        (r"\bwie\s+(?:viele|oft)\b", Asks.COUNT),
        (r"\bwie\s+(?:viel|lange|alt|hoch|weit|groß)\b", Asks.AMOUNT),
    ),
    topics=Topics(
        lead=(
            r"\s*(?:gibt es |was gibt es |alle |etwas )*"
            r"(?:neues|neuigkeiten|nachrichten|aktuelles|artikel|meldungen|berichte)"
            r"(?:\s+(?:zu[rm]?|über|von|aus)\s+(?:de[mnr]\s+|die\s+|das\s+)?|\s*[?.!]*\s*$)"
        ),
        before=r"\s*(?:(?:neueste|aktuelle)\s+)?(?=\w)",
        after=r"(?<=\w)\s+(?:neuigkeiten|nachrichten|aktuell|schlagzeilen)\s*[?.!]*\s*$",
    ),
    follow_up=FollowUp(
        opening=r"^(?:und|aber|also|dann)\b[\s,]*",
        about=r"^(?:was\s+ist\s+mit|wie\s+steht\s+es\s+um)\s+(?P<topic>.+?)\s*\??$",
        persons={"er": "", "ihn": "", "ihm": "", "sie": "", "ihr": "", "ihnen": ""},
        things=("es", "das", "dies", "dort", "daran", "dafür", "dabei"),
        subject=r"\bwas\s+(?:hat|sagt|sagte|hatte)\s+$",
    ),
    capitals_are_names=False,
)
