"""The path pattern in `aiblog.yaml`, changed in place: every other byte of the file stays."""

from __future__ import annotations

from aiblog.core import header
from aiblog.core.settings import FIELDS, FILE_NAME
from aiblog.core.settings_yaml import parsed
from aiblog.errors import AiblogError


def with_path(data: bytes, pattern: str) -> bytes:
    """The file with that pattern for its `path`, comments kept; a file without one gains it where `init` writes it.

    Raises:
        AiblogError: `settings-invalid` where the file is laid out so that this cannot be done.
    """
    bom = header.BOM if data.startswith(header.BOM) else b""
    body = data[len(bom) :]
    newline = b"\r\n" if b"\r\n" in body else b"\n"
    fence = b"---" + newline
    ended = body if body.endswith(b"\n") or not body else body + newline
    try:
        edited = header.edited(fence + ended + fence, {"path": pattern}, [key for key in FIELDS if "." not in key])
        after = edited[len(fence) : -len(fence)]
        after = after if ended == body else after.removesuffix(newline)
        if parsed(after.decode()).path == pattern:
            return bom + after
    except (AiblogError, UnicodeDecodeError):
        pass
    line = header.line_of(fence + ended + fence, "path") or 2
    message = f'{FILE_NAME}: `path` cannot be changed to "{pattern}" there; the line has to be edited by hand'
    raise AiblogError("settings-invalid", message, f"edit {FILE_NAME}:{line - 1}")
