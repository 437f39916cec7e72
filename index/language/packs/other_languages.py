"""Languages of which only the question words are known. One that grows gets a file of its own."""

from __future__ import annotations

from index.language.packs.pack import Asks, Pack

ITALIAN = Pack(
    code="it",
    question_words={
        Asks.WHO: "chi",
        Asks.WHERE: "dove",
        Asks.WHEN: "quando",
        Asks.WHY: "perché",
        Asks.HOW: "come",
        Asks.WHICH: "quale quali",
        Asks.WHAT: "cosa",
        Asks.COUNT: "quanti quante",
        Asks.AMOUNT: "quanto quanta",
    },
)
PORTUGUESE = Pack(
    code="pt",
    question_words={
        Asks.WHO: "quem",
        Asks.WHERE: "onde aonde",
        Asks.WHEN: "quando",
        Asks.HOW: "como",
        Asks.WHICH: "qual quais",
        Asks.WHAT: "quê",
        Asks.COUNT: "quantos quantas",
        Asks.AMOUNT: "quanto quanta",
    },
    phrases=((r"\bpor\s+qu[eê]\b", Asks.WHY),),
)
UKRAINIAN = Pack(
    code="uk",
    question_words={
        Asks.WHO: "хто кого кому ким чий чия",
        Asks.WHERE: "де куди звідки",
        Asks.WHEN: "коли",
        Asks.WHY: "чому навіщо",
        Asks.HOW: "як",
        Asks.WHICH: "який яка яке які якого якому яку",
        Asks.WHAT: "що чого чим",
        Asks.COUNT: "скільки",
    },
)
DUTCH = Pack(
    code="nl",
    question_words={
        Asks.WHO: "wie wiens",
        Asks.WHERE: "waar waarheen",
        Asks.WHEN: "wanneer",
        Asks.WHY: "waarom",
        Asks.HOW: "hoe",
        Asks.WHICH: "welke welk",
        Asks.WHAT: "wat waarmee waarover",
        Asks.COUNT: "hoeveel",
    },
    phrases=((r"\bhoe\s+(?:lang|oud|hoog|ver|groot)\b", Asks.AMOUNT),),
)
POLISH = Pack(
    code="pl",
    question_words={
        Asks.WHO: "kto kogo komu kim czyj czyja",
        Asks.WHERE: "gdzie dokąd skąd",
        Asks.WHEN: "kiedy",
        Asks.WHY: "dlaczego czemu",
        Asks.HOW: "jak",
        Asks.WHICH: "który która które jaki jaka jakie",
        Asks.WHAT: "co czego czym",
        Asks.COUNT: "ile ilu",
    },
)
OTHERS = (ITALIAN, PORTUGUESE, UKRAINIAN, DUTCH, POLISH)
