"""Captions are recognised by their shape; prose that mentions pictures or agencies stays prose."""

from __future__ import annotations

import pytest

from index.clean.captions import is_caption


@pytest.mark.parametrize(
    "paragraph",
    [
        "The president arrives in Sochi on Tuesday, Nov. 21, 2017. (Jan Klementi/TASS/Zuma Press/TNS)",
        "The bridge at night. (Photo by Jane Doe)",
        "Taucher am Pfeiler. (Foto: Svea Mittag/Kesselauer Bote)",
        "Мост ночью. (Фото: Анна Кац)",
        "Gov. Al Roe speaks on Oct. 24, 2022. Jane Doe/Reuters",
        "Ships at anchor. Getty Images",
        "The mayor. Jane Doe/Pool/AFP via Getty Images",
        "Photograph: Jane Doe/Getty Images",
        "Photo: Jane Doe",
        "FILE PHOTO: The bridge in 1960. REUTERS/Jane Doe",
        "FILE - The bridge is seen in Port Ellery in 1960.",
        "Jane Doe/AP",
    ],
)
def test_captions(paragraph: str) -> None:
    assert is_caption(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The company sells photographs through Getty Images.",
        "Two protocols are in use today. They are old (TCP/IP).",
        "The pronouns were printed on the badge. (he/him)",
        "He worked for Reuters",
        "The list was checked by the Environmental Protection Agency (EPA).",
        "So find your couch before the season begins. (All times EDT/PDT.)",
        "The two clubs met again in May. (EDT/PDT)",
        "Photo of the day",
        "The photo of the bridge was taken in 1960 by her grandfather, who had climbed the crane at night.",
        "Photos of the crack, which the city published on Monday, show that it is longer than a man. It grew.",
    ],
)
def test_what_only_mentions_pictures(paragraph: str) -> None:
    assert not is_caption(paragraph)
