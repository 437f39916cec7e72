"""Where a message is looked for that may have been delivered."""

from __future__ import annotations

from bot.delivery.lanes import MOST_LOOKED, OWN_COUNT, Lanes

READER, OTHER = 1, 2
GROUP, SUPERGROUP = -5, OWN_COUNT - 5


def lanes() -> Lanes:
    return Lanes(lambda: 0.0)


def test_it_is_behind_the_last_message_of_its_chat() -> None:
    some = lanes()
    some.saw(SUPERGROUP, 10)
    with some.sending(SUPERGROUP) as numbers:
        assert numbers() == [11, 12, 13]


def test_it_is_nowhere_where_nothing_is_known_of_the_chat() -> None:
    some = lanes()
    some.saw(OTHER, 10)
    with some.sending(READER) as numbers:
        assert numbers() == []


def test_private_chats_and_basic_groups_share_one_count() -> None:
    some = lanes()
    some.saw(READER, 10)
    some.saw(GROUP, 40)
    with some.sending(READER) as numbers:
        assert numbers() == [11, 12, 13, 41, 42, 43]


def test_a_supergroup_counts_for_itself() -> None:
    some = lanes()
    some.saw(READER, 10)
    some.saw(SUPERGROUP, 40)
    with some.sending(READER) as numbers:
        assert numbers() == [11, 12, 13]


def test_it_may_be_among_all_that_came_meanwhile_but_under_no_number_that_is_anothers() -> None:
    some = lanes()
    some.saw(READER, 10)
    with some.sending(READER) as numbers:
        for number in (11, 12, 14, 16):
            some.saw(OTHER, number)
        assert numbers() == [13, 15, 17, 18, 19]


def test_messages_on_their_way_to_others_may_have_numbers_before_it() -> None:
    some = lanes()
    some.saw(READER, 10)
    some.saw(OTHER, 11)
    with some.sending(OTHER), some.sending(READER) as numbers:
        assert numbers() == [12, 13, 14, 15]
    with some.sending(READER) as numbers:
        assert numbers() == [12, 13, 14]


def test_it_is_not_under_a_number_that_is_known_as_ours() -> None:
    some = lanes()
    some.saw(SUPERGROUP, 10)
    with some.sending(SUPERGROUP) as numbers:
        some.saw(SUPERGROUP, 11, ours=True)
        assert numbers() == [12, 13]


def test_the_search_ends_somewhere() -> None:
    some = lanes()
    some.saw(READER, 10)
    with some.sending(READER) as numbers:
        some.saw(OTHER, 5_000)
        assert numbers() == list(range(11, 11 + MOST_LOOKED))
