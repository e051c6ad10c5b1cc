"""Whether addresses are there: asked over the network, a few at a time, each good answer remembered for a day."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from aiblog import __version__
from aiblog.adapters.own_folders import cache_folder
from aiblog.core.external_link import Answer, is_public

AT_ONCE = 8
"""Requests under way at most."""

PATIENCE = 10.0
"""Seconds for one request."""

LONGEST = 120.0
"""Seconds for all of them; what has not answered by then is unsure."""

REMEMBERED = 24 * 3600
"""Seconds that a good answer holds."""

MOST = 10_000
"""Good answers remembered at most."""

_THERE = Answer("there")
_LATE = Answer("unsure", "did not answer before the time was up")
_NO_HOST = Answer("gone", "has no such host")
_NO_NETWORK = Answer("unsure", "cannot be reached")


def answers(
    urls: Collection[str],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    patience: float = PATIENCE,
    longest: float = LONGEST,
) -> dict[str, Answer] | None:
    """What each address answers; None where nothing does, not even one that was there today: there is no network.

    Redirects are followed, within http and https and not into a private network; no credentials are sent. `progress`
    is told how many of how many have answered.
    """
    remembered = _remembered()
    known = [url for url in urls if url in remembered]
    found = _asked([url for url in urls if url not in remembered], progress, patience, longest)
    if found and _is_silent(found) and _is_silent(_asked(known[:1], progress, patience, longest)):
        return None
    there = [url for url, answer in found.items() if answer is _THERE]
    _remember(remembered | dict.fromkeys(there, time.time()))
    return dict.fromkeys(known, _THERE) | found


def _is_silent(found: Mapping[str, Answer]) -> bool:
    return all(answer in {_NO_HOST, _NO_NETWORK} for answer in found.values())


def _asked(
    urls: Sequence[str], progress: Callable[[int, int], None], patience: float, longest: float
) -> dict[str, Answer]:
    """The answers, in threads that end with the program: an interrupt, or the end of the time, waits for none."""
    waiting: SimpleQueue[str] = SimpleQueue()
    done: SimpleQueue[tuple[str, Answer]] = SimpleQueue()
    for url in urls:
        waiting.put(url)

    def work() -> None:
        opener = _opener()
        while True:
            try:
                url = waiting.get_nowait()
            except Empty:
                return
            done.put((url, _answer(opener, url, patience)))

    threads = [Thread(target=work, daemon=True) for _ in range(min(AT_ONCE, len(urls)))]
    for thread in threads:
        thread.start()
    found = dict.fromkeys(urls, _LATE)
    end = time.monotonic() + longest
    for number in range(1, len(urls) + 1):
        try:
            url, answer = done.get(timeout=max(0.0, end - time.monotonic()))
        except Empty:
            break
        found[url] = answer
        progress(number, len(urls))
    with contextlib.suppress(Empty):  # the threads take from it too: to look first would be to wait for ever
        while True:
            waiting.get_nowait()
    if _LATE not in found.values():  # nothing is under way: they end now, and not while the interpreter does
        for thread in threads:
            thread.join()
    return found


def _answer(opener: OpenerDirector, url: str, patience: float) -> Answer:
    """HEAD first; what refuses that is asked again in full, for some servers know GET alone."""
    for method in ("HEAD", "GET"):
        try:
            request = Request(_encoded(url), method=method, headers={"User-Agent": _NAME, "Accept": "*/*"})  # noqa: S310 - http(s) alone: see `_opener`
            with opener.open(request, timeout=patience):
                return _THERE
        except HTTPError as error:
            error.close()
            answer = _refused(error)
            if error.code == 429 or error.code < 400:
                return answer
        except (URLError, OSError) as error:
            return _unreached(error)
        except (HTTPException, ValueError) as error:
            return Answer("unsure", f"cannot be asked: {type(error).__name__}")
    return answer


_NAME = f"Mozilla/5.0 (compatible; aiblog/{__version__}; link check)"


def _encoded(url: str) -> str:
    """The address in ASCII, as a browser would send it."""
    parts = urlsplit(url)
    netloc = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    path, query = (quote(part, safe="/%:@!$&'()*+,;=~?-._") for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def _refused(error: HTTPError) -> Answer:
    if error.code in {404, 410}:
        return Answer("gone", f"answers {error.code}")
    return Answer(
        "unsure", "redirects in circles, or to where nobody follows" if error.code < 400 else f"answers {error.code}"
    )


def _unreached(error: OSError) -> Answer:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, socket.gaierror):
        return _NO_HOST if reason.errno == socket.EAI_NONAME else _NO_NETWORK
    if isinstance(reason, TimeoutError):
        return Answer("unsure", "did not answer in time")
    if isinstance(reason, OSError) and reason.errno is not None and not isinstance(reason, ConnectionError):
        return (
            _NO_NETWORK if reason.errno in _UNREACHABLE else Answer("unsure", f"cannot be reached: {reason.strerror}")
        )
    return Answer("unsure", f"cannot be reached: {getattr(reason, 'strerror', None) or reason}")


_UNREACHABLE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}


class _Redirects(HTTPRedirectHandler):
    max_redirections = 5
    max_repeats = 2

    def redirect_request(  # noqa: PLR0913, PLR0917 - urllib's
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The next request, of the same method; none that leads from the open web into a private network."""
        if urlsplit(newurl).scheme not in {"http", "https"} or (is_public(req.full_url) and not is_public(newurl)):
            raise HTTPError(req.full_url, code, msg, headers, fp)
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            following.method = req.get_method()
        return following


def _opener() -> OpenerDirector:
    """What opens http and https, and nothing else: no files, no ftp, no passwords, no cookies."""
    opener = OpenerDirector()
    for each in (
        ProxyHandler, UnknownHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, _Redirects, HTTPErrorProcessor
    ):  # fmt: skip
        opener.add_handler(each())
    return opener


def _path() -> Path:
    return cache_folder() / "links-there.json"


def _remembered() -> dict[str, float]:
    """When each address was there, those of the last day; none where the file is not ours or damaged."""
    try:
        found = json.loads(_path().read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    now = time.time()
    if not isinstance(found, dict):
        return {}
    return {url: at for url, at in found.items() if isinstance(at, int | float) and 0 <= now - at < REMEMBERED}


def _remember(there: Mapping[str, float]) -> None:
    """Keeps the newest, readable by the person alone; a cache that cannot be written is none."""
    newest = dict(sorted(there.items(), key=lambda each: -each[1])[:MOST])
    path = _path()
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(newest, stream)
        aside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
