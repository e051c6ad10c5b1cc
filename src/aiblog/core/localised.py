"""Names of files in one language and another: what is left of them without the language."""

from __future__ import annotations

import posixpath
import re

from aiblog.core.language import NAMES

_CODE = rf"(?:{'|'.join(NAMES)}|cn|jp|kr|tw)(?:[-_](?:[a-z]{{2}}|han[st]))?"
_SUFFIX = re.compile(rf"(?<=.)[._-](?:{_CODE})(?=\.[a-z0-9]+$|$)", re.IGNORECASE)
_FOLDER = re.compile(rf"(?<=/)(?:{_CODE})/", re.IGNORECASE)


def without_language(path: str) -> str:
    """A path or address without the folders and suffixes that name a language: `img/zh/a_zh.png` is `img/a.png`."""
    return _FOLDER.sub("", _SUFFIX.sub("", path))


def file_name(destination: str) -> str:
    """The name of the file that a destination leads to, without its language and in lower case."""
    plain = re.split("[?#]", destination, maxsplit=1)[0].rstrip("/")
    return posixpath.basename(without_language(plain)).lower()
