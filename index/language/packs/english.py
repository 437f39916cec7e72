"""English."""

from __future__ import annotations

from index.language.packs.pack import Asks, Calendar, FollowUp, Pack, Topics

STOPWORDS = """
a about above after again against all also am an and any anyone anything are arent as at be because been before being
below between both but by can cannot cant could couldnt d did didnt do does doesnt doing dont down during each either
else ever every for from further had hadnt has hasnt have havent having he her here hers herself him himself his how
however i if in into is isnt it its itself just ll m many may me might mine more most much must my myself neither no nor
not of off on once only onto or other ought our ours ourselves out over own please re s same shall she should shouldnt
so some somebody someone something such t than that the their theirs them themselves then there these they this
those though through to too toward towards under until up upon us ve very was wasnt we were werent what whatever when
whenever where wherever whether which while who whoever whom whose why will with within without wont would wouldnt yet
you your yours yourself yourselves
"""

CALENDAR = Calendar(
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

# Verbs that headlines and short notes are full of: with one of them three words are a statement, not a topic.
VERBS = (
    "met meet meets won win wins said say says die dies left leave leaves quit quits made make makes took take takes "
    "gave give gives went go goes came come comes got get gets lost lose loses sold sell sells bought buy buys hit "
    "hits cut cuts ran run runs saw see sees told tell tells kept keep keeps held hold holds fell fall falls rose "
    "rise rises began begin begins broke break breaks spoke speak speaks wrote write writes shot struck fled "
    "resign resigns happen happens show tell find explain list give"
)
AUXILIARIES = (
    "is are was were am do does did has have had will would can could should shall may might must isn't aren't wasn't "
    "weren't don't doesn't didn't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't"
)
COUNTED = r"\bhow\s+(?:many|often|frequently)\b|\bhow\s+few\b"
MEASURED = (
    r"\bhow\s+(?:much|long|old|far|big|large|high|tall|fast|deep|wide|heavy|late|soon|close|expensive|hot|cold|strong)\b"
    r"|\b(?:what|which)\s+(?:\w+\s+)?(?:percent(?:age)?|proportion|share|fraction|number|amount|price|cost|salary|score)\b"
    r"|\bat\s+what\s+age\b"
)
DATED = (
    r"\b(?:in|on|by|since|until|from|during)?\s*(?:what|which)\s+(?:year|month|day|date|week|decade|century)\b"
    r"|\bwhat\s+time\b|\bhow\s+long\s+ago\b"
)
PLACED = r"\b(?:what|which)\s+(?:\w+\s+){0,2}?(?:city|country|state|town|island|village|county|region|place)\b"
CREDIT = (
    r"\bwho\s+(?:reported|wrote|is\s+reporting|covered|filed|authored|contributed|photographed|took\s+(?:the|this)\s+"
    r"(?:photo|picture)|is\s+the\s+(?:author|reporter|writer|journalist|photographer))\b"
    r"|\b(?:which|what)\s+(?:reporter|journalist|correspondent|writer|author|photographer|news\s+agency)s?\b"
    r"|\bwritten\s+by\s+whom\b|\bwhose\s+byline\b"
)
MEDIA = r"(?:news|articles?|stories|story|coverage|headlines?|reports?|updates?|developments?)"
# "News about the ferry", "anything new on the strike?", "latest Ostvik news", "Ostvik headlines".
TOPICS = Topics(
    lead=(
        r"\s*(?:show me |give me |is there |are there |the |all |any |some )*"
        rf"(?:(?:(?:latest|newest|most recent|recent|breaking) )?{MEDIA}|"
        r"latest|newest|anything new|something new|what(?:['’]s| is) new)"
        r"(?:\s+(?:on|about|from|of|regarding|concerning|with|in)\s+(?:the\s+)?|\s*[?.!]*\s*$)"
    ),
    before=r"\s*(?:the )?(?:(?:latest|newest|most recent|recent)\s+)?(?=\w)",
    after=r"(?<=\w)(?:\s+(?:latest|news|headlines|coverage|updates|stories|articles))+\s*[.!]*\s*$",
)
FOLLOW_UP = FollowUp(
    opening=r"^(?:and|but|also|so|then|ok(?:ay)?)\b[\s,]*",
    about=r"^(?:what|how)\s+about\s+(?P<topic>.+?)\s*\??$",
    persons={"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "they": "", "them": ""},
    things=("it", "this", "that", "there", "else"),
    owned=r"\b(?:his|their)\b|\bher(?=\s+(?!(?:about|to|on|at|in|for|with|from|that|say|do|as)\b)\w)",
    asking=(
        r"how\s+(?:much|many|long|often|far|big|high|old)"
        r"(?=\s+(?:is|are|was|were|did|do|does|has|have|had|will|would|can|could)\b)"
    ),
    subject=r"\bwhat\s+(?:did|does|has|had|will|would)\s+$|^\W*who\s+(?:is|was)\s+$",
)
NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion dozen half twice double triple"
)
DATES = (
    "january february april june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday summer autumn winter today yesterday tomorrow"
)
# "May", "the march", "rents fall" and "a spring above the town" are dates only where they stand as dates do. Case
# counts, so a group sets its own flags.
DOUBTFUL_DATES = (
    r"\b(?i:in|by|since|until|till|during|last|next|this|early|late|mid)[ -](?:the )?(March|May|(?i:fall|spring))\b"
    r"|\b(?i:from|to|of) (March|May)\b"  # but rents begin "to fall"
    r"|\b(March|May)['’]s\b"
)
PRONOUNS = "he she they it his her their its him them"
BE = "is are was were be been being"
TITLES = (
    "mr mrs ms dr prof professor mayor president minister chancellor senator governor judge justice chief sir lady "
    "lord king queen prince princess pope bishop captain general colonel sheriff representative secretary deputy "
    "prime former acting vice director chairman chairwoman coach"
)

PACK = Pack(
    code="en",
    stopwords=STOPWORDS,
    calendar=CALENDAR,
    question_words={
        Asks.WHO: "who whom whose who's",
        Asks.WHERE: "where",
        Asks.WHEN: "when",
        Asks.WHY: "why",
        Asks.HOW: "how",
        Asks.WHICH: "which",
        Asks.WHAT: "what what's",
    },
    phrases=(
        (COUNTED, Asks.COUNT),
        (DATED, Asks.WHEN),
        (MEASURED, Asks.AMOUNT),
        (PLACED, Asks.WHERE),
    ),
    auxiliaries=AUXILIARIES,
    verbs=VERBS,
    participle="ed",
    credit=CREDIT,
    topics=TOPICS,
    follow_up=FOLLOW_UP,
    numbers=NUMBERS,
    dates=DATES,
    doubtful_dates=DOUBTFUL_DATES,
)
