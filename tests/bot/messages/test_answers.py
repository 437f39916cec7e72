"""What every reply holds to, whatever the lengths and scripts of what it shows."""

from __future__ import annotations

from hashlib import sha256

import pytest
from citations import ANSWER_ID, CHAT, ENCODE, SEAL, answer, card, citation
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.messages.answers import answer_reply, context_reply, paragraphs_around, receipt_reply
from bot.messages.attribution import is_named_by
from bot.messages.buttons import LONGEST as LONGEST_DATA
from bot.messages.buttons import Press, decode
from bot.messages.catalogue import catalogue, languages
from bot.messages.lists import coverage_reply, topic_of
from bot.messages.page import FOLDED_QUOTE, LONGEST, QUOTE
from bot.messages.reply import Reply
from index.datatypes import (
    Answer,
    AnswerKind,
    ArticleCard,
    ArticleLabel,
    Citation,
    Context,
    Coverage,
    DateOrigin,
    Filter,
    Label,
    Notice,
    NoticeKind,
    PartialDate,
    Span,
    Speaker,
    Withheld,
)

EN = catalogue("en")

any_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400)
names = st.one_of(st.none(), any_text)
urls = st.one_of(
    st.none(),
    any_text,
    st.sampled_from(
        ["https://news.example.org/a?b=c", "http://localhost/x", "ftp://x.example", "https://u:p@x.example/"]
    ),
    st.text("abc/", max_size=3_000).map(lambda path: f"https://example.org/{path}"),
)
dates = st.sampled_from([None, PartialDate("2017"), PartialDate("2017-11"), PartialDate("2017-11-21")])


@st.composite
def cards(draw: st.DrawFn) -> ArticleCard:
    return ArticleCard(
        id=draw(st.integers(1, 10**9)),
        title=draw(any_text),
        outlet=draw(names),
        agency=draw(names),
        authors=tuple(draw(st.lists(any_text, max_size=5))),
        contributors=tuple(draw(st.lists(any_text, max_size=3))),
        published=draw(dates),
        date_origin=DateOrigin.FIELD,
        label=draw(st.sampled_from([None, *ArticleLabel])),
        url=draw(urls),
        caption_date=draw(dates),
    )


def whole_words(words: str) -> list[tuple[int, int]]:
    """Ranges that begin and end at a sign, as sentences do."""
    signs = [at for at, sign in enumerate(words) if not sign.isspace()]
    return [(signs[0], signs[-1] + 1), (signs[0], signs[0] + 1), (signs[len(signs) // 2], signs[-1] + 1)]


@st.composite
def citations(draw: st.DrawFn, longest: int = 2_000) -> Citation:
    words = draw(st.text(st.sampled_from("aé漢🙂 \n.\u0301<&_*"), min_size=1, max_size=60)).strip() or "x"
    words = (words + " ") * draw(st.integers(1, longest // len(words)))
    words = words.strip() or "x"
    start, end = draw(st.sampled_from(whole_words(words)))
    at = draw(st.integers(0, 5_000))
    few = st.lists(cards(), max_size=3).map(tuple)
    return Citation(
        article=draw(cards()),
        version_id=draw(st.integers(1, 10**9)),
        span=Span(at, at + len(words)),
        sha256=sha256(words.encode()).hexdigest(),
        text=words,
        highlight=draw(st.sampled_from([None, Span(start, end)])),
        kind=draw(st.sampled_from([Label.PROSE, Label.CAPTION, Label.CREDIT])),
        speaker=draw(st.one_of(st.none(), st.builds(Speaker, any_text, names))),
        passage=Span(at, at + len(words)),
        passage_text=words,
        score=1.0,
        also_in=draw(few),
        corrections=draw(few),
        newer=draw(few),
    )


notices = st.lists(
    st.builds(
        Notice, st.sampled_from(NoticeKind), st.dictionaries(st.sampled_from(["newest", "title", "used"]), any_text)
    ),
    max_size=8,
).map(tuple)
filters = st.lists(st.builds(Filter, st.sampled_from(["outlet", "author"]), any_text, any_text), max_size=6).map(tuple)


@st.composite
def answers(draw: st.DrawFn, kind: AnswerKind = AnswerKind.ANSWERED) -> Answer:
    answered = kind is AnswerKind.ANSWERED
    return Answer(
        id=ANSWER_ID,
        question="?",
        as_of=None,
        lang="en",
        kind=kind,
        confidence=0.5,
        quotes=tuple(draw(st.lists(citations(), min_size=1, max_size=3))) if answered else (),
        closest=() if answered else tuple(draw(st.lists(cards(), max_size=8))),
        notices=draw(notices),
        filters=draw(filters),
        newest_article=draw(dates),
    )


def utf_16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def covered(reply: Reply, entity: MessageEntity) -> str:
    units = reply.text.encode("utf-16-le")
    return units[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")  # raises inside a pair


def check(reply: Reply) -> None:
    """What Telegram demands of any message."""
    assert 0 < len(reply.text) <= LONGEST
    assert reply.text == reply.text.strip(), "Telegram would trim it, and every offset would shift"
    assert len(reply.entities) <= 100
    for entity in reply.entities:
        assert entity.offset >= 0 and entity.length > 0
        assert entity.offset + entity.length <= utf_16(reply.text)
        assert covered(reply, entity)
    for button in [button for row in reply.keyboard.inline_keyboard for button in row] if reply.keyboard else []:
        assert button.text.strip()
        if button.callback_data is not None:
            assert len(str(button.callback_data).encode()) <= LONGEST_DATA
            decode(SEAL, CHAT, str(button.callback_data))
        if button.copy_text is not None:
            assert 0 < utf_16(button.copy_text.text) <= 256


@settings(deadline=None)
@given(answer=answers(), n=st.integers(0, 2), brief=st.booleans(), lang=st.sampled_from(languages()))
def test_a_quote_stands_in_the_reply_word_for_word(answer: Answer, n: int, brief: bool, lang: str) -> None:
    reply = answer_reply(answer, n, catalogue(lang), ENCODE, brief=brief)
    check(reply)
    citation = answer.quotes[min(n, len(answer.quotes) - 1)]
    blocks = [entity for entity in reply.entities if entity.type in (QUOTE, FOLDED_QUOTE)]
    if reply.quoted is None:
        assert len(citation.text) > 1_000
        assert blocks == []
        return
    words = citation.highlight.of(citation.text) if brief and citation.highlight else citation.text
    assert reply.quoted.span.of(reply.text) == words
    assert reply.quoted.stands_in(reply.text)
    assert [covered(reply, block) for block in blocks] == [words], "one block, and nothing but the quote in it"


@settings(deadline=None)
@given(answer=answers())
def test_the_emphasised_words_are_bold_and_never_folded_away(answer: Answer) -> None:
    reply = answer_reply(answer, 0, EN, ENCODE)
    citation = answer.quotes[0]
    if reply.quoted is None or citation.highlight is None:
        return
    inside = [
        covered(reply, entity)
        for entity in reply.entities
        if entity.type == MessageEntity.BOLD and entity.offset < utf_16(reply.text[: reply.quoted.span.end])
    ]
    assert inside == [citation.highlight.of(citation.text)]
    folded = any(entity.type == FOLDED_QUOTE for entity in reply.entities)
    assert folded == (len(citation.text) > 600 and citation.highlight.end <= 180)


@settings(deadline=None)
@given(answer=st.one_of(answers(AnswerKind.DECLINED), answers(AnswerKind.EMPTY)))
def test_a_declined_answer_fits_and_quotes_nothing(answer: Answer) -> None:
    reply = answer_reply(answer, 0, EN, ENCODE)
    check(reply)
    assert reply.quoted is None
    assert not any(entity.type in (QUOTE, FOLDED_QUOTE) for entity in reply.entities)


@settings(deadline=None)
@given(citation=citations(), before=any_text, after=any_text, repeat=st.integers(1, 12), page=st.integers(-1, 1))
def test_context_fits_and_is_a_slice(citation: Citation, before: str, after: str, repeat: int, page: int) -> None:
    lead, tail = f"{before.strip()}\n\n" * repeat, f"\n\n{after.strip()}" * repeat
    text = (lead + citation.text + tail).strip("\n")
    start = citation.span.start - (lead + citation.text).lstrip("\n").find(citation.text)
    if not text.strip() or start < 0:
        return
    context = Context(citation, text, Span(start, start + len(text)), page, -1, 1, limited=True)
    reply = context_reply(answer(citation), 0, context, EN, ENCODE)
    assert len(reply.text) <= LONGEST
    assert reply.quoted is not None
    assert reply.quoted.span.of(reply.text) in text
    assert reply.quoted.stands_in(reply.text)


@given(text=st.text("ab\n", min_size=1, max_size=80), data=st.data(), room=st.integers(5, 60))
def test_paragraphs_grow_around_their_core_while_there_is_room(text: str, data: st.DataObject, room: int) -> None:
    assume(text.strip())
    core = Span(*data.draw(st.sampled_from(whole_words(text))))
    span = paragraphs_around(text, core, room)
    assert span.covers(core) or len(core) > room
    assert len(span) <= room
    assert span.end <= len(text)


@settings(deadline=None)
@given(items=st.lists(cards(), max_size=8).map(tuple), topic=any_text, page=st.integers(0, 40))
def test_a_list_of_coverage_fits(items: tuple[ArticleCard, ...], topic: str, page: int) -> None:
    reply = coverage_reply(Coverage(topic, items, page, 41, 320), EN, ENCODE)
    assert 0 < len(reply.text) <= LONGEST
    for entity in reply.entities:
        assert covered(reply, entity)


def labels(reply: Reply) -> list[str]:
    return [button.text for row in reply.keyboard.inline_keyboard for button in row] if reply.keyboard else []


def test_the_first_reply_names_headline_outlet_agency_date_byline_and_speaker() -> None:
    said = citation(speaker=Speaker("Ada Berg", "the harbour master"))
    assert answer_reply(answer(said), 0, EN, ENCODE).text == (
        "The wall will be raised. Work starts in May.\n"
        "Speaker: Ada Berg, the harbour master\n"
        "\n"
        "Harbour wall to be raised\n"
        "The Kesselau Courier (Northern Press Agency) · 21 Nov 2025\n"
        "By Jane Doe"
    )


def test_what_is_not_known_is_said_and_not_invented() -> None:
    bare = card(title="", outlet=None, agency=None, authors=(), published=None, url=None)
    text = answer_reply(answer(citation(article=bare)), 0, EN, ENCODE).text
    assert text.endswith("\n\nUntitled\noutlet not named · undated")


def test_a_caption_is_shown_as_one_with_the_date_of_its_photograph() -> None:
    article = card(published=PartialDate("2017"), caption_date=PartialDate("2017-11-21"))
    text = answer_reply(answer(citation(kind=Label.CAPTION, article=article)), 0, EN, ENCODE).text
    assert "· 2017\n" in text
    assert text.endswith("Caption of a photograph taken 21 Nov 2017")


def test_buttons_follow_what_there_is() -> None:
    two = answer(citation(), citation("Another one."))
    assert labels(answer_reply(two, 0, EN, ENCODE))[:3] == ["Next quote (2/2) ▶", "Context", "Open article"]
    assert labels(answer_reply(two, 1, EN, ENCODE))[0] == "◀ Previous quote"
    without_address = answer(citation(article=card(url=None)))
    assert "Open article" not in labels(answer_reply(without_address, 0, EN, ENCODE))


@pytest.mark.parametrize("why", [Withheld.LINK_ONLY, Withheld.TOO_LONG, Withheld.MAX_QUOTE_CHARS])
def test_what_may_not_be_quoted_is_shown_as_headline_and_link(why: str) -> None:
    reply = answer_reply(answer(citation(text="", highlight=None, withheld=why)), 0, EN, ENCODE)
    assert reply.quoted is None
    assert "at the source" in reply.text
    assert "Harbour wall to be raised" in reply.text
    assert "Context" not in labels(reply)


def test_a_withdrawn_quote_names_nothing_any_more() -> None:
    gone = citation(text="", highlight=None, withheld=Withheld.WITHDRAWN)
    reply = answer_reply(answer(gone), 0, EN, ENCODE)
    assert reply.text == "This quote was withdrawn: the article is no longer in the archive."
    assert labels(reply) == []


def test_stale_coverage_is_announced_first() -> None:
    stale = answer(citation(), notices=(Notice(NoticeKind.STALE, {"newest": "2017-11"}),))
    assert answer_reply(stale, 0, EN, ENCODE).text.startswith(
        "The newest article I have on this is from November 2017.\n\n"
    )


def test_the_closest_coverage_is_marked_as_no_answer() -> None:
    declined = answer(kind=AnswerKind.DECLINED, closest=(card(), card(id=8, title="Second")))
    reply = answer_reply(declined, 0, EN, ENCODE)
    assert reply.text == (
        "The archive does not answer this.\n\n"
        "The closest coverage, which is not an answer:\n"
        "1. Harbour wall to be raised — The Kesselau Courier, 21 Nov 2025\n"
        "2. Second — The Kesselau Courier, 21 Nov 2025"
    )
    assert labels(reply) == ["1", "2"]


def test_copying_gives_a_citation_that_fits() -> None:
    reply = answer_reply(answer(citation()), 0, EN, ENCODE)
    assert reply.keyboard is not None
    [copy] = [b.copy_text for row in reply.keyboard.inline_keyboard for b in row if b.copy_text]
    assert copy.text == (
        "“Harbour wall to be raised”, Jane Doe, The Kesselau Courier, 21 Nov 2025, https://courier.example.org/wall"
    )


def test_the_topic_of_a_list_is_read_back_from_its_message() -> None:
    from datetime import UTC, datetime

    from telegram import Chat, Message

    reply = coverage_reply(Coverage("Ada 🙂 Berg", (card(),), 0, 2, 9), EN, ENCODE)
    sent = Message(1, datetime.now(UTC), Chat(CHAT, "private"), text=reply.text, entities=reply.entities)
    assert topic_of(sent) == "Ada 🙂 Berg"


def test_the_longest_of_everything_fits_one_message() -> None:
    long = "漢字🙂 " * 500
    related = (card(title=long, outlet=long),) * 3
    crowded = citation(
        ("word " * 200).strip(),
        article=card(title=long, outlet=long, agency="x" + long, authors=(long,), contributors=(long,)),
        speaker=Speaker(long, long),
        kind=Label.CAPTION,
        also_in=related,
        corrections=related,
        newer=related,
    )
    notices = (Notice(NoticeKind.NEWER, {"title": long, "date": long}),) * 9
    reply = receipt_reply(answer(crowded, notices=notices), 0, EN, ENCODE)
    assert reply.quoted is not None
    check(reply)


def test_a_receipt_tells_version_span_and_checksum() -> None:
    text = receipt_reply(answer(citation(), generation=12), 0, EN, ENCODE).text
    assert "version 3" in text
    assert "Characters 100 to 144" in text
    assert citation().sha256 in text
    assert "generation 12" in text


def test_buttons_of_another_chat_are_refused() -> None:
    from bot.messages.buttons import Forged

    data = ENCODE(Press.QUOTE, ANSWER_ID, 1)
    assert decode(SEAL, CHAT, data).number(1) == 1
    for chat, forged in (
        (CHAT + 1, data),
        (CHAT, data.replace(".1.", ".2.")),
        (CHAT, "q.x.1"),
        (CHAT, ""),
        (None, data),
    ):
        with pytest.raises(Forged):
            decode(SEAL, chat, forged)


def test_another_quote_of_the_same_article_is_one_tap_away() -> None:
    two = answer(citation(), citation("The town pays half."), citation(article=card(id=99)))
    assert "More from this article" in labels(answer_reply(two, 0, EN, ENCODE))
    assert "More from this article" not in labels(answer_reply(two, 2, EN, ENCODE))
    context = Context(two.quotes[0], two.quotes[0].text, two.quotes[0].span, 0, 0, 0, limited=False)
    assert "Quote 2/3, same article" in labels(context_reply(two, 0, context, EN, ENCODE))


@pytest.mark.parametrize(
    ("title", "words", "named"),
    [
        ("The harbour is closed", "The harbour is closed. Ships wait.", True),
        ("The harbour is closed", "The harbour is closed", True),
        ("The harbour is closed and…", "The harbour is closed and nobody knows for how long.", True),
        ("The harbour", "The harbour is closed. Ships wait.", False),
        ("Harbour closed", "The harbour is closed. Ships wait.", False),
        ("", "The harbour is closed.", False),
        ("The harbour is closed", "", False),
    ],
)
def test_a_headline_that_is_the_first_sentence_of_the_quote_is_known(title: str, words: str, named: bool) -> None:
    assert is_named_by(card(title=title), words) is named
