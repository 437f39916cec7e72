"""Connects to hosts: to the very address that was found to be allowed, and never for longer than a request may take.

Called by `fetch.py`. httpcore, which httpx stands on, lets the network below HTTP be replaced; names for TLS and for
the Host header stay those of the address on the web.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from index.sources.web.addresses import Addresses

MOST_CONNECTIONS = 8


class OutOfTime(Exception):
    """The request as a whole took longer than it may."""


class Network(httpcore.NetworkBackend):
    """Opens connections that end with the deadline of the request in hand; `tick` is called while one waits."""

    def __init__(self, addresses: Addresses, clock: Callable[[], float], tick: Callable[[], None]) -> None:
        self._addresses, self._clock, self.tick = addresses, clock, tick
        self._plain = httpcore.SyncBackend()
        self._ends: float | None = None

    @contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """What is read and written inside has to be done by then, or OutOfTime is raised."""
        self._ends = self._clock() + seconds
        try:
            yield
        finally:
            self._ends = None

    def left(self, timeout: float | None) -> float | None:
        """How long one step may take; OutOfTime where nothing is left."""
        self.tick()
        if self._ends is None:
            return timeout
        left = self._ends - self._clock()
        if left <= 0:
            raise OutOfTime
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's allowed addresses that answers. FetchError where there is none."""
        failed: Exception | None = None
        for address in self._addresses.of(host, port):
            try:
                stream = self._plain.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
                return _Timed(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        assert failed is not None
        raise failed


class _Timed(httpcore.NetworkStream):
    """A connection whose every step looks at the deadline, so that one byte a second does not hold it open."""

    def __init__(self, stream: httpcore.NetworkStream, network: Network) -> None:
        self._stream, self._network = stream, network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout))
        return _Timed(secured, self._network)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # as httpcore declares it
        return self._stream.get_extra_info(info)


def pool(network: Network) -> httpcore.ConnectionPool:
    """Connections over `network`, with the certificates that httpx trusts (SSL_CERT_FILE names others)."""
    return httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(),
        max_connections=MOST_CONNECTIONS,
        max_keepalive_connections=MOST_CONNECTIONS,
        keepalive_expiry=30,
        network_backend=network,
    )
