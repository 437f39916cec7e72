"""Which network addresses may be connected to: those of the public internet, others where the owner allows them.

Called by `connection.py` for every single connection, so that neither a redirect nor a name that resolves differently
the second time gets past it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from index.sources.web.failure import FetchError, Trouble

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""The addresses of a host and port. Raises OSError where there is no such host."""

# Set aside for special purposes, which older versions of `ipaddress` do not know as such (RFC 6890, 9602, 9637).
_SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "5f00::/16")))
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))  # IPv4 behind NAT64, RFC 6052 and 8215


def resolve(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


class Addresses:
    """Finds the addresses of hosts and says which of them may be asked.

    `allow_private` names hosts ("intranet.example"), addresses and networks ("10.0.0.0/8") that may be asked although
    they are not public.
    """

    def __init__(self, allow_private: Sequence[str] = (), resolve: Resolve = resolve) -> None:
        self._resolve = resolve
        self._hosts: set[str] = set()
        self._networks: list[IPv4Network | IPv6Network] = []
        for entry in allow_private:
            try:
                self._networks.append(ip_network(entry, strict=False))
            except ValueError:
                self._hosts.add(entry.lower().rstrip("."))

    def of(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host that may be connected to. FetchError where there are none."""
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError):
            found = ()
        if not found:
            raise FetchError(f"there is no host {host}; check the address", Trouble.HOST, host=host)
        usable = tuple(one for one in found if self._may_be_asked(host, one))
        if not usable:
            message = f"{host} is at a private address ({found[0]}); if it is yours, name it in web.allow_private"
            raise FetchError(message, Trouble.FORBIDDEN, host=host)
        return usable

    def _may_be_asked(self, host: str, address: str) -> bool:
        try:
            ip = ip_address(address.partition("%")[0])
        except ValueError:
            return False
        real = embedded(ip)
        if all(map(is_public, {ip, real})):
            return True
        return host.lower().rstrip(".") in self._hosts or any(ip in one or real in one for one in self._networks)


def embedded(ip: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    low = int(ip) & 0xFFFFFFFF
    if any(ip in one for one in _TRANSLATED) or (int(ip) >> 32 == 0 and low > 1):  # the last: RFC 4291's old form
        return IPv4Address(low)
    return ip


def is_public(ip: Address) -> bool:
    """Whether an address is of the public internet: not private, loopback, link-local, shared, multicast, reserved."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None or any(ip in one for one in _TRANSLATED):
            return True  # decided by the address that it stands for
        if ip.is_site_local:
            return False
    if any(ip in one for one in _SPECIAL):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
