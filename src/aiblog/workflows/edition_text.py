"""An edition's file as one that can be edited: a front matter and a text that can be read."""

from __future__ import annotations

from aiblog.adapters import files
from aiblog.adapters.blog import Blog
from aiblog.core import header
from aiblog.errors import AiblogError


def read_edition(blog: Blog, path: str) -> bytes:
    """The bytes of the edition at that path.

    Raises:
        AiblogError: `metadata-invalid` for a front matter that cannot be read, or a text that is not UTF-8; `conflict`
            where the file went away.
    """
    data = files.require(blog.root, path)
    header.read(data, path)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise AiblogError("metadata-invalid", f"{path}:{line}: the text is not UTF-8", f"edit {path}:{line}") from error
    return data
