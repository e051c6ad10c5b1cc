"""Addresses that stand in prose as they are: what GitHub makes a link of, up to the next space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from aiblog.core.document import document

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>，。；、（）\0]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]+")
"""An address of the web or of mail among other words, roughly: for what leaves them out."""

_RUN = re.compile(r"(?<![A-Za-z])https?://[^ \t\r\n\f\v\xa0<>|`\\]+", re.IGNORECASE)
_HOST = re.compile(r"https?://[^/?#]*", re.IGNORECASE)
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
        if text.find("://", start, end + len("https://")) < 0:  # else each span is searched up to the next address
            continue
        for match in _RUN.finditer(text, start):
            if match.start() >= end:
                break
            if not _IN_A_LABEL.match(text, match.start()):
                yield _address(match.start(), match.group())


def _address(start: int, run: str) -> BareAddress:
    linked_end = start + len(_trimmed(run))
    own = _trimmed(run[: _first(_is_punctuation, run)])
    text = _first(_is_letter, own)
    if text == len(own) or not _END_OF_A_WORD.search(own[:text]):  # no Chinese in it, or an address that has some
        return BareAddress(start, start + len(own), linked_end)
    host = _HOST.match(own)
    in_host = host is not None and text < host.end()
    return BareAddress(start, start + len(_trimmed(own[:text])), linked_end, sure=in_host and own[text - 1] != ".")


def _first(is_one: Callable[[str], bool], run: str) -> int:
    """Where the first such character stands; the length where there is none."""
    return next((at for at, character in enumerate(run) if character > "\x7f" and is_one(character)), len(run))


def _is_letter(character: str) -> bool:
    """Whether it is one of Chinese, Japanese or Korean."""
    return character > "\u3000" and unicodedata.category(character)[0] == "L"


def _is_punctuation(character: str) -> bool:
    """Whether it is punctuation, or a space, as Chinese text has it."""
    return character in "—‘’“”…" or (
        "\u3000" <= character < "\U00010000" and unicodedata.category(character)[0] in "PZ"
    )


def _trimmed(address: str) -> str:
    """Without the signs at its end that GitHub leaves out: punctuation, a bracket that closes none of its own."""
    end, beyond = len(address), address.count(")") - address.count("(")
    while end and (address[end - 1] in "?!.,:*_~'\";" or (address[end - 1] == ")" and beyond > 0)):
        end -= 1
        beyond -= address[end] == ")"
    return address[:end]
