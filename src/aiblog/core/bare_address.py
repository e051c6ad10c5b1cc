"""Addresses that stand in prose as they are: what GitHub makes a link of, up to the next space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from aiblog.core.document import document

_HAN = "\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_PUNCTUATION = re.compile(
    "[\u2014\u2018\u2019\u201c\u201d\u2026\u3000-\u3004\u3008-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]"
)
_RUN = re.compile(r"(?<![A-Za-z])https?://[^ \t\r\n\f\v\xa0<>|`\\]+", re.IGNORECASE)
_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
_HOST_AND_TEXT = re.compile(rf"https?://[\w.:@%~-]*\w(?=[{_HAN}])", re.IGNORECASE | re.ASCII)
_FIRST_HAN = re.compile(rf"[{_HAN}]")
_END_OF_A_WORD = re.compile(r"(?<!%[0-9A-Fa-f])[A-Za-z0-9,;:.!?)]$")
_IN_A_LABEL = re.compile(r"[^\[\]\n]*\](?:\(|\[[^\[\]\n]+\])")


class BareAddress(NamedTuple):
    """An address in prose: the offsets (characters) of itself, and the end of what GitHub takes for it.

    `sure` is False where Chinese text follows without punctuation, which may be part of the address.
    """

    start: int
    end: int
    linked_end: int
    sure: bool = True


def bare_addresses(text: str) -> Iterator[BareAddress]:
    """Those of a file's text, in order; none in code, HTML, a link's label or destination, `<…>`."""
    if "://" not in text:
        return
    for start, end in document(text).texts:
        for match in _RUN.finditer(text, start):
            if match.start() >= end:
                break
            if not _IN_A_LABEL.match(text, match.start()):
                yield _address(match.start(), match.group())


def _address(start: int, run: str) -> BareAddress:
    linked_end = start + len(_trimmed(run))
    if before := _HOST_AND_TEXT.match(run):
        return BareAddress(start, start + before.end(), linked_end)
    own = _trimmed(_PUNCTUATION.split(run, maxsplit=1)[0])
    host = _HOST.match(own)
    han = _FIRST_HAN.search(own, host.end() if host else 0)
    if han is None or not _END_OF_A_WORD.search(own[: han.start()]):
        return BareAddress(start, start + len(own), linked_end)
    return BareAddress(start, start + len(_trimmed(own[: han.start()])), linked_end, sure=False)


def _trimmed(address: str) -> str:
    """Without the signs at its end that GitHub leaves out: punctuation, a bracket that closes none of its own."""
    while address[-1:] in set("?!.,:*_~'\";") or (address[-1:] == ")" and address.count(")") > address.count("(")):
        address = address[:-1]
    return address
