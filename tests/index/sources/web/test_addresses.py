"""Which hosts may be asked: what is not of the public internet only where the owner allows it."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.web.addresses import Addresses, embedded, is_public
from index.sources.web.failure import FetchError, Trouble

PRIVATE = [
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "2002:7f00:1::"),
    *("2002:a00:1::1", "64:ff9b:1::a00:1"),
]
PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]


def asked(host: str, *addresses: str, allow: tuple[str, ...] = ()) -> tuple[str, ...]:
    return Addresses(allow, lambda host, port: addresses).of(host, 80)


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address):
    with pytest.raises(FetchError, match="is at a private address") as refused:
        asked("news.example", address)
    assert refused.value.trouble is Trouble.FORBIDDEN
    assert str(refused.value) == (
        f"news.example is at a private address ({address}); if it is yours, name it in web.allow_private"
    )


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_asked(address):
    assert asked("news.example", address) == (address,)


def test_of_several_addresses_only_the_allowed_ones_are_asked():
    assert asked("news.example", "10.0.0.1", "1.1.1.1", "::1") == ("1.1.1.1",)


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.0/8", "127.0.0.5/8", "intranet.example", "Intranet.Example."])
def test_the_owner_may_allow_hosts_addresses_and_networks(entry):
    assert asked("intranet.example", "127.0.0.1", allow=(entry,)) == ("127.0.0.1",)


def test_what_one_host_may_no_other_may():
    with pytest.raises(FetchError, match="private"):
        asked("evil.example", "127.0.0.1", allow=("intranet.example", "10.0.0.0/8", "::1"))


def test_an_allowed_network_holds_however_its_addresses_are_written():
    assert asked("intranet.example", "::ffff:10.1.2.3", allow=("10.0.0.0/8",)) == ("::ffff:10.1.2.3",)


@pytest.mark.parametrize("error", [OSError("no such host"), UnicodeError("label too long")])
def test_a_host_that_is_not_there_is_said(error):
    def resolve(host: str, port: int) -> list[str]:
        raise error

    with pytest.raises(FetchError, match=r"^there is no host news\.example; check the address$") as refused:
        Addresses((), resolve).of("news.example", 80)
    assert refused.value.trouble is Trouble.HOST


@pytest.mark.parametrize("written", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_the_system_resolver_sees_through_odd_spellings_of_this_machine(written):
    with pytest.raises(FetchError, match=r"private address|no host"):
        Addresses().of(written, 80)


@given(st.ip_addresses(v=4))
def test_an_address_in_disguise_is_judged_as_itself(address):
    for disguise in (f"::ffff:{address}", f"64:ff9b::{address}"):
        assert embedded(ip_address(disguise)) == address
        refused = not is_public(address)
        try:
            asked("news.example", disguise)
        except FetchError:
            assert refused
        else:
            assert not refused
