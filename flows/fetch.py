"""Fetching pages safely: only http(s), only public addresses, within limits of size and time."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpcore

from flows.documents import MOST_PDF_BYTES, Refused

AGENT = "transload (reads public reports; contact: see the project's page)"
MOST_BYTES = MOST_PDF_BYTES
MOST_REDIRECTS = 5
MOST_SECONDS = 30.0
CONNECT_SECONDS = 10.0
#: Pause between two requests to one host.
PAUSE_SECONDS = 2.0
PORTS = {"http": 80, "https": 443}
#: IPv6 ranges that carry an IPv4 address within: NAT64, 6to4 and Teredo (RFC 6052, 3056, 4380).
CARRIERS = tuple(
    ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
_REDIRECTS = (301, 302, 303, 307, 308)
_NOT_MODIFIED = 304
_OK = 200


@dataclass(frozen=True)
class Page:
    """What a server gave: `content` is empty where nothing changed since the last time."""

    url: str
    content: bytes
    media_type: str
    etag: str
    last_modified: str
    changed: bool


def public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    Examples
    --------
    >>> public("127.0.0.1"), public("::ffff:10.0.0.1"), public("93.184.215.14")
    (False, False, True)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return public(str(ip.ipv4_mapped))
        if any(ip in carrier for carrier in CARRIERS):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class PublicOnly(httpcore.NetworkBackend):
    """Connects to public addresses only, and to the very address that was looked at."""

    def __init__(self, *, loopback_for_tests: bool = False) -> None:
        self._backend = httpcore.SyncBackend()
        self._loopback = loopback_for_tests

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check every address, and connect to one of those checked."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise Refused(f"{host}: not found: {error}") from error
        addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
        for address in addresses:
            if not self._allowed(address):
                raise Refused(f"{host} is {address}: not a public address")
        return self._backend.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    def _allowed(self, address: str) -> bool:
        tested = self._loopback and ipaddress.ip_address(address).is_loopback
        return tested or public(address)


@dataclass
class Fetcher:
    """Fetches pages, politely.

    Parameters
    ----------
    loopback_for_tests
        Let tests reach a server on this machine, at any port. Never set it otherwise.
    """

    loopback_for_tests: bool = False
    pause_seconds: float = PAUSE_SECONDS
    _last: dict[str, float] = field(default_factory=dict, repr=False)

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Page:
        """The page at an address, following redirects each of which is checked again.

        Parameters
        ----------
        url
            http or https, at the usual port, without user name.
        etag, last_modified
            What the server said the last time: then it may answer that nothing changed.

        Raises
        ------
        Refused
            If the address may not be fetched, the server fails, or the page is too large.
        """
        deadline = time.monotonic() + MOST_SECONDS
        for _ in range(MOST_REDIRECTS + 1):
            self._check(url)
            self._wait(urlsplit(url).hostname or "")
            answer = self._once(url, etag, last_modified, deadline)
            if isinstance(answer, Page):
                return answer
            url = answer
        raise Refused(f"more than {MOST_REDIRECTS} redirects")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise Refused(f"{url}: only http and https addresses are fetched")
        if parts.username or parts.password:
            raise Refused("an address with a user name is not fetched")
        try:
            port = parts.port
        except ValueError as error:
            raise Refused(f"{url}: {error}") from error
        if port not in (None, PORTS[parts.scheme]) and not self.loopback_for_tests:
            raise Refused(f"port {port}: only the usual ports are fetched")

    def _wait(self, host: str) -> None:
        due = self._last.get(host, 0.0) + self.pause_seconds - time.monotonic()
        if due > 0:
            time.sleep(due)
        self._last[host] = time.monotonic()

    def _once(self, url: str, etag: str, last_modified: str, deadline: float) -> Page | str:
        """One request: the page, or where it was sent on to."""
        headers: dict[bytes | str, bytes | str] = {
            "User-Agent": AGENT,
            "Accept-Encoding": "identity, gzip;q=0.5",
            "Accept": "*/*",
        }
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        left = max(0.1, deadline - time.monotonic())
        limits = {"connect": min(left, CONNECT_SECONDS), "read": left, "write": left, "pool": left}
        try:
            with (
                httpcore.ConnectionPool(
                    ssl_context=ssl.create_default_context(),
                    network_backend=PublicOnly(loopback_for_tests=self.loopback_for_tests),
                ) as pool,
                pool.stream("GET", url, headers=headers, extensions={"timeout": limits}) as answer,
            ):
                return _taken(url, answer, deadline)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise Refused(f"{url}: {type(error).__name__}: {error}") from error


def _taken(url: str, answer: httpcore.Response, deadline: float) -> Page | str:
    headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in answer.headers}
    if answer.status in _REDIRECTS and "location" in headers:
        return urljoin(url, headers["location"])
    told = (
        headers.get("content-type", ""),
        headers.get("etag", ""),
        headers.get("last-modified", ""),
    )
    if answer.status == _NOT_MODIFIED:
        return Page(url, b"", *told, changed=False)
    if answer.status != _OK:
        raise Refused(f"{url}: the server answered {answer.status}")
    pieces = _unpacked(answer.iter_stream(), headers.get("content-encoding", "identity"))
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > MOST_BYTES:
            raise Refused(f"{url}: more than {MOST_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise Refused(f"{url}: not complete after {MOST_SECONDS:.0f} seconds")
    return Page(url, bytes(content), *told, changed=True)


def _unpacked(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Pieces as they are, or unpacked a bounded step at a time."""
    if encoding.strip().lower() in ("", "identity"):
        yield from pieces
        return
    if encoding.strip().lower() not in ("gzip", "x-gzip"):
        raise Refused(f"encoding {encoding}: not read")
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        for packed in pieces:
            rest = packed
            while rest:
                yield unpacker.decompress(rest, MOST_BYTES)
                rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise Refused(f"not gzip as declared: {error}") from error
