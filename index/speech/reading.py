"""Puts the attributions of an article together: continued quotations, "he said", posts, interviews, indirect speech.

Called through index.speech only. Pure. See the package for what it promises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.datatypes import Sentence, Span, Speaker
from index.speech import lexicon as words
from index.speech.attribution import ACCORDING, Attribution, Voice, voice
from index.speech.mentions import Mention, anybody_else, mentions
from index.speech.nounphrase import Kind, phrase
from index.speech.scene import Scene, overlap
from index.speech.tokens import tokens

_PARAGRAPHS_BACK = 3
_POST = re.compile(r"[—–]\s*(?P<name>[^—–@()\n]{3,60}?)\s*\(@\w+\)\s*(?:\w+\.? \d{1,2}, \d{4})?\s*$")
_TURN = re.compile(r"(?P<name>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,2}):\s+\S")
_SAID_THAT = re.compile(
    r"\s*(?:has |had |also |later )*(?:said|says|warned|argued|insisted|added|testified)\s+(?:\w+day\s+)?that\b"
)


def speaker(text: str, sentences: Sequence[Sentence], span: Span) -> Speaker | None:
    """Who speaks the quoted words inside `span` of `text`; None where nobody does or it is not certain.

    `sentences` are those of the whole text, as segment.sentences gives them. Where `span` holds words of two speakers,
    or words whose speaker is unknown next to words whose speaker is known, the answer is None.
    """
    return _Reading(Scene(text, sentences)).speaker(span)


class _Reading:
    """The paragraphs around one span, read for quotations and attributions. Lives for one call."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.attribution = Attribution(scene)
        self.voices: dict[tuple[int, int], Voice | None] = {}

    def speaker(self, span: Span) -> Speaker | None:
        here = [at for at, paragraph in enumerate(self.scene.paragraphs) if overlap(paragraph, span)]
        if not here:
            return None
        self.scene.mask(max(0, here[0] - _PARAGRAPHS_BACK), here[-1] + 1)
        found, seen = self._quoted(here, span)
        if not seen:
            voice = self._post(here, span) or self._turn(here) or self._indirect(span)
            found = [voice] if voice else []
        spoken = {self._named(voice) for voice in found}
        if len({each.name if each else None for each in spoken}) != 1:
            return None
        return max(spoken, key=lambda each: len(each.description or "") if each else 0)

    def _named(self, voice: Voice | None) -> Speaker | None:
        if voice is None or voice.name is None or voice.kind not in (Kind.NAMED, Kind.ORGANISATION):
            return None
        name = voice.name.of(self.scene.text)
        about = voice.about.of(self.scene.text) if voice.about else None
        if "\n" in name:
            return None
        return Speaker(name, about if about and "\n" not in about else None)

    def _quoted(self, here: list[int], span: Span) -> tuple[list[Voice | None], bool]:
        """The voices of the quotations that `span` touches, and whether it touches any."""
        found: list[Voice | None] = []
        seen = False
        for at in here:
            for k, quote in enumerate(self.scene.quoted[at]):
                shared = overlap(quote, span)
                if shared and any(map(str.isalnum, shared.of(self.scene.text))):
                    seen = True
                    voice = self.spoken_by(at, k)
                    if self._named(voice) or self.scene.is_utterance(at, k):
                        found.append(voice)
        return found, seen

    def spoken_by(self, at: int, k: int) -> Voice | None:
        """Who speaks quotation `k` of paragraph `at`."""
        key = (at, k)
        if key not in self.voices:
            self.voices[key] = None  # a quotation never continues itself
            voice = self.attribution.own(at, k)
            if voice is None and self.scene.is_utterance(at, k):
                voice = self._continued(at, k)
            elif voice is not None and voice.kind is Kind.PRONOUN:
                voice = self._resolved(at, k, voice)
            self.voices[key] = voice
        return self.voices[key]

    # --- words that go on where a quotation before or after them left off

    def _continued(self, at: int, k: int) -> Voice | None:
        quotes = self.scene.quoted[at]
        quote = quotes[k]
        for earlier in range(k):  # in order, so that a long chain is never followed link by link
            self.spoken_by(at, earlier)
        if k and self._quietly(quotes[k - 1].end, quote.start):
            return self.spoken_by(at, k - 1)
        if k == 0 and not self.scene.masked[self.scene.paragraphs[at].start : quote.start].strip() and at:
            return self._from_paragraph_before(at)
        if k + 1 < len(quotes) and not self.scene.masked[quote.end : quotes[k + 1].start].strip():
            return self.attribution.own(at, k + 1)
        return None

    def _from_paragraph_before(self, at: int) -> Voice | None:
        before = self.scene.quoted.get(at - 1)
        if not before or self.scene.numbers[at] - self.scene.numbers[at - 1] > 2:
            return None
        last, end = before[-1], self.scene.paragraphs[at - 1].end
        opened = last.end == end and self.scene.text[end - 1] not in '”"»“«」'
        if opened or self._quietly(last.end, end):
            return self.spoken_by(at - 1, len(before) - 1)
        return None

    def _quietly(self, start: int, stop: int) -> bool:
        """Whether between two quotations stands at most an attribution and narration in which nobody else appears."""
        ends = [sentence.end for sentence in self.scene.sentences if start <= sentence.end <= stop]
        rest = self.scene.masked[ends[0] if ends else stop : stop]
        return not any(
            (token.is_capital and token.bare not in words.NOT_NAMES) or token.text in words.SAYING
            for token in tokens(rest, 0, len(rest))
        )

    # --- “...,” he said

    def _resolved(self, at: int, k: int, voice: Voice) -> Voice | None:
        """The one person the pronoun can be: of those named around it, or the last speaker with nobody named since."""
        assert voice.name is not None
        unlike = "f" if voice.name.of(self.scene.text).lower() in words.MALE else "m"
        first = self.scene.paragraphs[max(0, at - (_PARAGRAPHS_BACK - 1))].start
        sentence = self.scene.sentence_start(voice.name.start)
        around = mentions(
            self.scene.masked, first, max(sentence, self.scene.quoted[at][k].start), self._introduced(first)
        )
        named = [mention for mention in around if mention.gender != unlike]
        found = _only(named) or self._speaking_on(at, k, named) or self._indirect_speaker(sentence, named)
        if found is None:
            return None
        last = max(mention.name.end for mention in named if mention.key == found.key)
        if _only(named):  # nobody spoke before: nobody else may stand in that paragraph
            last = max(p.start for p in self.scene.paragraphs if p.start <= last)
        known = {word.lower() for mention in around for word in self._words_known(mention, found, unlike)}
        if anybody_else(self.scene.masked, last, max(last, sentence), known):
            return None
        return Voice(Kind.NAMED, found.name, found.about, voice.verb)

    def _introduced(self, stop: int) -> list[Mention]:
        """The people introduced further up in the article by more than a surname."""
        return [mention for mention in mentions(self.scene.masked, 0, stop) if " " in mention.name.of(self.scene.text)]

    def _words_known(self, mention: Mention, found: Mention, unlike: str) -> list[str]:
        """The words of a name that leave the choice as it is: of the one found, and of those it cannot be."""
        return mention.name.of(self.scene.text).split() if mention.key == found.key or mention.gender == unlike else []

    def _speaking_on(self, at: int, k: int, named: list[Mention]) -> Mention | None:
        """The last speaker, where nobody else it can be is named since."""
        last = self._last_speaker(at, k)
        if last is None or last.name is None:
            return None
        surname = last.name.of(self.scene.text).split()[-1]
        if any(mention.name.start > last.name.start and mention.key != surname for mention in named):
            return None
        return _only([mention for mention in named if mention.key == surname])

    def _indirect_speaker(self, stop: int, named: list[Mention]) -> Mention | None:
        """Whoever opens the sentence before with "NAME says", where nobody else it can be is named behind."""
        before = next((s for s in reversed(self.scene.sentences) if s.end <= stop), None)
        if before is None:
            return None
        subject = phrase(self.scene.masked, before.start, before.end)
        if subject is None or subject.kind is not Kind.NAMED or subject.name is None:
            return None
        if self.attribution.verb_at(subject.end, before.end) is None:
            return None
        since = [mention for mention in named if mention.name.start >= subject.name.start]
        return _only(since)

    def _last_speaker(self, at: int, k: int) -> Voice | None:
        if k:
            return self.spoken_by(at, k - 1)
        before = self.scene.quoted.get(at - 1)
        return self.spoken_by(at - 1, len(before) - 1) if before else None

    # --- speech without quotation marks

    def _post(self, here: list[int], span: Span) -> Voice | None:
        """A post with its author's handle: the words before "— NAME (@handle)"."""
        paragraph = self.scene.paragraphs[here[0]]
        match = _POST.search(self.scene.text, paragraph.start, paragraph.end)
        if (
            len(here) > 1
            or match is None
            or span.start >= match.start()
            or _words_before(self.scene.text, paragraph, match) > 90
        ):
            return None
        return Voice(Kind.NAMED, Span(*match.span("name")), None, match.start())

    def _turn(self, here: list[int]) -> Voice | None:
        """A turn of an interview, "Falk: ...": a label that answers a question and is in the text as a full name."""
        at = here[0]
        match = _TURN.match(self.scene.text, self.scene.paragraphs[at].start, self.scene.paragraphs[at].end)
        if (
            len(here) > 1
            or match is None
            or at == 0
            or not self.scene.paragraphs[at - 1].of(self.scene.text).rstrip().endswith("?")
        ):
            return None
        label = match["name"]
        full = rf"\b[^\W\d_a-z][\w.’'-]+ {re.escape(label)}\b" if " " not in label else re.escape(label)
        if not label.istitle() or re.search(full, self.scene.text) is None or label.lower() in words.NOT_NAMES:
            return None
        return Voice(Kind.NAMED, Span(*match.span("name")), None, match.start())

    def _indirect(self, span: Span) -> Voice | None:
        """ "according to NAME" at either end of the one sentence asked about, or "NAME said that" at its start."""
        inside = [sentence for sentence in self.scene.sentences if overlap(sentence.span, span)]
        if len(inside) != 1:
            return None
        start, stop = inside[0].start, inside[0].end
        for match in ACCORDING.finditer(self.scene.masked, start, stop):
            found = phrase(self.scene.masked, match.end(), stop)
            if found is None:
                return None
            at_end = not self.scene.masked[found.end : stop].strip(" .\n")
            if (
                at_end
                or (match.start() == start and self.scene.masked[found.end : found.end + 1] in ("", ","))
                or (match.start() == start and self.scene.masked[found.end - 1] == ",")
            ):
                return voice(found, match.start())
            return None
        found = phrase(self.scene.masked, start, stop)
        if (
            found is None
            or self.attribution.is_common(found)
            or not _SAID_THAT.match(self.scene.masked, found.end, stop)
        ):
            return None
        return voice(found, start)


def _only(named: list[Mention]) -> Mention | None:
    """The fullest mention where all are of one person, else None."""
    if len({mention.key for mention in named}) != 1:
        return None
    return max(named, key=lambda mention: (len(mention.name), mention.about is not None))


def _words_before(text: str, paragraph: Span, match: re.Match[str]) -> int:
    return len(text[paragraph.start : match.start()].split())
