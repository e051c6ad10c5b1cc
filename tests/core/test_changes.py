"""A set of changes as a diff."""

from aiblog.core.changes import ChangeSet, FileChange


def test_a_name_that_would_not_stay_on_its_line_is_quoted_as_git_quotes_it() -> None:
    changes = ChangeSet.of([FileChange("posts/a\n+++ b.md", b"1\n", b"2\n"), FileChange("文 章.md", None, b"1\n")])
    assert changes.diff() == (
        '--- "a/posts/a\\n+++ b.md"\n+++ "b/posts/a\\n+++ b.md"\n@@ -1 +1 @@\n-1\n+2\n'
        "--- /dev/null\n+++ b/文 章.md\n@@ -0,0 +1 @@\n+1\n"
    )
