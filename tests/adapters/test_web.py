"""Addresses asked over real connections to a server of this machine."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aiblog.adapters import web
from aiblog.adapters.own_folders import cache_folder

PAGES = {"/there": 200, "/": 200, "/gone": 404, "/never": 410, "/busy": 429, "/broken": 503, "/private": 401}
MOVED = {"/old": "/there", "/round": "/round", "/file": "file:///etc/passwd", "/lost": "/gone"}


class Pages(BaseHTTPRequestHandler):
    """Answers by path, and notes what it was asked."""

    asked: list[str] = []  # noqa: RUF012 - one server at a time, emptied by the fixture
    sent: list[str] = []  # noqa: RUF012
    stop = threading.Event()

    def do_HEAD(self) -> None:
        """Refused where only GET is known; else as GET."""
        if self.path == "/get-alone":
            self.asked.append(f"HEAD {self.path}")
            self.send_error(405)
        else:
            self._answer()

    def do_GET(self) -> None:
        """The page."""
        self._answer()

    def _answer(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        self.sent.extend(name.lower() for name in self.headers)
        if self.path == "/slow":
            self.stop.wait(5)
        code = 301 if self.path in MOVED else 200 if self.path == "/get-alone" else PAGES.get(self.path, 200)
        self.send_response(code)
        if self.path in MOVED:
            self.send_header("Location", MOVED[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_parts: object) -> None:
        """Nothing is said."""


@pytest.fixture
def server() -> Iterator[str]:
    """The address of the server."""
    Pages.asked.clear()
    Pages.sent.clear()
    Pages.stop.clear()
    running = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    running.daemon_threads = True
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    Pages.stop.set()
    running.shutdown()
    running.server_close()


def _answers(server: str, *paths: str, **more: float) -> dict[str, str]:
    found = web.answers([server + path for path in paths], **more)
    assert found is not None
    return {url.removeprefix(server): f"{answer.state} {answer.said}".strip() for url, answer in found.items()}


def test_what_is_gone_is_told_from_what_may_be_there(server: str) -> None:
    assert _answers(server, *PAGES) == {
        "/there": "there",
        "/": "there",
        "/gone": "gone answers 404",
        "/never": "gone answers 410",
        "/busy": "unsure answers 429",
        "/broken": "unsure answers 503",
        "/private": "unsure answers 401",
    }


def test_what_refuses_a_head_is_asked_again_in_full(server: str) -> None:
    assert _answers(server, "/get-alone") == {"/get-alone": "there"}
    assert Pages.asked == ["HEAD /get-alone", "GET /get-alone"]


def test_redirects_are_followed_to_their_end_and_nowhere_else(server: str) -> None:
    assert _answers(server, *MOVED) == {
        "/old": "there",
        "/lost": "gone answers 404",
        "/round": "unsure redirects in circles, or to where nobody follows",
        "/file": "unsure redirects in circles, or to where nobody follows",
    }


def test_what_is_slow_or_refuses_the_connection_may_be_there(server: str) -> None:
    found = web.answers([f"{server}/slow", f"{server}/there", "http://127.0.0.1:1/"], patience=0.5)
    assert found is not None
    assert [answer.state for answer in found.values()].count("unsure") == 2
    assert found[f"{server}/slow"].said == "did not answer in time"


def test_the_time_for_all_is_bounded(server: str) -> None:
    start = time.monotonic()
    found = web.answers([f"{server}/slow?{number}" for number in range(3)] + [f"{server}/slow"], longest=0.5)
    assert found is not None
    assert found[f"{server}/slow"].said == "did not answer before the time was up"
    assert time.monotonic() - start < 4


def test_a_good_answer_is_remembered_for_a_day_and_a_bad_one_is_not(server: str) -> None:
    _answers(server, "/there", "/gone")
    Pages.asked.clear()
    assert _answers(server, "/there", "/gone") == {"/there": "there", "/gone": "gone answers 404"}
    assert Pages.asked == ["HEAD /gone", "GET /gone"]
    cache = cache_folder() / "links-there.json"
    assert cache.stat().st_mode & 0o077 == 0
    cache.write_text(json.dumps({f"{server}/there": time.time() - web.REMEMBERED - 1}))
    Pages.asked.clear()
    _answers(server, "/there")
    assert Pages.asked == ["HEAD /there"]


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b'{"a": "b"}', b"\xff"])
def test_a_damaged_cache_is_none(server: str, damage: bytes) -> None:
    cache = cache_folder() / "links-there.json"
    cache.parent.mkdir(parents=True)
    cache.write_bytes(damage)
    assert _answers(server, "/there") == {"/there": "there"}


def test_a_cache_that_cannot_be_written_is_none(server: str) -> None:
    cache_folder().parent.mkdir(parents=True, exist_ok=True)
    Path(cache_folder()).write_text("a file where the folder would be")
    assert _answers(server, "/there") == {"/there": "there"}


def test_no_credentials_go_along_and_chinese_paths_are_encoded(server: str) -> None:
    (Path.home() / ".netrc").write_text("machine 127.0.0.1 login ada password secret\n")
    _answers(server, "/开源?问=答")
    assert Pages.asked == ["HEAD /%E5%BC%80%E6%BA%90?%E9%97%AE=%E7%AD%94"]
    assert not {"authorization", "cookie", "referer"} & {*Pages.sent}


def test_a_host_that_does_not_exist_is_gone_but_without_a_network_nothing_is(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_such_host(host: str, *more: object, **named: object) -> object:
        if host.endswith(".invalid"):
            raise web.socket.gaierror(web.socket.EAI_NONAME, "Name or service not known")
        return real(host, *more, **named)  # type: ignore[arg-type]

    real = web.socket.getaddrinfo
    monkeypatch.setattr(web.socket, "getaddrinfo", no_such_host)
    assert web.answers(["http://a.invalid/", "http://b.invalid/"]) is None
    found = web.answers([f"{server}/there", "http://a.invalid/"])
    assert found is not None
    assert found["http://a.invalid/"].said == "has no such host"
    again = web.answers(
        [f"{server}/there", "http://a.invalid/"]
    )  # the first is remembered, and asked whether all is silent
    assert again is not None
    assert again["http://a.invalid/"].state == "gone"
