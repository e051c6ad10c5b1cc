"""A move committed: the base's files, what is staged and the disk each move with their own bytes, or nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.adapters import blog as blogs
from aiblog.adapters import journal
from aiblog.core.post import require_post
from aiblog.errors import AiblogError
from aiblog.workflows.move_commit import committed
from aiblog.workflows.moving import MoveRequest, Relocation, planned
from support.program import aiblog
from support.repositories import INDEX, OLD, assert_sound, draft, git, made_blog, state, write

OLDER = "posts/2026-01-10/old.md"
NEWER = "posts/2026-03-04/older.md"
BRANCH = "blog/redate-old"


def redated(
    blog: Path, name: str = "old", *, branch: str = BRANCH, slug: str = "older", named: bool = False
) -> tuple[str | None, str | None]:
    """The post gets another date and slug, committed."""
    opened = blogs.opened(blog)
    posts = blogs.posts(opened)
    post = require_post(posts, name)
    with journal.journalled(["aiblog", "redate"]):
        plan = planned(opened, posts, MoveRequest((Relocation(post, "2026-03-04", slug, archived=False),)))
        return committed(opened, plan, branch, f"Re-date blog post: {name}\n\nWhy.", named=named)


def long(blog: Path) -> Path:
    """The post is long enough for git to see that it has moved; an image and a script are beside it."""
    write(blog, {OLDER: OLD + "\n一段话。\n" * 20, "posts/2026-01-10/图.png": "0\n", "posts/2026-01-10/run.sh": "1\n"})
    (blog / "posts/2026-01-10/run.sh").chmod(0o755)
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Longer")
    return blog


def renames(blog: Path, commit: str = "HEAD") -> set[tuple[str, str]]:
    words = ("-c", "core.quotePath=false", "diff-tree", "-r", "-M", "--diff-filter=R", "--name-status", f"{commit}^")
    return {tuple(line.split("\t")[1:]) for line in git(blog, *words, commit).splitlines()}  # type: ignore[misc]


def subjects(blog: Path, *words: str) -> list[str]:
    return git(blog, "log", "--format=%s", *words).splitlines()


def test_from_the_base_it_is_one_commit_on_a_new_branch_in_which_git_finds_every_rename(tmp_path: Path) -> None:
    blog = long(made_blog(tmp_path / "blog"))
    branch, commit = redated(blog)
    assert (branch, commit) == (BRANCH, git(blog, "rev-parse", "HEAD"))
    assert git(blog, "symbolic-ref", "HEAD") == f"refs/heads/{BRANCH}"
    assert git(blog, "rev-parse", "HEAD^") == git(blog, "rev-parse", "main")
    assert git(blog, "status", "--porcelain") == ""
    assert renames(blog) == {
        (OLDER, NEWER),
        ("posts/2026-01-10/图.png", "posts/2026-03-04/图.png"),
        ("posts/2026-01-10/run.sh", "posts/2026-03-04/run.sh"),
    }
    assert subjects(blog, "--follow", NEWER) == ["Re-date blog post: old", "Longer", "Begin"]
    assert git(blog, "ls-tree", "HEAD", "posts/2026-03-04/run.sh").startswith("100755")
    assert "## 2026-03-04: An old post" in git(blog, "show", "HEAD:posts/README.md")
    assert_sound(blog)
    git(blog, "switch", "--quiet", "main")
    assert git(blog, "status", "--porcelain") == ""
    git(blog, "switch", "--quiet", "-")
    assert git(blog, "status", "--porcelain") == ""


def test_where_git_would_not_see_it_the_renames_are_a_commit_of_their_own(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    links = "".join(f"[{n}](../../notes.txt)\n[二](./{n}.md)\n" for n in range(3))
    write(blog, {OLDER: f"---\nstatus: Active\ndate: 2026-01-10\n---\n\n# 旧\n\n{links}"})
    write(
        blog, {f"posts/2026-01-10/{n}.md": f"---\nstatus: Active\ndate: 2026-01-10\n---\n\n# {n}\n" for n in range(3)}
    )
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Short, and all links")
    hook(blog, "pre-commit", f"#!/bin/sh\necho ran >> '{tmp_path}/ran'\n")
    hook(blog, "commit-msg", '#!/bin/sh\necho "Reviewed-by: 某人" >> "$1"\n')
    redated(blog)
    assert subjects(blog, "main..") == ["Re-date blog post: old", "Re-date blog post: old (renames alone)"]
    assert renames(blog, "HEAD^") == {(OLDER, NEWER)}
    assert git(blog, "rev-parse", f"HEAD^:{NEWER}") == git(blog, "rev-parse", f"main:{OLDER}")
    assert subjects(blog, "--follow", NEWER)[-2:] == ["Short, and all links", "Begin"]
    assert git(blog, "log", "main..", "--format=%b").count("Why.\nReviewed-by: 某人") == 2
    assert (tmp_path / "ran").read_text() == "ran\n"
    assert git(blog, "status", "--porcelain") == ""
    assert len(git(blog, "reflog", BRANCH).splitlines()) == 2  # made for the hooks to see, then moved once
    after = state(blog)
    done = aiblog("undo", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert git(blog, "branch", "--list") == "* main"
    assert git(blog, "status", "--porcelain") == ""
    assert aiblog("undo", "2", "--yes", folder=blog).returncode == 0
    assert state(blog) == after


def at_work(blog: Path) -> Path:
    """The author has staged, unstaged, removed and untracked work in what moves, and in an index."""
    long(blog)
    write(blog, {"posts/2026-01-10/注/staged.md": "# 新\n\n[旧](../old.md)\n"})
    write(blog, {"notes.txt": "staged\n", "intended.txt": "x"})
    git(blog, "add", "posts/2026-01-10/注/staged.md", "notes.txt")
    git(blog, "add", "--intent-to-add", "intended.txt")
    write(blog, {OLDER: OLD + "\n一段话。\n" * 20 + "\n暂存的。\n"})
    git(blog, "add", OLDER)
    write(blog, {OLDER: OLD + "\n一段话。\n" * 20 + "\n暂存的。\n\n磁盘上的。[x](old.md)\n"})
    write(blog, {"posts/README.md": INDEX.replace("Write something.", "Staged words.")})
    git(blog, "add", "posts/README.md")
    write(blog, {"posts/README.md": INDEX.replace("Write something.", "Words on the disk.")})
    write(blog, {"untracked.md": "[旧](posts/2026-01-10/old.md)\n", "notes.txt": "on the disk\n"})
    git(blog, "rm", "--quiet", "--cached", "posts/2026-01-10/run.sh")
    return blog


def assert_only_the_authors(blog: Path) -> None:
    """The commit has the move alone; staged and unstaged is what the author had, at its new place."""
    assert git(blog, "show", f"HEAD:{NEWER}").count("暂存的。") == 0
    assert "Write something." in git(blog, "show", "HEAD:posts/README.md")
    assert "notes.txt" not in git(blog, "show", "--name-only", "--format=", "HEAD")
    staged = git(blog, "-c", "core.quotePath=false", "diff", "--cached", "--no-renames")
    lines = [line for line in staged.splitlines() if line[:1] in "+-" and not line.startswith(("+++", "---"))]
    assert sorted(lines) == [
        "+", "+", "+# 新", "+Staged words.", "+[旧](../older.md)", "+staged", "+暂存的。",
        "-1", "-Write something.", "-one", "-two",
    ]  # fmt: skip
    text = (blog / NEWER).read_text()
    assert text.endswith("\n暂存的。\n\n磁盘上的。[x](older.md)\n")
    assert git(blog, "show", f":{NEWER}").endswith("\n暂存的。")
    assert "Words on the disk." in (blog / "posts/README.md").read_text()
    assert "Staged words." in git(blog, "show", ":posts/README.md")
    for place in ("HEAD:", ":"):
        assert "## 2026-03-04: An old post" in git(blog, "show", f"{place}posts/README.md")
    assert (blog / "untracked.md").read_text() == "[旧](posts/2026-03-04/older.md)\n"
    assert git(blog, "ls-files", "posts/2026-03-04/run.sh") == ""
    assert (blog / "posts/2026-03-04/run.sh").stat().st_mode & 0o111
    assert git(blog, "diff", "--name-only", "--diff-filter=A") == "intended.txt"
    assert_sound(blog)


def test_what_is_staged_edited_removed_and_untracked_stays_so(tmp_path: Path) -> None:
    blog = at_work(made_blog(tmp_path / "blog"))
    before = state(blog)
    redated(blog)
    assert_only_the_authors(blog)
    after = state(blog)
    for words, wanted in ((("undo",), before), (("undo", "2"), after), (("undo",), before)):
        done = aiblog(*words, "--yes", folder=blog)
        assert done.returncode == 0, done.stderr
        assert state(blog) == wanted


def hook(blog: Path, name: str, text: str) -> None:
    path = blog / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def test_hooks_see_the_move_and_what_they_change_is_committed_staged_and_on_the_disk(tmp_path: Path) -> None:
    blog = long(made_blog(tmp_path / "blog"))
    hook(
        blog,
        "pre-commit",
        f"""#!/bin/sh
        test "$(git symbolic-ref HEAD)" = refs/heads/{BRANCH} || exit 1
        test ! -e {OLDER} || exit 2
        sed -i 's/一段话/两段话/' {NEWER} && git add {NEWER}
        """,
    )
    redated(blog)
    assert (blog / NEWER).read_text().count("两段话") == 20
    assert git(blog, "status", "--porcelain") == ""
    assert git(blog, "show", f"HEAD:{NEWER}").count("两段话") == 20
    assert git(blog, "worktree", "list").count("\n") == 0


def test_files_that_the_author_has_edited_keep_their_bytes_where_a_hook_changes_the_commit(tmp_path: Path) -> None:
    blog = at_work(made_blog(tmp_path / "blog"))
    hook(blog, "pre-commit", f"#!/bin/sh\nsed -i 's/Text/Texts/' {NEWER} && git add {NEWER}\n")
    redated(blog)
    assert "Texts" in git(blog, "show", f"HEAD:{NEWER}")
    assert "Texts" not in git(blog, "show", f":{NEWER}")
    assert "Texts" not in (blog / NEWER).read_text()


@pytest.mark.parametrize("name", ["pre-commit", "commit-msg", "prepare-commit-msg", "signing"])
def test_what_fails_leaves_everything_as_it_was(name: str, tmp_path: Path) -> None:
    blog = at_work(made_blog(tmp_path / "blog"))
    if name == "signing":
        git(blog, "config", "commit.gpgSign", "true")
        git(blog, "config", "gpg.program", "false")
    else:
        hook(blog, name, "#!/bin/sh\necho 不行\nexit 1\n")
    before = state(blog)
    with pytest.raises(AiblogError) as caught:
        redated(blog)
    assert caught.value.exit_code == 4
    assert state(blog) == before
    assert not caught.value.written
    assert not list((blog / ".git/aiblog").glob("*"))


def test_a_disk_that_is_full_puts_branch_head_and_index_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aiblog.adapters import writing  # noqa: PLC0415 - what is hurt

    blog = at_work(made_blog(tmp_path / "blog"))
    before = state(blog)
    monkeypatch.setattr(writing, "_require_unchanged", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(AiblogError) as caught:
        redated(blog)
    assert caught.value.code == "output-failed"
    assert state(blog) == before
    assert not list((blog / ".git/aiblog").glob("*"))


def test_another_branch_gets_the_commit_itself_and_goes_nowhere(tmp_path: Path) -> None:
    blog = at_work(made_blog(tmp_path / "blog"))
    git(blog, "branch", "topic")
    git(blog, "symbolic-ref", "HEAD", "refs/heads/topic")
    assert redated(blog)[0] == "topic"
    assert git(blog, "symbolic-ref", "HEAD") == "refs/heads/topic"
    assert git(blog, "rev-parse", "topic^") == git(blog, "rev-parse", "main")
    assert_only_the_authors(blog)


def test_a_branch_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    blog = long(made_blog(tmp_path / "blog"))
    git(blog, "branch", "topic")
    git(blog, "branch", "other", git(blog, "commit-tree", "-p", "main", "-m", "Other", "main^{tree}"))

    def refused(code: str, branch: str = BRANCH, *, named: bool = True) -> None:
        before = state(blog)
        with pytest.raises(AiblogError) as caught:
            redated(blog, branch=branch, named=named)
        assert caught.value.code == code
        assert state(blog) == before

    refused("usage", "a b")
    refused("branch-exists", "other")
    refused("branch-exists", "topic/more")
    git(blog, "switch", "--quiet", "topic")
    refused("repository-state")
    git(blog, "switch", "--quiet", "--detach")
    refused("repository-state", named=False)
    git(blog, "switch", "--quiet", "main")
    (blog / ".git/MERGE_HEAD").write_text(git(blog, "rev-parse", "HEAD"))
    refused("repository-state")
    (blog / ".git/MERGE_HEAD").unlink()
    assert redated(blog, branch="topic", named=True)[0] == "topic"


def test_a_draft_that_git_does_not_have_moves_on_the_disk_alone(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    draft(blog, "waits")
    assert redated(blog, "waits", slug="waits") == (None, None)
    assert (blog / "posts/2026-03-04/waits.md").exists()
    assert git(blog, "branch", "--list") == "* main"
    git(blog, "add", "--intent-to-add", "posts/2026-03-04/waits.md")
    write(blog, {"README.md": (blog / "README.md").read_text() + "\n[稿](posts/2026-03-04/waits.md)\n"})
    git(blog, "commit", "--quiet", "-m", "A link", "README.md")
    assert redated(blog, "waits", slug="waits-long")[1] == git(blog, "rev-parse", "HEAD")
    assert git(blog, "show", "--name-only", "--format=", "HEAD") == "README.md"
    assert git(blog, "-c", "core.quotePath=false", "status", "--porcelain") == "?? posts/2026-03-04/"


def test_a_blog_below_the_top_takes_the_whole_repository_along(tmp_path: Path) -> None:
    blog = long(made_blog(tmp_path / "top/site"))
    top = tmp_path / "top"
    (blog / ".git").rename(top / ".git")
    write(top, {"文.md": "[旧](site/posts/2026-01-10/old.md)\n"})
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "Below")
    before = state(top)
    redated(blog)
    assert git(top, "show", "HEAD:文.md") == "[旧](site/posts/2026-03-04/older.md)"
    assert (f"site/{OLDER}", f"site/{NEWER}") in renames(top)
    assert git(top, "status", "--porcelain") == ""
    index = blog / "posts/README.md"
    moved, entry = index.read_text(), "## 2026-05-06: 新\n\n- [新](./x.md)\n\n"
    index.write_text(moved.replace("## 2026-03-04", f"{entry}## 2026-03-04"))
    done = aiblog("undo", "--yes", folder=blog)
    assert done.returncode == 0, done.stderr
    assert entry in index.read_text()
    index.write_text(index.read_text().replace(entry, ""))
    assert state(top) == before


def test_a_partial_clone_fetches_no_image_for_it(tmp_path: Path) -> None:
    origin = long(made_blog(tmp_path / "origin"))
    git(origin, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{origin}", "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "--quiet")
    image = git(clone, "rev-parse", "HEAD:posts/2026-01-10/图.png")
    (clone / ".git/objects/pack").rename(clone / ".git/objects/gone")
    (clone / ".git/objects/pack").mkdir()
    packs = sorted((clone / ".git/objects/gone").glob("*.pack"))
    for pack in packs:
        git(clone, "unpack-objects", "-q", given=pack.read_bytes())
    (clone / ".git/objects" / image[:2] / image[2:]).unlink()
    git(clone, "remote", "set-url", "origin", f"file://{tmp_path}/nowhere")
    redated(clone)
    assert git(clone, "rev-parse", "HEAD:posts/2026-03-04/图.png") == image


def test_line_ends_and_filters_of_the_disk_stay_on_the_disk(tmp_path: Path) -> None:
    origin = long(made_blog(tmp_path / "origin"))
    write(origin, {".gitattributes": "*.png filter=upper\n", "posts/2026-01-10/图.png": "1\n"})
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "-m", "Filters")
    settings = {"core.autocrlf": "true", "filter.upper.clean": "tr 0 1", "filter.upper.smudge": "tr 1 0"}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    git(tmp_path, *words, "clone", "--quiet", "origin", "clone")
    clone = tmp_path / "clone"
    for name, value in settings.items():
        git(clone, "config", name, value)
    before = git(clone, "rev-parse", "HEAD:posts/2026-01-10/图.png")
    assert redated(clone)[1] == git(clone, "rev-parse", "HEAD")
    assert b"\r\n" in (clone / NEWER).read_bytes()
    assert b"\n\n" not in (clone / NEWER).read_bytes()
    assert "\r" not in git(clone, "show", f"HEAD:{NEWER}")
    assert git(clone, "rev-parse", "HEAD:posts/2026-03-04/图.png") == before
    assert git(clone, "status", "--porcelain") == ""


def test_what_a_sparse_checkout_leaves_out_follows_in_git_alone(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    write(blog, {"站/其他.md": "[旧文](../posts/2026-01-10/old.md)\n"})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Elsewhere")
    git(blog, "sparse-checkout", "set", "--no-cone", "/*", "!/站/")
    redated(blog)
    assert git(blog, "show", "HEAD:站/其他.md") == "[旧文](../posts/2026-03-04/older.md)"
    assert git(blog, "status", "--porcelain") == ""
    assert not (blog / "站").exists()
    assert aiblog("undo", "--yes", folder=blog).returncode == 0
    assert git(blog, "status", "--porcelain") == ""
    assert git(blog, "symbolic-ref", "HEAD") == "refs/heads/main"


@pytest.mark.parametrize("words", [["rm", "--quiet"], ["rm", "--quiet", "--cached"]])
def test_an_edition_that_the_author_has_deleted_and_git_has_would_stay_behind(words: list[str], tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    other = OLDER.replace(".md", "_zh.md")
    write(blog, {other: OLD.replace("# ", "# 旧")})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Another edition")
    git(blog, *words, other)
    (blog / other).unlink(missing_ok=True)
    before = state(blog)
    with pytest.raises(AiblogError) as raised:
        redated(blog)
    assert (raised.value.code, other in raised.value.message) == ("repository-state", True)
    assert state(blog) == before
    git(blog, *raised.value.hints[0].split()[1:])
    redated(blog)
    assert git(blog, "ls-tree", "-r", "--name-only", "HEAD", "posts/2026-01-10") == ""
    assert git(blog, "status", "--porcelain") == ""
