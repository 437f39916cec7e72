"""Spanish."""

from __future__ import annotations

from index.language.packs.pack import Asks, Calendar, FollowUp, Pack, Topics

STOPWORDS = """
a al algo alguien algun alguna algunas alguno algunos ante antes aquel aquella aquellas aquellos aqui asi aun aunque
bajo bien cada como con contra cual cuales cualquier cuando cuanta cuantas cuanto cuantos cuya cuyo de del desde donde
dos durante e el ella ellas ello ellos en entre era eran eres es esa esas ese eso esos esta estaba estado estan estar
estas este esto estos estuvo fue fueron ha habia habian haber hacia han hasta hay he hemos hizo hoy la las le les lo los
mas me mediante mi mientras mis mucha muchas mucho muchos muy nada ni no nos nosotros nuestra nuestro o os otra otras
otro otros para pero poco por porque pues que quien quienes se sea segun ser si sido siempre sin sobre son su sus
tal tambien tampoco tan tanto te tiene tienen toda todas todo todos tras tu tus u un una unas uno unos usted y ya yo
"""

CALENDAR = Calendar(
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

PACK = Pack(
    code="es",
    stopwords=STOPWORDS,
    calendar=CALENDAR,
    question_words={
        Asks.WHO: "quién quiénes",
        Asks.WHERE: "dónde adónde",
        Asks.WHEN: "cuándo",
        Asks.HOW: "cómo",
        Asks.WHICH: "cuál cuáles",
        Asks.WHAT: "qué",
        Asks.COUNT: "cuántos cuántas",
        Asks.AMOUNT: "cuánto cuánta",
    },
    phrases=((r"\bpor\s+qué\b", Asks.WHY),),
    topics=Topics(
        lead=(
            r"[\s¿]*(?:hay |alguna |algo |las |los |últimas |todas las )*(?:noticias|novedades|artículos|nuevo)"
            r"(?:\s+(?:sobre|de|del|acerca de)\s+(?:el\s+|la\s+|los\s+|las\s+)?|\s*[?.!]*\s*$)"
        ),
    ),
    follow_up=FollowUp(
        opening=r"^[¿\s]*(?:y|pero|entonces)\b[\s,]*",
        about=r"^(?:qué\s+(?:hay|pasa)\s+(?:de|con))\s+(?P<topic>.+?)\s*\??$",
        persons={"él": "m", "ella": "f", "ellos": "", "ellas": ""},
        things=("eso", "esto", "ello", "allí"),
    ),
)
