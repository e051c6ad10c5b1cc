"""Moves that cannot be made: each is refused before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aiblog.errors import AiblogError
from support.moves import carried_out, plan, relocations, removal, requested
from support.program import tree
from support.repositories import OLD, SETTINGS, git, made_blog, write


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with a second post, 新的 by its title, on the day of the first."""
    folder = made_blog(tmp_path / "blog")
    write(folder, {"posts/2026-01-10/second.md": OLD.replace("An old post", "新的")})
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Second")
    return folder


@contextmanager
def refused(folder: Path, code: str, *words: str) -> Iterator[None]:
    """The error that is raised: its code, words of it; and every file as it was."""
    before = tree(folder)
    with pytest.raises(AiblogError) as raised:
        yield
    assert raised.value.code == code, raised.value.message
    for word in words:
        assert word in raised.value.message
    assert tree(folder) == before


def test_a_post_that_is_there_already(blog: Path) -> None:
    with refused(blog, "post-exists", '"2026-01-10/second"'):
        plan(blog, "old", slug="second")


def test_a_post_of_that_name_in_another_language(blog: Path) -> None:
    (blog / "posts/2026-01-10/second.md").rename(blog / "posts/2026-01-10/second_zh.md")
    with refused(blog, "post-exists", '"2026-01-10/second"'):
        plan(blog, "old", slug="second")


def test_two_posts_that_would_be_one(blog: Path) -> None:
    write(blog, {"posts/2026-02-02/old.md": OLD.replace("2026-01-10", "2026-02-02")})
    with refused(blog, "post-exists", "2 posts", "2026-02-02/old"):
        plan(blog, "2026-01-10/old", "2026-02-02/old", date="2026-03-03")
    with refused(blog, "post-exists"):
        requested(blog, pattern="{slug}{lang}.md")


def test_a_file_that_is_in_the_way_even_one_that_git_ignores(blog: Path) -> None:
    write(blog, {"posts/2026-02-02/图.png": "1", "posts/2026-01-10/图.png": "2", ".git/info/exclude": "2026-02-02\n"})
    old = blog / "posts/2026-01-10/old.md"
    old.write_text(old.read_text() + "\n![](图.png)\n")
    with refused(blog, "post-exists", '"posts/2026-02-02/图.png" is there already'):
        plan(blog, "old", date="2026-02-02")


def test_a_path_that_another_file_leaves_in_the_same_move(blog: Path) -> None:
    write(blog, {"posts/2026-01-10/new.md": OLD})
    (old,), (new,) = (relocations(blog, f"2026-01-10/{slug}", slug=to) for slug, to in (("old", "new"), ("new", "old")))
    says = "is there until it has moved itself; one move after the other was wanted"
    with refused(blog, "post-exists", says):
        requested(blog, relocations=(old, new))
    with refused(blog, "post-exists", says):
        requested(blog, relocations=(old, new._replace(slug="newer")))


@pytest.mark.parametrize("name", ["Older.md", "OLDER_zh.md"])
def test_a_twin_by_case_of_what_is_there(blog: Path, name: str) -> None:
    write(blog, {f"posts/2026-01-10/{name}": "---\nstatus: Draft\n---\n\n# X\n"})
    slug = "older" if name == "Older.md" else "older_zh"
    with refused(blog, "post-exists" if slug == "older" else "usage"):
        plan(blog, "old", slug=slug)


def test_a_twin_by_case_in_a_folders_name(blog: Path) -> None:
    write(blog, {"Archive/2026-01-10/notes.txt": "1"})
    (blog / "aiblog.yaml").write_text(SETTINGS.replace("posts: posts", "posts: posts\narchive: archive"))
    with refused(blog, "post-exists", "archive", "Archive"):
        plan(blog, "old", archived=True)


@pytest.mark.parametrize("slug", ["旧文", "Old-Post", "-x", "con", "a" * 90, ""])
def test_a_slug_that_will_not_do(blog: Path, slug: str) -> None:
    with refused(blog, "usage", f'slug "{slug}"'):
        plan(blog, "old", slug=slug)


@pytest.mark.parametrize("slug", ["readme", "second-zh"])
def test_a_slug_that_would_be_read_as_something_else(blog: Path, slug: str) -> None:
    with refused(blog, "usage", "would not be read"):
        plan(blog, "old", slug=slug)


@pytest.mark.parametrize("date", ["2026-02-30", "2026-3-4", "20260304", "明天", ""])
def test_a_date_that_is_none(blog: Path, date: str) -> None:
    with refused(blog, "usage", "not a date"):
        plan(blog, "old", date=date)


@pytest.mark.parametrize(
    "pattern", ["{date}/{lang}.md", "{date}/{slug}.md", "../{slug}{lang}.md", "{slug}{lang}.txt", ""]
)
def test_a_pattern_that_will_not_do(blog: Path, pattern: str) -> None:
    with refused(blog, "usage", f'"{pattern}"'):
        requested(blog, pattern=pattern)


def test_a_pattern_that_would_lose_a_date_which_no_front_matter_has(blog: Path) -> None:
    (blog / "posts/2026-01-10/second.md").write_text("# 新的\n")
    with refused(blog, "usage", "would lose 2026-01-10"):
        requested(blog, pattern="{slug}{lang}.md")


def test_an_archive_that_is_not_configured(blog: Path) -> None:
    with refused(blog, "usage", "no archive"):
        plan(blog, "old", archived=True)


def test_a_target_that_git_ignores(blog: Path) -> None:
    (blog / ".gitignore").write_text("2026-03-*\n")
    with refused(blog, "unsafe-path", 'git ignores "posts/2026-03-04/old.md"'):
        plan(blog, "old", date="2026-03-04")


def test_a_symbolic_link_among_the_files_that_would_move(blog: Path) -> None:
    (blog / "posts/2026-01-10/second.md").unlink()
    (blog / "posts/2026-01-10/img.png").symlink_to("../../notes.txt")
    with refused(blog, "unsafe-path", "img.png"):
        plan(blog, "old", date="2026-03-04")


def test_a_file_that_would_move_and_that_a_sparse_checkout_leaves_out(blog: Path) -> None:
    write(blog, {"posts/2026-02-02/new.md": OLD.replace("2026-01-10", "2026-02-02"), "posts/2026-02-02/大.bin": "1"})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "More")
    git(blog, "sparse-checkout", "set", "--no-cone", "/*", "!*.bin")
    with refused(blog, "repository-state", '"posts/2026-02-02/大.bin"', "sparse checkout"):
        plan(blog, "new", date="2026-03-03")


def test_a_folder_that_is_a_symbolic_link_or_a_file_in_the_way(blog: Path) -> None:
    (blog / "posts/2026-03-04").symlink_to("2026-01-10")
    with refused(blog, "unsafe-path", "2026-03-04"):
        plan(blog, "old", date="2026-03-04")
    write(blog, {"posts/2026-03-05": "a file"})
    with refused(blog, "unsafe-path", "2026-03-05"):
        plan(blog, "old", date="2026-03-05")


def test_a_repository_of_its_own_in_the_new_folder_or_the_old_one(blog: Path) -> None:
    git(blog, "init", "--quiet", "posts/2026-03-04")
    with refused(blog, "unsafe-path", "2026-03-04"):
        plan(blog, "old", date="2026-03-04")
    write(blog, {"posts/2026-01-10/inner/a.md": "# 内\n"})
    git(blog / "posts/2026-01-10", "init", "--quiet", "inner")
    git(blog / "posts/2026-01-10/inner", "add", ".")
    git(blog / "posts/2026-01-10/inner", "commit", "--quiet", "-m", "Inner")
    carried_out(plan(blog, "old", "second", date="2026-03-05"))
    assert (blog / "posts/2026-01-10/inner/a.md").exists()


def test_a_file_to_be_rewritten_that_is_not_merged(blog: Path) -> None:
    git(blog, "switch", "--quiet", "-c", "other")
    for branch, line in (("other", "theirs"), ("main", "ours")):
        git(blog, "switch", "--quiet", branch)
        (blog / "README.md").write_text(f"# {line}\n\n[一](posts/2026-01-10/old.md)\n")
        git(blog, "commit", "--quiet", "-am", line)
    git(blog, "merge", "--quiet", "other", ok=(1,))
    with refused(blog, "conflict", "README.md"):
        plan(blog, "old", slug="older")
    carried_out(plan(blog, "second", slug="third"))


def test_a_file_to_be_rewritten_with_conflict_markers_but_not_one_that_shows_them_in_code(blog: Path) -> None:
    marked = "<<<<<<< HEAD\n[一](posts/2026-01-10/old.md)\n=======\n二\n>>>>>>> other\n"
    write(blog, {"how-to.md": f"[一](posts/2026-01-10/old.md)\n\n```text\n{marked}```\n"})
    assert plan(blog, "old", slug="older").links["how-to.md"] == 1
    write(blog, {"notes.md": marked})
    with refused(blog, "conflict", "notes.md:1"):
        plan(blog, "old", slug="older")


@pytest.mark.parametrize(
    "settings", ["{posts: posts, path: '{date}/{slug}{lang}.md'}\n", "path: >\n  {date}/{slug}{lang}.md\n"]
)
def test_settings_in_which_the_pattern_cannot_be_edited(blog: Path, settings: str) -> None:
    (blog / "aiblog.yaml").write_text(settings)
    with refused(blog, "settings-invalid", "path"):
        requested(blog, pattern="{date}/{date}-{slug}{lang}.md")


def test_an_index_with_conflict_markers_of_which_an_entry_would_go(blog: Path) -> None:
    index = blog / "posts/README.md"
    index.write_text(index.read_text() + "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n")
    with refused(blog, "conflict", "posts/README.md"):
        removal(blog, "old")
