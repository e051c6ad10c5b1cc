"""What links translations, recorded in their files: a plan that stands on the bytes it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.translation_link import SIDECAR, Link
from aiblog.errors import AiblogError
from aiblog.workflows.linking import with_links
from support.program import tree
from support.translations import SETTINGS, TARGET, made_pair

LINK = Link("zh", "./sandbox.md", "v1-0123456789ab")


@pytest.mark.parametrize("setting", ["front matter", "sidecar"])
def test_what_a_person_writes_while_a_plan_is_made_is_not_written_over(tmp_path: Path, setting: str) -> None:
    root = made_pair(tmp_path / "blog")
    (root / "aiblog.yaml").write_text(SETTINGS + ("translations: sidecar\n" if setting == "sidecar" else ""))
    was = (root / TARGET).read_bytes()
    plan = with_links(
        blogs.opened(root), [FileChange(TARGET, was, was.replace("没有。".encode(), b""))], {TARGET: LINK}
    )
    (root / TARGET).write_bytes(was + "\n又写了一段。\n".encode())
    before = tree(root)
    with pytest.raises(AiblogError, match="sandbox_zh"):
        files.apply(root, ChangeSet.of(plan))
    assert tree(root) == before
    assert (SIDECAR in [each.path for each in plan]) is (setting == "sidecar")
