"""Unpacking: whatever comes is unpacked whole, or refused, and never to more than was allowed."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.web.inflate import Damaged, Inflater, TooLarge, unpacked

DATA = st.binary(max_size=3_000)
CUTS = st.integers(min_value=1, max_value=500)


def through(coding: str, data: bytes, cut: int, bound: int = 10_000) -> bytes:
    inflater = Inflater(coding, bound)
    out = b"".join(inflater.feed(data[n : n + cut]) for n in range(0, len(data), cut))
    inflater.end()
    return out


@given(DATA, CUTS)
def test_data_comes_through_however_it_is_cut(data, cut):
    raw = zlib.compressobj(wbits=-15)
    assert through("identity", data, cut) == data
    assert through("gzip", gzip.compress(data), cut) == data
    assert through("gzip", gzip.compress(data) + gzip.compress(b"more") + b"\0" * 9, cut) == data + b"more"
    assert through("deflate", zlib.compress(data), cut) == data
    assert through("deflate", raw.compress(data) + raw.flush(), cut) == data


@given(DATA, CUTS, st.integers(min_value=0, max_value=2_000))
def test_no_more_comes_out_than_is_allowed(data, cut, bound):
    for coding, packed in (("identity", data), ("gzip", gzip.compress(data)), ("deflate", zlib.compress(data))):
        try:
            assert len(through(coding, packed, cut, bound)) <= bound
        except TooLarge:
            assert max(len(data), len(packed)) > bound


@given(st.binary(max_size=300), CUTS, st.sampled_from(["gzip", "deflate"]))
def test_noise_is_refused_or_unpacked_to_something(data, cut, coding):
    with suppress(Damaged, TooLarge):
        assert isinstance(through(coding, data, cut), bytes)


@pytest.mark.parametrize("size", [3, 12, 60])
def test_what_is_cut_short_is_damaged(size):
    with pytest.raises(Damaged):
        unpacked(gzip.compress(bytes(range(256)))[:size], 10_000)
