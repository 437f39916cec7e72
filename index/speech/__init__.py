"""Who is speaking in a quotation, by rules that prefer silence to a wrong name.

Called by the quoting code for the words it emphasises. Pure. The speaker is read from the attribution after, before or
within the quoted words; from the quotation that these words continue, in this paragraph or the one before; or, behind
"he said", from the one person it can be. Words in quotation marks that nobody is said to have spoken (titles,
nicknames, scare quotes) have no speaker. Indirect speech has one only where the sentence says "according to NAME" or
opens with "NAME said that". Unsure means None. Names and descriptions are slices of the text, as printed there: "Putin"
stays "Putin".

    quotations     where quotation marks open and close, and sentences that lean on the one before
    tokens         the words of narrator's text          lexicon      verbs, roles, given names
    apposition     ", a fellow at ..."                   nounphrase   "Foreign Minister Ilya Surikov", "she"
    scene          paragraphs with quotations masked     attribution  "...," said NAME
    mentions       the people named around               reading      all of it together: speaker()
    denials        sentences that take back or deny the one before
"""

from index.speech.denials import denies, takes_back
from index.speech.quotations import balanced, opens_dependent, quotations
from index.speech.reading import speaker

__all__ = ["balanced", "denies", "opens_dependent", "quotations", "speaker", "takes_back"]
