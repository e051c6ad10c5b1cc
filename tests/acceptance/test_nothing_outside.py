"""Case 18: what lies outside a blog is neither read nor written, whatever its files, settings and journal name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from aiblog.core import operation_record
from aiblog.core.changes import FileChange
from aiblog.core.operation import RefMove, Step
from support.faults import FULL
from support.program import aiblog, tree
from support.repositories import INDEX, SETTINGS, git, made_blog, write

Commands = Sequence[Sequence[str]]
SECRET = "KANARIENVOGEL"
FRONT = "status: Draft\ndate: 2026-02-25\ntags: a\n"
OUT = "../../../outside"


class World(NamedTuple):
    """A blog, and a folder beside it that is none of its business."""

    blog: Path
    outside: Path

    def told(self, *words: str, given: str = "") -> tuple[int, str, dict[str, bytes]]:
        """What a command prints, and leaves of the blog."""
        done = aiblog(*words, folder=self.blog, given=given)
        assert "bug in aiblog" not in done.stderr
        held = {path: data for path, data in tree(self.blog).items() if not (self.blog / path).is_symlink()}
        return done.returncode, done.stdout + done.stderr, held


@pytest.fixture
def world(tmp_path: Path) -> World:
    blog, outside = made_blog(tmp_path / "blog"), tmp_path / "outside"
    page = f"---\n{FRONT}title: {SECRET}\n---\n\n# {SECRET}\n\n## {SECRET}\n\nText. <!-- aiblog:todo -->\n"
    for path in ("canary.md", "canary_zh.md", "README.md", "2026-02-25/canary.md", "kind/post.md", "kind/post_zh.md"):
        write(outside, {path: page})
    write(outside, {"kind/scaffold.yaml": f"description: {SECRET}\n", ".markdownlint.json": '{"MD013": true}\n'})
    write(outside, {"body.txt": SECRET, "translations.yaml": f"a.md: {{lang: zh, translation_of: {SECRET}}}\n"})
    return World(blog, outside)


def assert_no_difference(world: World, some: Commands, more: Commands = ()) -> None:
    """Each command says and does the same where there is nothing outside, and leaves it as it is where there is.

    `more` are tried in a full run alone.
    """
    outside, kept, away = tree(world.outside), world.blog.with_name("kept"), world.outside.with_name("away")
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(world.blog, kept, symlinks=True)
    for words in (*some, *(more if FULL else ())):
        results = []
        for there in (True, False):
            shutil.rmtree(world.blog)
            shutil.copytree(kept, world.blog, symlinks=True)
            if not there:
                world.outside.rename(away)
            results.append(world.told(*words))
            if there:
                assert tree(world.outside) == outside, words
            else:
                assert not world.outside.exists(), words
                away.rename(world.outside)
        assert results[0] == results[1], words
        assert SECRET not in results[0][1], words
        assert not any(SECRET.encode() in data for data in results[0][2].values()), words


def test_links_and_sources_that_lead_out(world: World) -> None:
    absolute = world.outside / "canary.md"
    targets = [f"{OUT}/canary.md", f"{OUT}/canary.md#kanarienvogel", str(absolute), f"file://{absolute}"]
    targets += ["%2e%2e/%2e%2e/%2e%2e/outside/canary.md", "./link.md", "./away/canary.md", f"{OUT}/body.txt"]
    links = "".join(
        f"[a]({each}) ![b]({each}) <img src='{each}'> <a href='{each}'>c</a>\n\n[x]: {each}\n" for each in targets
    )
    posts = {"plain": (FRONT, links)}
    for number, target in enumerate([f"{OUT}/canary.md", str(absolute), "./link.md", "./away/canary.md"]):
        head = f"{FRONT}canonical_path: {target}\nlang: zh\ntranslation_of: {target}\nsource_hash: v1-0\n"
        posts[f"of{number}_zh"] = (head, "正文。<!-- aiblog:todo -->\n")
        posts[f"of{number}"] = (f"{FRONT}canonical_path: {target}\n", "Text.\n")
    write(
        world.blog,
        {f"posts/2026-02-25/{name}.md": f"---\n{head}---\n\n# T\n\n{body}" for name, (head, body) in posts.items()},
    )
    (world.blog / "posts/2026-02-25/link.md").symlink_to(absolute)
    (world.blog / "posts/2026-02-25/away").symlink_to(world.outside)
    entry = f"## 2026-02-25: X\n\n- [x](../../outside/canary.md)\n- [y]({absolute})\n- [z](./2026-02-25/link.md)\n\n"
    write(world.blog, {"posts/README.md": INDEX.replace("## Contributing", f"{entry}## Contributing")})
    assert_no_difference(
        world,
        [
            ["check", "--fix"], ["index"], ["translate-sync", "of0", "--force"], ["translate-stub", "plain", "--to=zh"],
            ["publish", "plain", "--yes"], ["redate", "of0", "2026-03-01", "--yes"], ["remove", "plain", "--yes"],
        ],
        [
            ["list", "--json"], ["status", "--json"], ["tags", "--json"], ["doctor"], ["translate-diff"],
            ["translate-sync", "--all", "--assume-current"], ["translate-stub", "of1", "--sync"],
            ["translate-sync", "of3", "--force"], ["publish", "of0", "--yes"], ["publish", "of2", "--yes"],
            ["tags", "rename", "a", "b", "--yes"], ["init", "--dry-run"], ["check"], ["mv", "plain", "other", "--yes"],
            ["migrate", "--path={date}/{date}-{slug}{lang}.md", "--yes"], ["mv", "of2", "other", "--commit", "--yes"],
        ],
    )  # fmt: skip


def test_a_sidecar_whose_paths_lead_out(world: World) -> None:
    write(
        world.blog, {f"posts/2026-02-25/a{suffix}.md": f"---\n{FRONT}---\n\n# T\n\nText.\n" for suffix in ("", "_zh")}
    )
    lines = [
        "posts/2026-02-25/a_zh.md: {lang: zh, translation_of: ../../../outside/canary.md}",
        "../outside/canary_zh.md: {lang: zh, translation_of: ./canary.md, source_hash: v1-0}",
        f"{world.outside}/canary_zh.md: {{lang: zh, translation_of: ./canary.md}}",
    ]
    sidecar = {".aiblog/translations.yaml": "".join(f"{line}\n" for line in lines)}
    write(world.blog, {"aiblog.yaml": f"{SETTINGS}translations: sidecar\n", **sidecar})
    sync = ["translate-sync", "a", "--force"]
    move = ["mv", "a", "b", "--yes"]
    assert_no_difference(
        world, [["check", "--fix"], sync, move], [["status"], [*sync, "--from", "en"], ["doctor"], ["index"]]
    )
    write(world.blog, {".aiblog/translations.yaml": lines[0]})
    assert_no_difference(world, [["status"]], [["check", "--fix"], sync, [*sync, "--from", "en"]])
    shutil.rmtree(world.blog / ".aiblog")
    (world.outside / "translations.yaml").write_text("{}\n")
    (world.blog / ".aiblog").symlink_to(world.outside)
    assert_no_difference(world, [[*sync, "--from", "en"], move], [["status"], ["check"], sync])


def settings() -> Iterator[str]:
    """Settings that name a place outside, or git's own folder."""
    places = ("..", ".GIT", "away")
    for place in (*places, "../outside", "/outside", "posts/../../outside", ".git", "~") if FULL else places:
        yield SETTINGS.replace("posts: posts", f"posts: {place}")
        yield f"{SETTINGS}archive: {place}\n"
        yield SETTINGS.replace("path: posts/README.md", f"path: {place}/README.md")
        yield f"{SETTINGS}path: '{place}/{{date}}/{{slug}}{{lang}}.md'\n"
    yield SETTINGS.replace("suffix: _zh", "suffix: /../../../outside/canary_zh")
    yield f"{SETTINGS}git: {{branch: '../{{slug}}'}}\n"


def gits_own(blog: Path) -> list[Path]:
    """The files of the repository's folder but for the journal."""
    return sorted(path for path in (blog / ".git").rglob("*") if "aiblog" not in path.parts)


def test_settings_that_lead_out(world: World) -> None:
    write(world.blog, {"posts/2026-02-25/a.md": f"---\n{FRONT}---\n\n# T\n\nText.\n"})
    (world.blog / "away").symlink_to(world.outside)
    before, git_files = tree(world.outside), gits_own(world.blog)
    for text in settings():
        write(world.blog, {"aiblog.yaml": text})
        own = tree(world.blog)
        new = ["new", "T", "--slug=t", "--date=2026-02-25", "--lang=en", "--lang=zh"]
        for words in [new, ["list", "--json"], ["index"]] if FULL else [new]:
            code, said, after = world.told(*words)
            assert SECRET not in said
            assert tree(world.outside) == before
            assert gits_own(world.blog) == git_files, text
            if code:
                assert after == own


def test_scaffolds_and_files_of_text_that_lead_out(world: World) -> None:
    (world.blog / "scaffolds").symlink_to(world.outside)
    (world.blog / "sub").mkdir()
    new = ["new", "T", "--slug=t", "--date=2026-02-25", "--lang=en"]
    kinds = ("kind", "../outside/kind", str(world.outside / "kind"), "none", "..", "")
    some = [[*new, f"--scaffold={kind}"] for kind in kinds]
    assert_no_difference(world, some[:4:3], some)
    (world.blog / "scaffolds").unlink()
    (world.blog / "scaffolds/in").mkdir(parents=True)
    (world.blog / "scaffolds/kind").symlink_to(world.outside / "kind")
    (world.blog / "scaffolds/in/scaffold.yaml").symlink_to(world.outside / "kind/scaffold.yaml")
    (world.blog / "scaffolds/in/post.md").symlink_to(world.outside / "kind/post.md")
    assert_no_difference(world, [[*new, f"--scaffold={kind}"] for kind in ("kind", "in")], [[*new, "--scaffold=none"]])


def tampered(commit: str) -> Iterator[tuple[str, Step]]:
    """Steps that a journal of aiblog's own never holds, by the root that they are relative to."""
    canary = SECRET.encode()
    for root, path in (
        ("", "../outside/body.txt"),
        ("../outside", "body.txt"),
        ("", "away/body.txt"),
        ("away", "body.txt"),
    ):
        yield root, Step((FileChange(path, None, canary),))
        yield root, Step((FileChange(path, b"old", canary),))
        yield root, Step((FileChange(path, canary, b"new"),))
    yield "", Step((FileChange("../outside/new.md", b"old", None),))
    yield "", Step((FileChange(".git/config", b"[core]\n\tfsmonitor = touch ran\n", None),))
    blob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    yield "", Step(staged={"../outside/body.txt": (None, ("100644", blob))})
    for name in ("refs/heads/../../../../outside/new", "refs/heads/../../config"):
        yield "", Step(refs=(RefMove(name, None, commit),))
        yield "", Step(refs=(RefMove(name, commit, None),))


@pytest.mark.parametrize("state", ["done", "open"])
def test_a_journal_that_was_tampered_with(world: World, state: str) -> None:
    (world.blog / "away").symlink_to(world.outside)
    config, journal = (world.blog / ".git/config").read_bytes(), world.blog / ".git/aiblog"
    outside, own = tree(world.outside), tree(world.blog)
    steps = list(tampered(git(world.blog, "rev-parse", "HEAD")))
    for root, step in steps if FULL else steps[::2]:
        shutil.rmtree(journal, ignore_errors=True)
        journal.mkdir()
        dead = 2**22 + 1  # no process has that number
        records = operation_record.begun(0.0, dead, ["aiblog", "index"], root, None) + operation_record.planned(step)
        (journal / f"1.{state}").write_bytes(records)
        words = ["undo", "--yes"] if state == "done" else ["index"]
        code, said, _ = world.told(*words)
        assert code in ({0, 2, 3, 4} if step.refs else {2, 3} if state == "done" else {0, 1}), (root, step, said)
        assert tree(world.outside) == outside, (root, step)
        assert tree(world.blog) == own, (root, step)
        assert (world.blog / ".git/config").read_bytes() == config
        assert sorted(os.listdir(world.blog)) == [".git", "README.md", "aiblog.yaml", "away", "notes.txt", "posts"]
