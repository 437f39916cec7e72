"""Search terms: what an article says and what a question asks become the same words."""

from __future__ import annotations

import sqlite3
import threading
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.terms import background_idf, fold, question_terms, terms

LANGUAGES = ("en", "de", "es", "ru", "fr", "ar", "zh", "tr", "hi", "und", "xx")
LETTERS = "aAéÉñüßøłĐćœ .,'’0123456789-бйёمةأى总"


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "attacks attacked attacking", "attack attack attack"),
        ("en", "Russia's Russia’s Russians'", "Russia Russia Russians"),
        ("en", "HEADLINE", "headlines"),
        ("en", "café Erdoğan naïve", "cafe Erdogan naive"),
        ("en", "he'll they’re", "he they"),
        ("en", "O'Brien", "O’Briens"),
        ("de", "Häuser", "Haus"),
        ("de", "Müller", "Mueller"),
        ("de", "Straße", "STRASSE"),
        ("de", "Präsidenten", "Präsident"),
        ("es", "investigaciones", "investigacion"),
        ("es", "habló hablarían", "hablar hablar"),
        ("es", "presidente", "presidentes"),
        ("ru", "Путина", "Путин"),
        ("ru", "ещё Пу́тин", "еще Путин"),
        ("ru", "президентом", "президента"),
        ("fr", "l'élection", "L’élections"),
        ("ar", "مَدْرَسَة", "مدرسه"),
        ("ar", "أحمد إلى", "احمد الي"),
        ("ar", "الحكومة", "حكومة"),
        ("pl", "Łódź", "Lodz"),
        ("nb", "Ørsted", "orsted"),
        ("vi", "Đà Nẵng", "da nang"),
        ("tr", "İstanbul", "istanbul"),
        ("und", "ﬁnance", "finance"),
        ("ja", "ｼﾘｱ", "シリア"),
    ],
)
def test_forms_of_a_word_meet(lang: str, one: str, other: str) -> None:
    assert terms(one, lang) == terms(other, lang)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "told us", "told US"),
        ("en", "who said", "WHO said"),
        ("en", "1.2 million", "12 million"),
        ("en", "Iran", "Iraq"),
        ("und", "мой", "мои"),
        ("ja", "が", "か"),
        ("und", "की", "का"),  # (the Hindi stemmer takes both endings off)
    ],
)
def test_different_words_stay_apart(lang: str, one: str, other: str) -> None:
    assert terms(one, lang) != terms(other, lang)


@pytest.mark.parametrize("written", ["U.S.", "US", "USA", "U.S", "U.S.A.", "U.S.'s", "US's"])
def test_the_united_states_are_one_term_however_dotted(written: str) -> None:
    assert terms(f"The {written} troops", "en") == ["the", "usa", "troop"]


def test_dotted_acronyms_lose_their_dots() -> None:
    assert terms("The U.N.'s envoy met the E.U. in D.C. with J.K. Rowling", "en") == [
        *("the", "un", "envoy", "met", "the", "eu", "in", "dc", "with", "jk", "rowl"),
    ]


def test_who_in_a_shouted_question_is_the_question_word() -> None:
    assert terms("WHO SAID THIS", "en")[0] == "who"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1,200", ["1200"]),
        ("1.200", ["1200"]),
        ("1\u202f200", ["1200"]),
        ("12,345,678", ["12345678"]),
        ("1,200.50", ["1200d50"]),
        ("$1.2 million", ["1d2", "million"]),
        ("3.5%", ["3d5"]),
        ("3,5 %", ["3d5"]),
        ("4th", ["4"]),
        ("1st 2nd 3rd", ["1", "2", "3"]),
        ("1980s", ["1980s"]),
        ("12:30", ["12", "30"]),
        ("2017-11-21", ["2017", "11", "21"]),
        ("21.11.2017", ["21", "11", "2017"]),
        ("F-16 F-16s F16", ["f16", "f16", "f16"]),
        ("20-year-old", ["20", "year", "old"]),
        ("COVID-19", ["covid", "19"]),
        ("٣٫٥", ["3d5"]),
        ("１２", ["12"]),
        ("anti-government", ["anti", "govern"]),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_numbers_and_compounds(written: str, expected: list[str]) -> None:
    assert terms(written, "en") == expected


def test_chinese_becomes_bigrams_and_a_lone_character_stays() -> None:
    assert terms("总统访问Syria 3 月", "zh") == ["总统", "统访", "访问", "syria", "3", "月"]


def test_korean_and_thai_become_bigrams() -> None:
    assert terms("대통령", "ko") == ["대통", "통령"]
    assert terms("ไทย", "th") == ["ไท", "ทย"]


def test_an_unsupported_language_gives_folded_words() -> None:
    assert terms("Ārējās Lietas", "lv") == ["arejas", "lietas"]


@settings(deadline=None)
@given(st.text(), st.sampled_from(LANGUAGES))
def test_terms_are_letters_and_digits_only(text: str, lang: str) -> None:
    assert all(term.isalnum() for term in terms(text, lang))


@settings(deadline=None)
@given(st.text(LETTERS, max_size=40), st.sampled_from(LANGUAGES))
def test_folding_a_text_before_does_not_change_its_terms(text: str, lang: str) -> None:
    assert terms(fold(text), lang) == terms(text, lang)


@settings(deadline=None)
@given(st.text(), st.sampled_from(LANGUAGES))
def test_a_question_has_the_terms_of_its_text_each_at_its_place(text: str, lang: str) -> None:
    found = question_terms(text, lang)
    assert [term.term for term in found] == terms(text, lang)
    assert all(text[term.start : term.end] == term.surface for term in found)
    assert all(0 <= term.idf_background < 40 for term in found)


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(("en", "ru", "zh")))
def test_decomposed_text_gives_the_same_terms(text: str, lang: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert terms(unicodedata.normalize("NFD", composed), lang) == terms(composed, lang)


def test_full_text_search_keeps_every_term_whole() -> None:
    texts = [
        ("Erdoğan’s 1,200 troops", "en"),
        ("总统访问", "zh"),
        ("الحكومة أحمد", "ar"),
        ("мой ещё", "ru"),
        ("की हिन्दी", "und"),
    ]
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table t using fts5(body, tokenize='unicode61')")
    for text, lang in texts:
        for term in terms(text, lang):
            database.execute("delete from t")
            database.execute("insert into t values (?)", (f"zzz {term} zzz",))
            query = f'"zzz {term} zzz"'
            assert database.execute("select count(*) from t where t match ?", (query,)).fetchone() == (1,), term


def test_kinds_of_a_question() -> None:
    kinds = {
        t.term: t.kind
        for t in question_terms("What did Bashar Assad tell the WHO about 49 Aleppo attacks in May?", "en")
    }
    assert kinds == {
        **dict.fromkeys(("what", "did", "the", "about", "in"), "stop"),
        **dict.fromkeys(("bashar", "assad", "aleppo", "whoacronym"), "name"),
        **dict.fromkeys(("tell", "attack", "may"), "word"),
        "49": "number",
    }


def test_a_capital_at_the_start_is_no_name_unless_the_word_is_rare() -> None:
    assert question_terms("Rebels met Putin in Sochi", "en")[0].kind == "word"
    assert question_terms("Borshchevskaya met Putin in Sochi", "en")[0].kind == "name"


def test_a_question_in_small_letters_still_has_names() -> None:
    kinds = {t.term: t.kind for t in question_terms("who is bashar assad and what was decided", "en")}
    assert kinds["bashar"] == kinds["assad"] == "name"
    assert kinds["decid"] == "word"


def test_a_question_in_title_case_does_not_make_every_word_a_name() -> None:
    kinds = [t.kind for t in question_terms("What Did The President Say About The War In Aleppo", "en")]
    assert kinds.count("name") == 1


def test_a_shouted_question_does_not_make_every_word_a_name() -> None:
    kinds = {t.term: t.kind for t in question_terms("WHAT DID ASSAD SAY", "en")}
    assert (kinds["assad"], kinds["say"]) == ("name", "word")


def test_the_article_of_an_arabic_name_is_no_matter() -> None:
    assert [t.kind for t in question_terms("Where is al-Assad?", "en")] == ["stop", "stop", "stop", "name"]


def test_background_rarity_orders_words() -> None:
    the, syria, borshchevskaya = (background_idf(word, "en") for word in ("the", "Syria", "Borshchevskaya"))
    assert the < 0.1
    assert 4 < syria < 7 < borshchevskaya


def test_background_rarity_of_an_inflected_word_is_that_of_its_commoner_stem() -> None:
    assert background_idf("attacks", "en") == background_idf("attack", "en")


def test_the_pronoun_and_the_country_have_their_own_rarity() -> None:
    assert background_idf("us", "en") < 2 < background_idf("US", "en") == background_idf("U.S.", "en")


def test_a_language_without_frequencies_has_one_middling_rarity() -> None:
    assert background_idf("anything", "xx") == background_idf("else", "xx") > 5


def test_threads_get_the_same_terms() -> None:
    text = " ".join(f"word{i}ing attacks{'a' * (i % 7)} nation{'s' * (i % 2)}" for i in range(3000))
    expected = terms(text, "it")
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append(terms(text, "it"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4
