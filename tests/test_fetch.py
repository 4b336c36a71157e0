"""Fetching: only public addresses, each redirect checked again, within limits."""

from __future__ import annotations

import gzip
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows import fetch
from flows.documents import Refused
from flows.fetch import Fetcher, public

PRIVATE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_that_is_not_public_is_reached(address):
    assert not public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111"])
def test_public_addresses_are_reached(address):
    assert public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/x", "gopher://example.org", "http://", "//x",
        "http://user:secret@example.org/", "http://example.org:8080/", "http://example.org:99999/",
        "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost/",
        "http://0/", "http://169.254.169.254/latest/meta-data/",
    ],
)  # fmt: skip
def test_an_address_that_may_not_be_fetched_is_refused(url):
    with pytest.raises(Refused):
        Fetcher(pause_seconds=0).get(url)


def resolving(monkeypatch, *answers):
    """Let names resolve to each answer in turn, and note every connection made."""
    left, reached = list(answers), []

    def getaddrinfo(host, port, **_):
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    def connect_tcp(_self, host, *_arguments, **_named):
        reached.append(host)
        raise fetch.httpcore.ConnectError("no network in tests")

    monkeypatch.setattr(fetch.socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(fetch.httpcore.SyncBackend, "connect_tcp", connect_tcp)
    return reached


def test_a_name_that_leads_to_a_private_address_is_refused_unreached(monkeypatch):
    reached = resolving(monkeypatch, ["10.1.2.3"])
    with pytest.raises(Refused, match=r"10\.1\.2\.3: not a public address"):
        Fetcher().get("http://example.org/")
    assert reached == []


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    reached = resolving(monkeypatch, ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(Refused, match="not a public address"):
        Fetcher().get("http://example.org/")
    assert reached == []


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch):
    # A name that changes between the check and the connection: DNS rebinding.
    reached = resolving(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    with pytest.raises(Refused):
        Fetcher().get("http://example.org/")
    assert reached == ["93.184.215.14"]


class Pages(BaseHTTPRequestHandler):
    """A small web site."""

    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing is printed."""


@contextmanager
def site(**pages):
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.pages = {"/" + name.replace("__", "."): page for name, page in pages.items()}
        server.asked = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def fetcher() -> Fetcher:
    return Fetcher(loopback_for_tests=True, pause_seconds=0)


def test_a_page_is_fetched_with_its_type_and_marks():
    with site(a=(200, {"Content-Type": "text/html", "ETag": '"1"'}, b"hello")) as (_, root):
        page = fetcher().get(f"{root}/a")
        assert (page.content, page.media_type, page.etag) == (b"hello", "text/html", '"1"')
        again = fetcher().get(f"{root}/a", etag='"1"')
        assert (again.changed, again.content) == (False, b"")


def test_a_redirect_is_followed_and_its_last_address_kept():
    with site(a=(302, {"Location": "/b"}, b""), b=(200, {}, b"there")) as (_, root):
        page = fetcher().get(f"{root}/a")
        assert (page.url, page.content) == (f"{root}/b", b"there")


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "file:///etc/passwd",
        "http://192.168.0.1:22/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(to):
    with site(a=(302, {"Location": to}, b"")) as (_, root), pytest.raises(Refused):
        fetcher().get(f"{root}/a")


def test_redirects_that_never_end_are_left():
    with site(a=(302, {"Location": "/a"}, b"")) as (server, root):
        with pytest.raises(Refused, match="more than 5 redirects"):
            fetcher().get(f"{root}/a")
        assert len(server.asked) == 6


def test_a_page_that_is_too_large_is_left_halfway(monkeypatch):
    monkeypatch.setattr(fetch, "MOST_BYTES", 1000)
    with (
        site(a=(200, {}, b"x" * 5000)) as (_, root),
        pytest.raises(Refused, match="more than 1,000"),
    ):
        fetcher().get(f"{root}/a")


def test_a_packed_page_is_unpacked_and_a_bomb_refused(monkeypatch):
    packed = {"Content-Encoding": "gzip"}
    bomb = gzip.compress(b"0" * 40_000_000)
    good = gzip.compress(b"hello")
    with site(a=(200, packed, good), b=(200, packed, bomb), c=(200, packed, b"no gzip")) as (
        _,
        root,
    ):
        assert fetcher().get(f"{root}/a").content == b"hello"
        with pytest.raises(Refused, match="more than 15,000,000 bytes"):
            fetcher().get(f"{root}/b")
        with pytest.raises(Refused, match="not gzip"):
            fetcher().get(f"{root}/c")


def test_what_is_not_there_and_who_does_not_answer_are_told(monkeypatch):
    with site() as (_, root), pytest.raises(Refused, match="answered 404"):
        fetcher().get(f"{root}/a")
    monkeypatch.setattr(fetch, "MOST_SECONDS", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Refused, match="Timeout"):
            fetcher().get(f"http://127.0.0.1:{silent.getsockname()[1]}/")


def test_one_host_is_asked_again_only_after_a_pause(monkeypatch):
    slept = []
    monkeypatch.setattr(fetch.time, "sleep", slept.append)
    with site(a=(200, {}, b"x")) as (_, root):
        polite = Fetcher(loopback_for_tests=True, pause_seconds=2)
        polite.get(f"{root}/a")
        polite.get(f"{root}/a")
    assert len(slept) == 1
    assert 1 < slept[0] <= 2
