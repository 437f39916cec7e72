"""Furniture is recognised by its shape; whatever could be reporting stays prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.clean.captions import is_caption
from index.clean.furniture import is_furniture
from index.clean.paragraphs import read
from index.datatypes import Label

FURNITURE = [
    "Advertisement",
    "Read more",
    "READ MORE: What the bridge will cost",
    "Related: Mayor resigns",
    "Sign up for our newsletter.",
    "(You can get the five stories of the day delivered to your inbox. Sign up here.)",
    "Morning briefing: the day's stories in your inbox at six. Sign up here.",
    "Join our Telegram channel for all the news",
    "Subscribe to our podcast",
    "Follow Jane Doe on Twitter: @janedoe",
    "Contact Jane Doe at jane@example.com. Follow her on Twitter @janedoe.",
    "BRIDGE LATEST:City says the crack is longer than it thought",
    "PHOTOS: The bridge through the years",
    "►More:Why is the bridge closed?",
    "We use cookies to improve your experience.",
    "All rights reserved.",
    "© 2017 The Paper",
    "Distributed by Big Content Agency, LLC.",
    "Visit The Paper at",
    "https://example.com/a",
    "* * *",
    "___",
    "London CNN —",
    "This story has been updated with additional information.",
    "A version of this article appeared in our Sunday edition.",
    "Lesen Sie auch: Brücke gesperrt",
    "Anzeige",
    "Suscríbase a nuestro boletín",
    "Читайте также: мост закрыт",
    "Подпишитесь на наш канал",
    "Реклама",
]

REPORTING = [
    "The newspaper gained 3,000 subscribers after it started a newsletter in May, its editor said.",
    "“Sign up here,” the sergeant said, pushing the paper across the table.",
    "Subscribers can read the report in full, the ministry said.",
    "Follow the money, her old editor used to say, and that is what she did.",
    "Share prices fell by 3 percent.",
    "Share of the vote: 41 percent.",
    "Get out of the house, the firefighters told residents of Lantern Street.",
    "Join the army or go to prison: that was the choice he was given, he said.",
    "Copyright law was changed in 2019, and photographers have complained ever since.",
    "Cookies were baked by the hundred for the children of the lower town.",
    "The time was 10:30 a.m. when the first siren sounded.",
    "He gave one reason: money.",
    "Q: The council says the wall has held for 60 years.",
    "Related companies owe the bank $3 million, according to the filing.",
    "Visit after visit, the inspectors found the same fault at the plant.",
    "Advertisement sales fell by a fifth.",
    "By noon the square was empty.",
    "Мост закрыт на ремонт до конца года, сообщила мэрия.",
    "这座大桥将关闭到年底。",
]


@pytest.mark.parametrize("paragraph", FURNITURE)
def test_furniture(paragraph: str) -> None:
    assert is_furniture(paragraph)


@pytest.mark.parametrize("paragraph", REPORTING)
def test_reporting_is_neither_furniture_nor_caption(paragraph: str) -> None:
    assert not is_furniture(paragraph)
    assert not is_caption(paragraph)


def test_a_long_paragraph_is_never_furniture() -> None:
    assert not is_furniture("Sign up for our newsletter. " + "The council met and talked and went home. " * 20)


# -- lines labelled by hand, frozen before the rules were written -----------------------------------------------------

SPECIMENS = [
    tuple(line.split("\t", 1))
    for file in sorted((Path(__file__).parent / "furniture").glob("*.tsv"))
    for line in file.read_text("utf-8").splitlines()
]
STORY = "The harbour board of Oldbrook closed the east quay on Monday after divers found that four piles had rotted."


def labelled(line: str) -> Label:
    """What a line is in the middle of an article."""
    return read([STORY, line, STORY + " It will be mended."], title="A headline").labels[1]


def test_specimens_are_told_apart():
    furniture = [labelled(line) is Label.FURNITURE for label, line in SPECIMENS if label == "furniture"]
    others = [line for label, line in SPECIMENS if label != "furniture" and labelled(line) is Label.FURNITURE]
    assert len(SPECIMENS) >= 500
    assert sum(furniture) / len(furniture) >= 0.98  # recall
    assert sum(furniture) / (sum(furniture) + len(others)) >= 0.99, others  # precision


@pytest.mark.parametrize("line", [line for label, line in SPECIMENS if label == "caption"])
def test_captions_among_the_specimens(line):
    assert labelled(line) is Label.CAPTION


@pytest.mark.parametrize("line", [line for label, line in SPECIMENS if label == "credit"])
def test_credit_lines_among_the_specimens(line):
    assert labelled(line) in (Label.CREDIT, Label.FURNITURE)


@pytest.mark.parametrize(
    "line",
    [
        "THE CITY WAITS:Ferries stay in port for a third day",
        "'We had no warning':Families count the cost of the flood",
        "► April 20:Teachers vote to strike",
        "More:90 days later, what changed in Oldbrook?",
        "Is the bridge safe?:Engineers answer your questions",
        "Video Ad Feedback Captain says what he saw on the night of the storm 03:10 - Source: CNN",
        "RELATED: Minister says there is no reason for the toll",
        "The Tide Letter is free. Sign up here and unsubscribe at any time.",
        "Our coverage of rural schools is made possible in part by a grant from the Aumont Foundation.",
    ],
)
def test_links_set_into_the_text_and_pitches_that_quote_nobody(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The moon will rise at 12:15 a.m. on Monday, so it will look largest the evening before",
        "Fans can follow along on the channel @tideradio starting at 6:15 p.m.",
        "Consider donating it to a food bank, Rasmussen, of the harbour mission, suggests.",
        "For those who would like to help, contact Lisa Cole at lisa@mission.example before the weekend begins.",
        "In the Friday newsletter she named the teacher.",
        "This story has been updated to correct the number of beds.",  # a correction is to be read
    ],
)
def test_sentences_that_look_like_pitches(line):
    assert not is_furniture(line)
