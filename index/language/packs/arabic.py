"""Arabic: no letter has a capital."""

from __future__ import annotations

from index.language.packs.pack import Pack

STOPWORDS = """
في من علي الي عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا متي اين كيف لماذا كم هل هو هي هم هن نحن انا انت ان اذا او
ثم و لا لم لن ليس كان كانت كانوا يكون قد كل بعض بين بعد قبل عند حتي غير كما لكن اي منذ خلال حول ضد دون هناك هنا له لها
لهم به بها منه منها فيه فيها عليه عليها لدي اما ايضا
"""

PACK = Pack(
    code="ar",
    stopwords=STOPWORDS,
    capitals_are_names=False,
)
