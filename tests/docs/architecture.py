"""The picture of the two walks over the rooms: docs/architecture.svg, drawn from the table of rooms below.

`python -m tests.docs` draws it; a test says that every room in it is there and that the file is this drawing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "architecture.svg"
WIDTH, MARGIN, GAP, PAD = 1120, 24, 16, 16
BAND, ROOM = 138, 84  # heights


@dataclass(frozen=True)
class Room:
    """A box: the folders and files it stands for, two lines about them, its share of the width, its step."""

    paths: tuple[str, ...]
    lines: tuple[str, str]
    share: float = 1.0
    step: str = ""

    @property
    def title(self) -> str:
        """The paths as they are called inside bot/ or index/."""
        return " · ".join(path.split("/", 1)[1].removesuffix(".py") for path in self.paths)


@dataclass(frozen=True)
class Band:
    """A row of rooms on a coloured ground; `kind` colours its title, its steps and its arrows."""

    y: int
    kind: str
    folder: str
    title: str
    rooms: tuple[Room, ...]


BOT = Band(76, "bot", "bot/", "everything a person sees", (
    Room(("bot/delivery/polling.py",), ("updates, each chat", "in its order"), 1, "1"),
    Room(("bot/handlers/", "bot/access/"), ("what to do with it,", "who may ask"), 1, "2"),
    Room(("bot/threads/bridge.py",), ("to a worker thread; the", "event loop goes on"), 1, "3"),
    Room(("bot/messages/", "bot/texts/"), ("text, entities, buttons;", "the source outside the quote"), 1.15, "8"),
    Room(("bot/delivery/outbox.py",), ("checks the quote, sends", "once, checks it again"), 1, "9"),
))  # fmt: skip
QUESTION = Band(298, "question", "index/", "a question", (
    Room(("index/question/", "index/language/"), ("terms, spellings, dates,", "filters, what is asked for"), 1.1, "4"),
    Room(("index/search/",), ("candidates by words and by", "meaning, order, confidence"), 1, "5"),
    Room(("index/answer/",), ("answers or declines; whole", "sentences of one version"), 1, "6"),
    Room(("index/speech/",), ("who is speaking", "in the quote"), 0.8, "7"),
))  # fmt: skip
STORES = Band(462, "store", "index/", "", (
    Room(("index/serving.py",), ("what can be found now,", "swapped when it changes"), 0.8),
    Room(("index/store/",), ("SQLite, the only truth: articles, versions, passages with", "full text, vectors, answers (no text), runs, removals"), 1.6),  # noqa: E501
    Room(("index/vectors/",), ("FAISS, a cache: built again from", "the store, replaced in one step"), 1),
))  # fmt: skip
ARTICLE = Band(572, "article", "index/", "an article", (
    Room(("index/sources/",), ("every kind opened,", "every format read"), 1, "A"),
    Room(("index/clean/",), ("canonical text, labels,", "metadata, sentences"), 1.1, "B"),
    Room(("index/language/",), ("which language;", "search terms"), 1, "C"),
    Room(("index/runs/",), ("one transaction: now", "found by its words"), 1.1, "D"),
    Room(("index/vectors/",), ("a batch, a commit;", "goes on after a kill"), 1, "E"),
    Room(("index/serving.py",), ("takes them in: now", "found by meaning"), 1, "F"),
))  # fmt: skip
BANDS = (BOT, QUESTION, STORES, ARTICLE)
DOOR = "index/archive.py"
GROUND = {"bot": "#eef3fa", "question": "#f4f1fa", "article": "#eef7f0"}
INK = {"bot": "#3d5a80", "question": "#5b4a8a", "article": "#2f7d4f", "store": "#a27a24"}
WALK = {"bot": "walk", "question": "walk", "article": "paper"}

STYLE = """
    text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: 13px; fill: #3d444d; }
    .name { font-size: 14px; font-weight: 600; fill: #1f2328; }
    .folder { font-weight: 600; }
    .on-dark { fill: #cbd5e0; }
    .title { font-weight: 600; fill: #ffffff; }
    .middle { text-anchor: middle; }
    .end { text-anchor: end; }
    .step { font-size: 12px; font-weight: 600; fill: #ffffff; text-anchor: middle; }
    .room { fill: #ffffff; stroke: #c3ccd6; }
    .store { fill: #fffaf0; stroke: #c79a3b; }
    .pill { fill: #f6f8fa; stroke: #8c959f; }
    .walk { fill: none; stroke: #3d5a80; stroke-width: 1.8; marker-end: url(#walk); }
    .paper { fill: none; stroke: #2f7d4f; stroke-width: 1.8; marker-end: url(#paper); }
    .reads { fill: none; stroke: #a27a24; stroke-width: 1.5; stroke-dasharray: 4 4; marker-end: url(#reads); }
"""  # noqa: E501


def rooms() -> Iterator[str]:
    """Every folder and file that the picture names."""
    yield DOOR
    for band in BANDS:
        for room in band.rooms:
            yield from room.paths


def drawing() -> str:
    """The whole picture."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 772" role="img" '
            'aria-labelledby="title description">',
            "  <title id=\"title\">Quotewire: the question's walk and the article's walk</title>",
            '  <desc id="description">A question goes from Telegram through bot/ into the archive, is understood, '
            "looked up, ranked, answered or declined, laid out and sent. An article goes from its source through "
            "cleaning, terms and a run into SQLite, and through the embedder into FAISS.</desc>",
            f"  <style>{STYLE}  </style>",
            "  <defs>",
            *(_marker(name, INK[kind]) for name, kind in (("walk", "bot"), ("paper", "article"), ("reads", "store"))),
            "  </defs>",
            f'  <rect x="0.5" y="0.5" width="{WIDTH - 1}" height="771" rx="12" fill="#ffffff" stroke="#d0d7de"/>',
            *_people(),
            *_door(),
            *(line for band in BANDS for line in _band(band)),
            *_between(),
            "</svg>",
            "",
        ]
    )


def _marker(name: str, ink: str) -> str:
    return (
        f'    <marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z" fill="{ink}"/></marker>'
    )


def _boxes(band: Band) -> list[tuple[float, float, Room]]:
    """(x, width, room) of each room, from the left."""
    whole = WIDTH - 2 * (MARGIN + PAD) - GAP * (len(band.rooms) - 1)
    unit, x, found = whole / sum(room.share for room in band.rooms), float(MARGIN + PAD), []
    for room in band.rooms:
        found.append((round(x), round(room.share * unit), room))
        x += room.share * unit + GAP
    return found


def _top(band: Band) -> int:
    """Where the rooms of a band begin."""
    return band.y if band.kind == "store" else band.y + 38


def _band(band: Band) -> Iterator[str]:
    if band.kind in GROUND:
        yield _rect(MARGIN, band.y, WIDTH - 2 * MARGIN, BAND, 10, f'fill="{GROUND[band.kind]}"')
        yield (
            f'  <text x="{MARGIN + PAD + 220}" y="{band.y + 23}"><tspan class="folder" fill="{INK[band.kind]}">'
            f'{band.folder}</tspan><tspan dx="8">{escape(band.title)}</tspan></text>'
        )
    boxes, top = _boxes(band), _top(band)
    for x, width, room in boxes:
        yield _rect(x, top, width, ROOM, 8, f'class="{"store" if band.kind == "store" else "room"}"')
        yield f'  <text class="name" x="{x + PAD}" y="{top + 25}">{escape(room.title)}</text>'
        yield from (
            f'  <text x="{x + PAD}" y="{top + 46 + 19 * n}">{escape(s)}</text>' for n, s in enumerate(room.lines)
        )
        if room.step:
            yield f'  <circle cx="{x + width - 14}" cy="{top + 14}" r="9" fill="{INK[band.kind]}"/>'
            yield f'  <text class="step" x="{x + width - 14}" y="{top + 18}">{room.step}</text>'
    if band.kind in WALK:
        for (left, width, first), (right, _, then) in pairwise(boxes):
            if (first.step, then.step) != ("3", "8"):  # between them lies the walk through index/
                yield _path(WALK[band.kind], f"M{left + width} {top + 42}H{right - 1}")


def _people() -> Iterator[str]:
    for x, width, words in ((40, 196, "a question in Telegram"), (888, 192, "the reply in Telegram")):
        yield _pill(x, 20, width, words)
    yield _pill(538, 20, 220, "bot/terminal: ask, chat, index …")
    yield _pill(40, 726, 420, "files, feeds, sitemaps, pages, channels, submissions")
    yield f'  <text class="end" x="{WIDTH - 40}" y="747">Imports point down only: bot, archive, the rooms of index. Dashed: read from.</text>'  # noqa: E501


def _door() -> Iterator[str]:
    yield _rect(MARGIN, 236, WIDTH - 2 * MARGIN, 40, 8, 'fill="#2d3748"')
    yield (
        '  <text x="40" y="261"><tspan class="title">index/archive</tspan><tspan class="on-dark" dx="14">'
        "open · ask · recall · index · administer</tspan></text>"
    )
    yield f'  <text class="on-dark end" x="{WIDTH - 40}" y="261">the one door into index/</text>'


def _between() -> Iterator[str]:
    """The arrows from one band to another."""
    bot, question, stores, article = (_boxes(band) for band in BANDS)
    yield _path("walk", "M138 54V113")
    yield _path("walk", f"M{_middle(bot[2])} 198V235")
    yield _path("walk", "M648 54V235")
    yield _path("walk", f"M{_middle(question[0])} 276V335")
    yield _path("walk", f"M{_middle(question[3])} 336V277")
    yield _path("walk", f"M{_middle(bot[3])} 236V199")
    yield _path("walk", f"M{_middle(bot[4])} 114V55")
    yield _path("reads", f"M{_middle(question[1])} 420V441H{_middle(stores[0])}V461")
    yield _path("reads", f"M{_middle(question[2])} 420V461")
    yield _path("paper", f"M{_middle(article[0])} 726V695")
    yield _path("paper", f"M{_middle(article[3])} 610V547")
    yield _path("paper", f"M{_middle(article[5])} 610V547")


def _middle(box: tuple[float, float, Room]) -> int:
    return round(box[0] + box[1] / 2)


def _rect(x: float, y: float, width: float, height: float, radius: int, look: str) -> str:
    return f'  <rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}" {look}/>'


def _pill(x: int, y: int, width: int, words: str) -> str:
    shape = _rect(x, y, width, 34, 17, 'class="pill"')
    return f'{shape}\n  <text class="middle" x="{x + width // 2}" y="{y + 22}">{escape(words)}</text>'


def _path(look: str, way: str) -> str:
    return f'  <path class="{look}" d="{way}"/>'
