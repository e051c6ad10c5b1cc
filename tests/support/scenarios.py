"""The commands that write, each in a blog with work of its author's in every state."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from support.faults import Scenario, run
from support.repositories import INDEX, draft, git, made_blog, write

DATE = "2026-02-25"
NEW = ("new", "A new post", "--slug", "new-post", "--date", DATE, "-l", "en", "-l", "zh", "--no-input")
STUB = ("translate-stub", "new-post", "--to", "zh", "--no-input")
PUBLISH = ("publish", "new-post", "--yes", "--list", "all")

PASSES = "#!/bin/sh\ngit diff --cached --check\n"
REFORMATS = """\
#!/bin/sh
for path in $(git diff --cached --name-only -- posts/2026-02-25); do
    sed 's/Text\\./Text, in order./' "$path" > "$path.tmp" && mv "$path.tmp" "$path" && git add "$path"
done
"""


def at_work(folder: Path) -> None:
    """A blog whose author has staged, unstaged, staged and unstaged, removed and untracked work, in an index too."""
    made_blog(folder)
    draft(folder)
    write(folder, {"notes.txt": "staged\n", "intended.txt": "later\n"})
    git(folder, "add", "notes.txt")
    git(folder, "add", "--intent-to-add", "intended.txt")
    write(folder, {"notes.txt": "on the disk\n", "untracked.txt": "mine\n"})
    write(folder, {"posts/README.md": INDEX.replace("Write something.", "Staged words.")})
    git(folder, "add", "posts/README.md")
    write(folder, {"posts/README.md": INDEX.replace("Write something.", "Words on the disk.")})


def with_the_draft_committed(folder: Path) -> None:
    """The draft is on the base, with a picture beside it and a page that links to it."""
    at_work(folder)
    write(folder, {"page.md": "[it](posts/2026-02-25/new-post.md)\n", "posts/2026-02-25/图.png": "picture"})
    own = ("page.md", "posts/2026-02-25")
    git(folder, "add", *own)
    git(folder, "commit", "--quiet", "-m", "A draft", "--", *own)


def with_the_folder(folder: Path) -> None:
    """The date folder is there, with another post."""
    at_work(folder)
    (folder / "posts/2026-02-25/new-post.md").rename(folder / "posts/2026-02-25/other.md")


def without_the_folder(folder: Path) -> None:
    """Nothing of that date is there."""
    at_work(folder)
    (folder / "posts/2026-02-25/new-post.md").unlink()
    (folder / "posts/2026-02-25").rmdir()


def on_its_branch(folder: Path) -> None:
    """The post's branch is checked out."""
    at_work(folder)
    git(folder, "symbolic-ref", "HEAD", "refs/heads/blog/2026-02-25-new-post")
    git(folder, "update-ref", "HEAD", "main")


def elsewhere(folder: Path) -> None:
    """Another branch is checked out."""
    at_work(folder)
    git(folder, "branch", "topic")
    git(folder, "symbolic-ref", "HEAD", "refs/heads/topic")


def with_a_hook(folder: Path) -> None:
    """A pre-commit hook that passes."""
    at_work(folder)
    _hook(folder, PASSES)


def with_a_reformatting_hook(folder: Path) -> None:
    """A pre-commit hook that changes the post and adds it again."""
    at_work(folder)
    _hook(folder, REFORMATS)


def without_the_folder_with_a_hook(folder: Path) -> None:
    """Nothing of that date is there; a pre-commit hook passes."""
    without_the_folder(folder)
    _hook(folder, PASSES)


def elsewhere_with_a_hook(folder: Path) -> None:
    """Another branch is checked out, and a pre-commit hook is there."""
    elsewhere(folder)
    _hook(folder, REFORMATS)


def with_a_sidecar(folder: Path) -> None:
    """Links stand in the sidecar, whose lines of other posts are staged otherwise than they stand on the disk."""
    at_work(folder)
    _sidecar(folder)
    zh = "posts/2026-02-25/new-post_zh.md"
    write(folder, {zh: f"---\nstatus: Draft\ndate: {DATE}\ntags: a\n---\n\n# 新文章\n\n正文。\n"})
    with (folder / ".aiblog/translations.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{zh}: {{lang: zh, translation_of: ./new-post.md}}\n")


def without_the_folder_with_a_sidecar(folder: Path) -> None:
    """Nothing of that date is there; links stand in the sidecar."""
    without_the_folder(folder)
    _sidecar(folder)


def _sidecar(folder: Path) -> None:
    with (folder / "aiblog.yaml").open("a", encoding="utf-8") as file:
        file.write("translations: sidecar\n")
    path, line = ".aiblog/translations.yaml", "posts/2026-01-10/old_zh.md: {lang: zh, translation_of: ./old.md}\n"
    write(folder, {path: f"# staged\n{line}"})
    git(folder, "add", path)
    write(folder, {path: f"# 在磁盘上\n{line}"})


def _hook(folder: Path, text: str) -> None:
    path = folder / ".git/hooks/pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


PUBLISHING = [
    Scenario("publish: a new branch from the base", PUBLISH, at_work),
    Scenario("publish: the branch checked out", PUBLISH, on_its_branch),
    Scenario("publish --no-branch", (*PUBLISH, "--no-branch"), at_work),
    Scenario("publish: from elsewhere", PUBLISH, elsewhere),
    Scenario("publish: a hook", PUBLISH, with_a_hook),
    Scenario("publish: a hook that reformats", PUBLISH, with_a_reformatting_hook),
    Scenario("publish: a sidecar", PUBLISH, with_a_sidecar),
    Scenario("publish: from elsewhere, a hook that reformats", PUBLISH, elsewhere_with_a_hook),
    Scenario("publish --date", (*PUBLISH, "--date", "2026-03-01"), with_the_draft_committed),
]

DRAFTING = [
    Scenario("new: a new folder", NEW, without_the_folder),
    Scenario("new: a folder that is there", NEW, with_the_folder),
    Scenario("new --commit", (*NEW, "--commit"), without_the_folder),
    Scenario("new --commit: a hook", (*NEW, "--commit"), without_the_folder_with_a_hook),
    Scenario("new --commit: a sidecar", (*NEW, "--commit"), without_the_folder_with_a_sidecar),
    Scenario("new --switch", (*NEW, "--switch"), without_the_folder),
    Scenario("translate-stub", STUB, at_work),
    Scenario("translate-stub --commit", (*STUB, "--commit"), at_work),
]


def _after(scenario: Scenario) -> Scenario:
    """The scenario's command taken back."""

    def made(folder: Path) -> None:
        scenario.made(folder)
        done = run(scenario.arguments, folder)
        assert done.returncode == 0, done.stderr

    return Scenario(f"undo of {scenario.name}", ("undo", "--yes"), made)


def unlisted(folder: Path) -> None:
    """A published post is in no index, and another one has a new title."""
    at_work(folder)
    path = folder / "posts/2026-02-25/new-post.md"
    path.write_text(path.read_text().replace("Draft", "Active"))
    path = folder / "posts/2026-01-10/old.md"
    path.write_text(path.read_text().replace("An old post", "An old post, renamed"))


def mendable(folder: Path) -> None:
    """Links of two posts are in the wrong case."""
    at_work(folder)
    for path in (folder / "posts/2026-02-25/new-post.md", folder / "posts/2026-01-10/old.md"):
        path.write_text(path.read_text().replace("Text.", "[另一篇](../2026-01-10/OLD.md)。"))


TRANSLATED = """\
---
status: Draft
date: 2026-02-25
tags: a
lang: zh
translation_of: ./new-post.md
source_hash: 0000000000000000000000000000000000000000000000000000000000000000
---

# 一篇新文章

正文。
"""


def translated(folder: Path) -> None:
    """A draft with a translation that covers an older text, neither with a switch line."""
    at_work(folder)
    write(folder, {"posts/2026-02-25/new-post_zh.md": TRANSLATED})


def with_a_stub(folder: Path) -> None:
    """A stub whose blocks wait, and a file with their translations."""
    at_work(folder)
    done = run((*STUB, "--json"), folder)
    blocks = json.loads(done.stdout)["blocks"]
    texts = {"# A new post": "# 一篇新文章", "Text.": "正文。"}
    write(folder, {"blocks.json": json.dumps({each["id"]: texts[each["text"]] for each in blocks})})
    shutil.rmtree(folder / ".git/aiblog")  # the stub is as if it had always been there


MENDING = [
    Scenario("index", ("index",), unlisted),
    Scenario("check --fix", ("check", "--fix", "--select", "link-missing"), mendable),
    Scenario("translate-sync", ("translate-sync", "new-post", "--to", "zh"), translated),
    Scenario("translate-fill", ("translate-fill", "new-post", "--from", "blocks.json", "--to", "zh"), with_a_stub),
]


def with_files_beside(folder: Path) -> None:
    """A post in two languages with an image and a script beside it, and links to it from a draft and a note."""
    at_work(folder)
    own = "posts/2026-01-10"
    text = (
        "---\nstatus: Active\ndate: 2026-01-10\ntags: a\nlang: zh\ntranslation_of: ./old.md\n---\n\n# 旧文\n\n正文。\n"
    )
    write(folder, {f"{own}/old_zh.md": text, f"{own}/图/表.svg": "<svg/>\n", f"{own}/run.sh": "#!/bin/sh\n"})
    (folder / own / "run.sh").chmod(0o755)
    git(folder, "add", own)
    git(folder, "commit", "--quiet", "-m", "More of it", "--", own)
    with (folder / own / "old.md").open("a", encoding="utf-8") as file:
        file.write("\n![](图/表.svg) 在磁盘上。\n")
    write(folder, {"说明.md": "[旧文](posts/2026-01-10/old_zh.md)\n"})
    git(folder, "add", "说明.md")
    write(folder, {"说明.md": "# 说明\n\n[旧文](posts/2026-01-10/old_zh.md)\n"})


def with_files_beside_and_a_hook(folder: Path) -> None:
    """The same, with a hook that changes what is committed of it."""
    with_files_beside(folder)
    _hook(folder, REFORMATS.replace("posts/2026-02-25", "'posts/2026-03-04/*.md'"))


def with_an_archive(folder: Path) -> None:
    """The same, with an archive that has an index."""
    with_files_beside(folder)
    place = folder / "aiblog.yaml"
    index = "indexes:\n  - {path: archive/README.md, style: sections, complete: true}\n"
    place.write_text(place.read_text().replace("indexes:\n", index) + "archive: archive\n")
    write(folder, {"archive/README.md": "# 归档\n"})
    git(folder, "add", "aiblog.yaml", "archive")
    git(folder, "commit", "--quiet", "-m", "An archive", "--", "aiblog.yaml", "archive")


def elsewhere_with_files_beside(folder: Path) -> None:
    """The same as with files beside, with another branch checked out."""
    with_files_beside(folder)
    git(folder, "branch", "topic")
    git(folder, "symbolic-ref", "HEAD", "refs/heads/topic")


MV = ("mv", "old", "older", "--yes")
REDATE = ("redate", "old", "2026-03-04", "--yes")
PATTERN = "{date}/{date}-{slug}{lang}.md"

MOVING = [
    Scenario("mv", MV, with_files_beside),
    Scenario("redate --commit", (*REDATE, "--commit"), with_files_beside),
    Scenario("archive", ("archive", "old", "--yes"), with_an_archive),
    Scenario("remove", ("remove", "old", "--yes"), with_files_beside),
    Scenario("migrate", ("migrate", "--path", PATTERN, "--yes"), with_files_beside),
    Scenario("mv --commit: from elsewhere", (*MV, "--commit"), elsewhere_with_files_beside),
    Scenario("redate --commit: a hook that reformats", (*REDATE, "--commit"), with_files_beside_and_a_hook),
]

UNDOING = [_after(each) for each in (DRAFTING[0], DRAFTING[2], PUBLISHING[5], PUBLISHING[3], PUBLISHING[0], MENDING[1])]
UNDOING += [_after(MOVING[0]), _after(MOVING[1])]

WRITING = [*DRAFTING, *PUBLISHING, *MENDING, *MOVING, *UNDOING]
