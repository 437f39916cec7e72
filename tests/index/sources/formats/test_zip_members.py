"""Zip files: members of any format, each under its path; nothing climbs, nothing bursts, nothing nests."""

from __future__ import annotations

import gzip
import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
from exports import CSV, as_json, docx_bytes, ninjs, post, read, wxr, zip_bytes

from index.errors import RecordError


def reasons(folder: Path, data: bytes, **options: int) -> list[str]:
    """What is said about the members of a zip file, whether at once or when they are loaded."""
    raws, errors = read(folder, "a.zip", data, **options)
    told = [str(error) for error in errors]
    for raw in raws:
        try:
            raw.load()
        except RecordError as error:
            told.append(str(error))
    return told


def test_members_of_every_format_under_their_paths(tmp_path: Path) -> None:
    data = zip_bytes(
        {
            "2024/05/a.txt": "Bridge\n\nIt reopened.",
            "posts.xml": wxr(post(1)),
            "table.csv": CSV,
            "wire.json": as_json(ninjs(uri="n:1")),
            "b.docx": docx_bytes(),
            "c.txt.gz": gzip.compress(b"Bread\n\nA prize."),
        }
    )
    raws, errors = read(tmp_path, "a.zip", data)
    assert not errors
    assert [raw.key for raw in raws] == [
        "a.zip#2024/05/a.txt",
        "a.zip#posts.xml#https://vale.example/?p=1",
        "a.zip#table.csv#https://vale.example/7",
        "a.zip#table.csv#https://vale.example/8",
        "a.zip#wire.json#n:1",
        "a.zip#b.docx",
        "a.zip#c.txt.gz",
    ]
    assert all(raw.load().body for raw in raws)


def test_folders_hidden_files_and_pictures_are_passed_over(tmp_path: Path) -> None:
    members = {
        "__MACOSX/._a.txt": "x",
        ".hidden/a.txt": "x",
        "a.jpg": "x",
        "a.txt~": "x",
        "a/": "",
        "a/b.txt": "Words.",
    }
    raws, errors = read(tmp_path, "a.zip", zip_bytes(members))
    assert ([raw.key for raw in raws], errors) == (["a.zip#a/b.txt"], [])


@pytest.mark.parametrize("name", ["../../etc/a.txt", "/etc/a.txt", "..\\..\\a.txt", "./a.txt", "C:\\x\\a.txt"])
def test_names_that_climb_only_name(tmp_path: Path, name: str) -> None:
    before = set(tmp_path.parent.rglob("*"))
    [raw], errors = read(tmp_path / "in", "a.zip", zip_bytes({name: "Words."}))
    assert not errors
    assert ".." not in raw.key
    assert raw.load().body == "Words."
    assert set(tmp_path.parent.rglob("*")) - before == {tmp_path / "in", tmp_path / "in" / "a.zip"}


def test_a_zip_inside_a_zip_is_told_and_not_opened(tmp_path: Path) -> None:
    inner = zip_bytes({"a.txt": "Words."})
    assert reasons(tmp_path, zip_bytes({"in/inner.zip": inner, "b.txt": "Words."})) == [
        "a.zip#in/inner.zip is a zip file inside a zip file; unpack it by hand"
    ]


def test_a_bomb_is_told_at_once_and_the_rest_is_read(tmp_path: Path) -> None:
    started = time.process_time()
    data = zip_bytes({"a.txt": b"\n" * 45_000_000, "lines.jsonl": b"\n" * 90_000_000, "good.txt": "Words."})
    told = reasons(tmp_path, data)
    assert told == [
        "a.zip#a.txt unpacks to far more than articles do and was not read; unpack it by hand",
        "a.zip#lines.jsonl unpacks to far more than articles do and was not read; unpack it by hand",
    ]
    assert time.process_time() - started < 10


def test_many_members_that_burst_together_are_stopped(tmp_path: Path) -> None:
    told = reasons(tmp_path, zip_bytes({f"{n}.txt": b"words " * 1_500_000 for n in range(14)}))
    assert told
    assert all("unpacks to far more" in line for line in told)


def test_a_member_that_lies_about_its_size_is_told(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.txt": "Words of an article. " * 50}))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 0xFFFFFFF0)  # the size unpacked, in the directory
    assert reasons(tmp_path, bytes(data)) == ["a.zip#a.txt is larger than 50,000,000 bytes"]
    struct.pack_into("<I", data, at + 24, 5)
    [line] = reasons(tmp_path, bytes(data))
    assert "a.zip#a.txt is damaged" in line


def test_a_member_larger_than_an_article_may_be(tmp_path: Path) -> None:
    assert reasons(tmp_path, zip_bytes({"a.txt": "x" * 2000}), max_bytes=1000) == [
        "a.zip#a.txt is larger than 1,000 bytes"
    ]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.txt": "Words."}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    assert reasons(tmp_path, bytes(data)) == ["a.zip#a.txt is encrypted; pack it without a password"]


def test_a_damaged_member_costs_itself_alone(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"a.txt": "Words of one.", "b.txt": "Words of two."}, method=zipfile.ZIP_STORED))
    at = data.find(b"Words of one")
    data[at : at + 5] = b"Werds"
    raws, [error] = read(tmp_path, "a.zip", bytes(data))
    assert [raw.key for raw in raws] == ["a.zip#b.txt"]
    assert str(error) == "a.zip#a.txt is damaged: it is not a sound zip file"
    assert error.key == "a.zip#a.txt"


def test_a_truncated_zip_is_one_line(tmp_path: Path) -> None:
    whole = zip_bytes({f"{n}.txt": "Words." for n in range(50)})
    assert reasons(tmp_path, whole[:-30]) == ["a.zip is damaged: it is not a sound zip file"]


def test_a_directory_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 40_000_000, 0, 0)
    assert reasons(tmp_path, b"\0" * 40_000_000 + end) == ["a.zip has more than 200,000 members"]


def test_a_zip_may_be_compressed_again(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        file.write(zip_bytes({"a.txt": "Words."}))
    raws, errors = read(tmp_path, "a.zip.gz", packed.getvalue())
    assert ([raw.key for raw in raws], errors) == (["a.zip.gz#a.txt"], [])


@pytest.mark.parametrize(
    ("name", "head"), [("a.jsonl.gz", b'"'), ("a.csv.gz", b"title,text\n"), ("a.xml.gz", b"<rss>"), ("a.txt.gz", b"x")]
)
def test_a_gzip_bomb_is_stopped(tmp_path: Path, name: str, head: bytes) -> None:
    packed = gzip.compress(head + b"x" * 60_000_000)
    raws, [error] = read(tmp_path, name, packed)
    assert not raws
    assert str(error).startswith(f"{name} unpacks to far more than articles do and was not read; unpack it by hand")
