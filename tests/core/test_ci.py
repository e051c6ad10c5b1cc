"""The workflow as a file: whatever a branch is called, YAML reads it back."""

import pytest
import yaml

from aiblog.core.ci import workflow_text


@pytest.mark.parametrize("base", ["main", "yes", "1.0", "分支", "🚀/x", "a'b", "{x}"])
def test_any_branch_and_address_is_read_back(base: str) -> None:
    read = yaml.safe_load(workflow_text(base, "git+https://example.org/aiblog@0a1b"))
    assert read[True]["push"]["branches"] == [base]  # YAML 1.1 takes `on` for true; GitHub does not
    assert read["env"]["AIBLOG"] == "git+https://example.org/aiblog@0a1b"
