"""French."""

from __future__ import annotations

from index.language.packs.pack import Asks, Pack

STOPWORDS = """
a ai ainsi alors apres au aucun aucune aussi autre autres aux avait avant avec avoir c ca car ce cela celle celles celui
ces cet cette ceux chez combien comme comment contre d dans de depuis des dont du elle elles en entre est et etaient
etait ete etre eu eux fut il ils j je jusqu l la laquelle le lequel les lesquelles lesquels leur leurs lui m ma mais me
meme mes moi mon n ne ni nos notre nous on ont ou par parce pas pendant peu plus pour pourquoi qu quand que quel quelle
quelles quels qui quoi s sa sans se selon sera ses si son sont sous sur t ta te tes toi ton tous tout toute toutes tres
tu un une vers vos votre vous y
"""

PACK = Pack(
    code="fr",
    stopwords=STOPWORDS,
    question_words={
        Asks.WHO: "qui",
        Asks.WHERE: "où",
        Asks.WHEN: "quand",
        Asks.WHY: "pourquoi",
        Asks.HOW: "comment",
        Asks.WHICH: "quel quelle quels quelles lequel laquelle",
        Asks.WHAT: "que quoi qu'est-ce",
        Asks.COUNT: "combien",
    },
    phrases=((r"\bpour\s+quelle\s+raison\b", Asks.WHY),),
)
