"""The path pattern changed in an `aiblog.yaml`: that line, and no other byte."""

from __future__ import annotations

import pytest

from aiblog.core.settings_path import with_path
from aiblog.core.settings_yaml import parsed
from aiblog.errors import AiblogError

NEW = "{date}/{date}-{slug}{lang}.md"
FILES = {
    "double quotes": ('posts: p\npath: "{date}/{slug}{lang}.md"  # 那样\n', f'posts: p\npath: "{NEW}"  # 那样\n'),
    "single quotes": ("path: '{slug}{lang}.md'\nposts: p\n", f"path: '{NEW}'\nposts: p\n"),
    "lines of Windows": ('posts: p\r\npath: "{slug}{lang}.md"\r\n# 注\r\n', f'posts: p\r\npath: "{NEW}"\r\n# 注\r\n'),
    "a BOM": ('\ufeffpath: "{slug}{lang}.md"\n', f'\ufeffpath: "{NEW}"\n'),
    "no newline at the end": ('posts: p\npath: "{slug}{lang}.md"', f'posts: p\npath: "{NEW}"'),
    "none yet": ("posts: p\narchive: a\n\ntimezone: UTC\n", f'posts: p\narchive: a\npath: "{NEW}"\n\ntimezone: UTC\n'),
    "an empty file": ("", f'path: "{NEW}"\n'),
    "a key of that name elsewhere": (
        'indexes:\n  - path: README.md\npath: "{slug}{lang}.md"\n', f'indexes:\n  - path: README.md\npath: "{NEW}"\n',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_only_that_line_changes_and_it_is_read_back(name: str) -> None:
    before, after = FILES[name]
    edited = with_path(before.encode(), NEW)
    assert edited.decode() == after
    assert parsed(after.removeprefix("\ufeff")).path == NEW
    assert with_path(edited, NEW) == edited


@pytest.mark.parametrize("text", ["---\npath: a\n---\n", "{path: '{slug}{lang}.md'}\n", "path: [\n"])
def test_a_file_that_is_laid_out_otherwise_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(AiblogError) as raised:
        with_path(text.encode(), NEW)
    assert raised.value.code == "settings-invalid"
    assert raised.value.hints[0].startswith("edit aiblog.yaml:")
