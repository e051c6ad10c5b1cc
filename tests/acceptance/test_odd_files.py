"""Cases 15, 17, 18 and 20: odd titles, headers, devices and streams, by whole commands that write."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from aiblog.core.title import escaped_title
from support.moved_blogs import linked_blog
from support.program import AIBLOG, LIKE_OTHERS, aiblog, tree
from support.repositories import OLD, draft, git, made_blog, show, state, write

FRONT = b"status: Draft\ndate: 2026-02-25\ntags: a\n"
BODY = b"\n# T\n\nText.\n"

KEPT = {
    "bom": b"\xef\xbb\xbf---\n" + FRONT + b"---\n" + BODY,
    "crlf": (b"---\n" + FRONT + b"---\n" + BODY).replace(b"\n", b"\r\n"),
    "comments": b"---\n# one\nstatus:   Draft  # two\ndate: 2026-02-25 # three\n\ntags: a\n---\n" + BODY,
    "quotes": b"---\n\"status\": 'Draft'\ndate: \"2026-02-25\"\ntags: 'a'\nx: 'it''s \"so\"'\n---\n" + BODY,
    "scalars": b"---\n" + FRONT + b"x: |\n  one\n    two\ny: >-\n  three\n\n  four\n---\n" + BODY,
    "keys": b"---\n" + FRONT + b"1: x\nyes: on\n2026-01-01: y\n---\n" + BODY,
    "open-end": b"---\n" + FRONT + b"---\n" + BODY.rstrip(b"\n"),
}
REFUSED = {
    "duplicate": (b"---\n" + FRONT + b"status: Active\n---\n" + BODY, ":5:"),
    "alias": (b"---\n" + FRONT + b"x: &x 1\ny: *x\n---\n" + BODY, ":6:"),
    "bomb": (
        b"---\n" + FRONT + b"a: &a [x,x,x,x,x,x,x,x,x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 107))
        + b"---\n" + BODY, ":",
    ),
    "deep": (b"---\n" + FRONT + b"x: " + b"[" * 60_000 + b"\n---\n" + BODY, ":1:"),
    "brackets": (b"---\n" + FRONT + b"x: " + b"[" * 15_000 + b"\n---\n" + BODY, ":"),
    "bad-date": (b"---\nstatus: Draft\ndate: 2026-99-99\ntags: a\n---\n" + BODY, ":3:"),
    "no-end": (b"---\n" + FRONT + BODY, ":1:"),
    "toml": (b'+++\nstatus = "Draft"\ndate = 2026-02-25\n+++\n' + BODY, ":1:"),
    "latin": (b"---\n" + FRONT + b"x: caf\xe9\n---\n" + BODY, ":5:"),
}  # fmt: skip


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return made_blog(tmp_path / "blog")


def place(slug: str) -> str:
    return f"posts/2026-02-25/{slug}.md"


def test_a_header_that_is_odd_keeps_every_byte_but_the_status(blog: Path) -> None:
    (blog / "posts/2026-02-25").mkdir()
    for slug, data in KEPT.items():
        (blog / place(slug)).write_bytes(data)
    done = aiblog("publish", *KEPT, "--yes", "--no-branch", folder=blog)
    assert done.returncode == 0, done.stderr
    for slug, data in KEPT.items():
        assert (blog / place(slug)).read_bytes() == data.replace(b"Draft", b"Active"), slug
    assert aiblog("tags", "rename", "a", "云原生", "--yes", folder=blog).returncode == 0
    for slug, data in KEPT.items():
        after = (blog / place(slug)).read_bytes()
        assert after.replace("云原生".encode(), b"a").replace(b'"a"', b"a") == data.replace(b"Draft", b"Active"), slug


def test_a_header_that_cannot_be_read_is_named_by_line_and_left(blog: Path) -> None:
    (blog / "posts/2026-02-25").mkdir()
    for slug, (data, _) in REFUSED.items():
        (blog / place(slug)).write_bytes(data)
    before = state(blog)
    checked = aiblog("check", "--fix", folder=blog)
    assert checked.returncode == 1
    for slug, (_, line) in REFUSED.items():
        assert f"{place(slug)}{line}" in checked.stdout, checked.stdout
    refused = aiblog("publish", *REFUSED, "--yes", folder=blog)
    assert refused.returncode in {2, 3}
    refused = aiblog("translate-stub", "bomb", "--to=zh", folder=blog)
    assert (refused.returncode, f"{place('bomb')}:" in refused.stderr) == (2, True)
    assert state(blog) == before


TITLES = [
    "---", "yes", "12:30", "1e3", 'it\'s "quoted"', "# hash", "@at", "emoji 🎉 👩‍👩‍👧", "a](b) c",
    "<img onerror=alert(1)>", "`code` and ``` ticks", "x" * 200, "贡" * 86, "[x](y)", "*星* _号_", "a\\", "&amp;",
]  # fmt: skip


def test_any_title_is_one_link_in_the_index_with_the_same_text(blog: Path) -> None:
    slugs = {f"p{number}": title for number, title in enumerate(TITLES)}
    for slug, title in slugs.items():
        draft(blog, slug, escaped_title(title))
    done = aiblog("publish", *slugs, "--yes", "--no-branch", folder=blog)
    assert done.returncode == 0, done.stderr
    shown: dict[str, str] = {}
    for token in MarkdownIt().parse(show(blog, "HEAD:posts/README.md")):
        children = token.children or []
        for number, child in enumerate(children):
            if child.type == "link_open":
                end = next(at for at in range(number, len(children)) if children[at].type == "link_close")
                slug = str(child.attrs["href"]).rpartition("/")[2].removesuffix(".md")
                shown[slug] = shown.get(slug, "") + "".join(each.content for each in children[number:end])
                assert {each.type for each in children[number + 1 : end]} <= {"text", "code_inline", "text_special"}
    for slug, title in slugs.items():
        assert shown[slug] == f"{title} (English)".replace("`code`", "code"), title
    assert set(shown) == {*slugs, "old"}


@pytest.mark.skipif(not hasattr(os, "mknod") or os.geteuid() != 0, reason="only root makes devices")
@pytest.mark.parametrize("where", ["posts/README.md", "posts/2026-02-25/new-post.md", "posts/2026-02-25/b.md", "posts"])
def test_a_device_is_refused_before_anything_is_written(blog: Path, where: str) -> None:
    draft(blog)
    at = blog / where
    if at.is_dir():
        at.rename(blog.parent / "posts")
    at.unlink(missing_ok=True)
    try:
        os.mknod(at, 0o020666, os.makedev(1, 5))  # it never ends
    except PermissionError:
        pytest.skip("devices cannot be made here")
    head = git(blog, "for-each-ref")
    for words in (["publish", "new-post", "--yes"], ["new", "B", "--slug=b", "--date=2026-02-25", "--lang=en"]):
        done = aiblog(*words, folder=blog)
        fine = words[0] == "new" and where.endswith(("README.md", "new-post.md"))
        fine = fine or (words[0] == "publish" and where.endswith("b.md"))
        assert (done.returncode in {2, 3}) is not fine, done.stderr
        assert fine or git(blog, "for-each-ref") == head or where.endswith("b.md")
    assert "bug in aiblog" not in done.stderr


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (["publish", "new-post"], "--yes"), (["undo"], "--yes"), (["tags", "rename", "a", "b"], "--yes"),
        (["publish"], "POST"), (["translate-stub"], "POST"), (["mv", "new-post", "newer"], "--yes"), (["mv"], "POST"),
        (["mv", "new-post"], "SLUG"), (["redate", "new-post", "2026-03-01"], "--yes"), (["redate", "new-post"], "DATE"),
        (["remove", "old"], "--yes"), (["migrate", "--path={slug}{lang}.md"], "--yes"), (["migrate"], "--repair"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("given", ["", "y\n\n\ny\n"])
def test_without_a_terminal_nobody_says_yes(blog: Path, words: list[str], flag: str, given: str) -> None:
    draft(blog)
    aiblog("new", "Undone", "--slug=u", "--date=2026-02-26", "--lang=en", folder=blog)
    before = state(blog)
    done = aiblog(*words, folder=blog, given=given)
    assert done.returncode == 2, done.stderr
    assert flag in done.stderr
    assert state(blog) == before


@pytest.mark.parametrize("streams", [">/dev/full", "<&- >&- 2>&-", ">&- 2>/dev/full"])
@pytest.mark.parametrize(
    "words",
    [
        "publish new-post --yes", "undo --yes", "check --fix", "status --json", "index", "mv old older --yes",
        "remove old --yes --commit",
    ],
)  # fmt: skip
def test_streams_that_are_closed_or_full_leave_old_or_new_and_no_traceback(
    blog: Path, words: str, streams: str
) -> None:
    draft(blog)
    aiblog("new", "Undone", "--slug=u", "--date=2026-02-26", "--lang=en", folder=blog)
    done = subprocess.run(
        f"{AIBLOG} {words} {streams}", shell=True, cwd=blog, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert done.returncode in {0, 1, 4}, done.stderr
    assert b"Traceback" not in done.stderr
    assert b"bug in aiblog" not in done.stderr
    kept = tree(blog)
    again = aiblog(*words.split(), folder=blog)
    assert again.returncode in {0, 1}
    assert words.startswith(("undo", "publish", "mv", "remove")) is False or tree(blog) == kept
    git(blog, "fsck", "--strict", "--no-dangling")


def test_a_locale_without_chinese_changes_no_commit(blog: Path) -> None:
    draft(blog, title="中文标题")
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = aiblog("publish", "new-post", "--yes", folder=blog, environment=ascii_only)
    assert done.returncode == 0, done.stderr
    assert git(blog, "show", "-s", "--format=%s") == "Add blog post: 中文标题"
    assert "[中文标题 (English)]" in show(blog, "HEAD:posts/README.md")
    write(blog, {"posts/2026-02-26/图.md": OLD.replace("2026-01-10", "2026-02-26")})
    for words in (["status"], ["check"], ["list"], ["tags"], ["log"], ["undo", "--yes"]):
        done = aiblog(*words, folder=blog, environment=ascii_only)
        assert done.returncode in {0, 1}, done.stderr
        assert done.stdout.isascii()


KEPT_OUT = pytest.mark.skipif(
    bool(LIKE_OTHERS) and not shutil.which("setpriv"), reason="root needs setpriv to be kept out"
)


@KEPT_OUT
def test_a_page_that_may_not_be_read_stops_a_move_for_it_may_link_to_what_moves(tmp_path: Path) -> None:
    blog = linked_blog(tmp_path / "blog")
    before = state(blog)
    (blog / "docs/说明.md").chmod(0)
    refused = aiblog("mv", "roi", "returns", "--yes", folder=blog, before=LIKE_OTHERS)
    assert refused.returncode == 3, refused.stderr
    assert '"docs/说明.md" cannot be read, and may link to what moves; nothing was written' in refused.stderr
    (blog / "docs/说明.md").chmod(0o644)
    assert state(blog) == before


@KEPT_OUT
@pytest.mark.parametrize("words", [("index",), ("list",), ("status",), ("check",), ("mv", "roi", "returns", "--yes")])
def test_posts_in_a_folder_that_may_not_be_read_do_not_count_as_gone(tmp_path: Path, words: tuple[str, ...]) -> None:
    blog = linked_blog(tmp_path / "blog")
    before = state(blog)
    folder = blog / "posts/2026-01-10"
    folder.chmod(0)
    refused = aiblog(*words, folder=blog, before=LIKE_OTHERS)
    folder.chmod(0o755)
    assert refused.returncode == 3, refused.stderr
    assert '"posts/2026-01-10" cannot be read: Permission denied' in refused.stderr
    assert state(blog) == before


@KEPT_OUT
def test_a_folder_beside_the_posts_may_be_closed(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    (blog / "数据").mkdir(mode=0)
    (blog / "aiblog.yaml").unlink()
    for words in (("list",), ("status",), ("check", "--select", "link-missing")):
        assert aiblog(*words, folder=blog, before=LIKE_OTHERS).returncode == 0
