"""Batches: one line in, one line out, in order, whatever is in the lines."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.batch import BadLine, Query, answers, day_of, read
from index.datatypes import Answer, AnswerKind
from index.errors import StoreLocked


def echo(query: Query) -> Answer:
    return Answer("id", query.question, query.as_of, "en", AnswerKind.DECLINED, 0.1)


def run(*lines: bytes, ask=echo) -> list[dict]:
    return [json.loads(line) for line in answers(lines, ask)]


def test_a_line_is_a_question_with_its_own_id_and_day():
    assert read(b'{"question": "Who?", "id": "q1", "date": "2022-06-13", "more": 1}\n') == Query(
        "Who?", "q1", date(2022, 6, 13)
    )
    assert read('\ufeff{"question": "Who?", "id": 4}'.encode()) == Query("Who?", 4)


@pytest.mark.parametrize(
    "line, error, id",
    [
        (b"\n", "the line is empty", None),
        (b"{", "the line is not JSON", None),
        (b"\xff", "the line is not UTF-8 text", None),
        (b"[" * 100_000, "the line is not JSON", None),
        (b'"Who?"', "the line is not an object", None),
        (b'{"id": "a"}', "there is no question in it", "a"),
        (b'{"id": "a", "question": " "}', "question is not a text with words in it", "a"),
        (b'{"id": "a", "question": 3}', "question is not a text with words in it", "a"),
        (b'{"id": "a", "question": "\\ud800"}', "question is not valid Unicode", "a"),
        (b'{"id": ["a"], "question": "Who?"}', "id is neither a text nor a whole number", None),
        (b'{"id": 1, "question": "Who?", "date": "last week"}', "date 'last week' is not a day", 1),
        (b'{"id": 1, "question": "Who?", "date": 2022}', "date '2022' is not a day", 1),
    ],
)
def test_a_bad_line_is_told_with_its_id(line, error, id):
    with pytest.raises(BadLine) as caught:
        read(line)
    assert str(caught.value).startswith(error)
    assert caught.value.id == id


def test_the_order_is_kept_and_bad_lines_cost_only_themselves():
    told = run(b'{"question": "One?", "id": 1}', b"nonsense", b'{"question": "Two?", "date": "2020-01-02"}')
    assert [(line["id"], line.get("question"), line.get("error")) for line in told] == [
        (1, "One?", None),
        (None, None, "the line is not JSON"),
        (None, "Two?", None),
    ]
    assert told[2]["as_of"] == "2020-01-02"


def test_trouble_with_the_archive_is_told_in_the_line():
    def locked(query: Query) -> Answer:
        raise StoreLocked("the database is in use")

    assert run(b'{"question": "Who?", "id": "x"}', ask=locked) == [{"id": "x", "error": "the database is in use"}]


def test_a_fault_of_ours_costs_its_own_line_only(caplog):
    def one_fails(query: Query) -> Answer:
        if query.id == 1:
            raise RuntimeError("the inside of it")
        return echo(query)

    told = run(b'{"question": "Who?", "id": 1}', b'{"question": "Who?", "id": 2}', ask=one_fails)
    assert told[0] == {"id": 1, "error": "this should not have happened (RuntimeError)"}
    assert told[1]["id"] == 2
    assert "the inside of it" in caplog.text


@given(
    st.lists(
        st.binary(max_size=60)
        | st.dictionaries(st.sampled_from(["question", "id", "date"]), st.text()).map(
            lambda record: json.dumps(record).encode()
        )
    )
)
def test_whatever_comes_in_one_line_goes_out_for_each(lines):
    told = run(*lines)
    assert len(told) == len(lines)
    assert all(line.keys() == {"id", "error"} or line["schema"] == 1 for line in told)


@pytest.mark.parametrize(
    "words", ["20220613", "2022-W01-1", "2022-13-01", "2022-02-30", "2022-06", "", "2022-06-13 ", None]
)
def test_only_a_whole_day_is_a_day(words):
    with pytest.raises(ValueError, match="is not a day written as YYYY-MM-DD"):
        day_of(words)
