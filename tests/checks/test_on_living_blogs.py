"""On blogs of other habits the rules find what is odd in them, and nothing else."""

from pathlib import Path

import pytest

from aiblog.adapters.blog import opened
from aiblog.workflows.check import Request, checked
from support.living_blogs import LIVING
from support.repositories import write


@pytest.mark.parametrize("name", sorted(LIVING))
def test_only_strays_are_found(name: str, tmp_path: Path) -> None:
    living = LIVING[name]()
    write(tmp_path, living.files)
    blog = opened(tmp_path)
    archive = blog.settings.archive or "none"  # is of older habits, on purpose
    found = [each for each in checked(blog, Request()).findings if not each.path.startswith(f"{archive}/")]
    assert [each for each in found if each.severity == "error" or each.rule == "metadata-order"] == []
    warned = {each.path for each in found if each.severity == "warning"}
    assert warned <= {path for paths in living.strays.values() for path in paths}
    assert {each.rule for each in found if each.severity == "warning"} <= {"path-stray", "twin-slug"}
