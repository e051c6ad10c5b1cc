"""A set of changes as a diff."""

from aiblog.core.changes import ChangeSet, FileChange


def test_a_name_that_would_not_stay_on_its_line_is_quoted_as_git_quotes_it() -> None:
    changes = ChangeSet.of([FileChange("posts/a\n+++ b.md", b"1\n", b"2\n"), FileChange("文 章.md", None, b"1\n")])
    assert changes.diff() == (
        '--- "a/posts/a\\n+++ b.md"\n+++ "b/posts/a\\n+++ b.md"\n@@ -1 +1 @@\n-1\n+2\n'
        "--- /dev/null\n+++ b/文 章.md\n@@ -0,0 +1 @@\n+1\n"
    )


MOVED = ChangeSet.of(
    [
        FileChange("posts/2026-01-10/长文.md", b"one\ntwo\n", None),
        FileChange("posts/2026-02-25/长文.md", None, b"one\n2\n", "posts/2026-01-10/长文.md"),
        FileChange("a.png", b"\x89PNG\xff", None),
        FileChange("b.png", None, b"\x89PNG\xff", "a.png"),
        FileChange("README.md", b"x\n", b"y\n"),
        FileChange("gone.md", b"x\n", None),
        FileChange("new.md", None, b"x\n"),
    ]
)


def test_a_file_that_moves_is_shown_as_git_shows_it_and_is_neither_new_nor_gone() -> None:
    assert MOVED.moved == [("posts/2026-01-10/长文.md", "posts/2026-02-25/长文.md"), ("a.png", "b.png")]
    assert (MOVED.created, MOVED.modified, MOVED.removed) == (["new.md"], ["README.md"], ["gone.md"])
    assert MOVED.diff() == (
        "rename from posts/2026-01-10/长文.md\nrename to posts/2026-02-25/长文.md\n"
        "--- a/posts/2026-01-10/长文.md\n+++ b/posts/2026-02-25/长文.md\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
        "rename from a.png\nrename to b.png\n"
        "--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-x\n+y\n"
        "--- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
        "--- /dev/null\n+++ b/new.md\n@@ -0,0 +1 @@\n+x\n"
    )


def test_what_is_no_text_is_one_line_of_a_diff() -> None:
    changes = ChangeSet.of(
        [
            FileChange("a.png", b"\x89PNG\xff" * 1000, None),
            FileChange("图.png", None, b"a\0b"),
            FileChange("c.png", b"\xff", None),
            FileChange("d.png", None, b"\xfe", "c.png"),
        ]
    )
    assert changes.diff() == (
        "Binary files a/a.png and /dev/null differ\nBinary files /dev/null and b/图.png differ\n"
        "rename from c.png\nrename to d.png\nBinary files a/c.png and b/d.png differ\n"
    )


def test_a_move_taken_back_is_a_move() -> None:
    back = MOVED.reversed()
    assert set(back.moved) == {(new, old) for old, new in MOVED.moved}
    assert back.reversed() == MOVED
    chain = ChangeSet.of(
        [FileChange("a", b"1", None), FileChange("b", b"2", b"1", "a"), FileChange("c", None, b"2", "b")]
    )
    assert set(chain.reversed().moved) == {("b", "a"), ("c", "b")}
    assert chain.reversed().reversed() == chain
