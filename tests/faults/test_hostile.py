"""Case 19: what a repository's own configuration and a scaffold name is never run by a command that only looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import aiblog, tree
from support.repositories import draft, git, made_blog, write

HOOKS = [
    "applypatch-msg",
    "pre-applypatch",
    "post-applypatch",
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "pre-rebase",
    "post-checkout",
    "post-merge",
    "pre-push",
    "post-rewrite",
    "post-index-change",
    "reference-transaction",
    "fsmonitor-watchman",
]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A blog in which every program that git would call leaves a trace: see `traces`."""
    blog = made_blog(tmp_path / "blog")
    draft(blog)
    ran = tmp_path / "ran"
    ran.mkdir()

    def program(name: str) -> str:
        path = tmp_path / f"program-{name}"
        path.write_text(f"#!/bin/sh\ntouch '{ran}/{name}'\ncat\n")
        path.chmod(0o755)
        return str(path)

    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in HOOKS:
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{ran}/{name}'\n")
        (hooks / name).chmod(0o755)
    write(blog, {".gitattributes": "*.md filter=evil diff=evil merge=evil\n*.txt filter=worse\n"})
    git(blog, "add", ".gitattributes")
    git(blog, "commit", "--quiet", "-m", "Attributes")
    for key, value in {
        "core.hooksPath": str(hooks),
        "core.fsmonitor": program("fsmonitor"),
        "core.pager": program("pager"),
        "pager.log": program("pager-log"),
        "core.editor": program("editor"),
        "sequence.editor": program("sequence-editor"),
        "core.sshCommand": program("ssh"),
        "core.askPass": program("askpass"),
        "core.alternateRefsCommand": program("alternate-refs"),
        "core.gitProxy": program("proxy"),
        "credential.helper": program("credential"),
        "diff.external": program("diff-external"),
        "diff.evil.textconv": program("textconv"),
        "diff.evil.command": program("diff-command"),
        "merge.evil.driver": program("merge"),
        "filter.evil.clean": program("clean"),
        "filter.evil.smudge": program("smudge"),
        "filter.worse.process": program("process"),
        "filter.evil.required": "true",
        "commit.gpgSign": "true",
        "gpg.program": program("gpg"),
        "gpg.ssh.program": program("gpg-ssh"),
        "gpg.ssh.defaultKeyCommand": program("gpg-ssh-key"),
        "log.showSignature": "true",
        "interactive.diffFilter": program("diff-filter"),
        "trailer.evil.command": program("trailer"),
        "remote.origin.url": f"ext::{program('ext')}",
        "remote.origin.uploadpack": program("uploadpack"),
        "remote.origin.receivepack": program("receivepack"),
        "uploadpack.packObjectsHook": program("pack-objects"),
        **{
            f"alias.{name}": f"!{program(f'alias-{name}')}"
            for name in ("rev-parse", "config", "ls-files", "for-each-ref", "cat-file", "check-ignore", "version")
        },
    }.items():
        git(blog, "config", key, value)
    return blog


def traces(blog: Path) -> list[str]:
    """The names of the programs that were run."""
    return sorted(path.name for path in (blog.parent / "ran").iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "--json"),
        ("status",),
        ("tags",),
        ("doctor",),
        ("init", "--dry-run"),
        ("publish", "new-post", "--yes", "--dry-run"),
        ("publish", "new-post", "--yes", "--dry-run", "--json", "--list", "all", "--push"),
        ("new", "Another post", "--date", "2026-02-25", "--dry-run"),
        ("new", "Another post", "--date", "2026-02-25", "--dry-run", "--commit"),
        ("translate-stub", "new-post", "--to", "zh", "--dry-run"),
    ],
    ids=" ".join,
)
def test_a_command_that_only_looks_runs_nothing_that_the_repository_names(
    hostile: Path, arguments: tuple[str, ...]
) -> None:
    before = tree(hostile)
    done = aiblog(*arguments, folder=hostile)
    assert done.returncode == 0, done.stderr
    assert traces(hostile) == []
    assert tree(hostile) == before


@pytest.mark.parametrize(
    "arguments",
    [("new", "Another post", "--date", "2026-02-25"), ("translate-stub", "new-post", "--to", "zh")],
    ids=" ".join,
)
def test_a_draft_that_is_not_committed_runs_nothing_either(hostile: Path, arguments: tuple[str, ...]) -> None:
    done = aiblog(*arguments, folder=hostile)
    assert done.returncode == 0, done.stderr
    assert traces(hostile) == []


def test_the_hostile_repository_would_run_them(hostile: Path) -> None:
    aiblog("publish", "new-post", "--yes", folder=hostile)
    assert {"clean", "fsmonitor"} & set(traces(hostile))


@pytest.mark.parametrize(
    "text",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ self.__init__.__globals__ }}",
        "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}{{ 7*7 }}",
        "{{ title | attr('x') }}",
        "{{ cycler.__init__.__globals__.os.popen('touch ran/template') }}",
    ],
)
def test_an_expression_in_a_scaffold_is_refused_where_it_stands(tmp_path: Path, text: str) -> None:
    blog = made_blog(tmp_path / "blog")
    write(
        blog,
        {
            "scaffolds/evil/scaffold.yaml": "description: Evil\n",
            "scaffolds/evil/post.md": f"# {{{{ title }}}}\n\n{text}\n",
        },
    )
    before = tree(blog)
    done = aiblog("new", "A title", "--scaffold", "evil", "--date", "2026-02-25", folder=blog)
    assert done.returncode == 2
    assert "post.md:3" in done.stderr
    assert tree(blog) == before


def test_what_a_title_and_a_body_say_stays_text(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    write(blog, {"body.md": "{{ title }} $(touch ran) `touch ran` ${HOME}\n"})
    words = ("new", "{{ date }} $(touch ran)", "--slug", "post", "--date", "2026-02-25", "--body", "body.md")
    done = aiblog(*words, folder=blog)
    assert done.returncode == 0, done.stderr
    text = (blog / "posts/2026-02-25/post.md").read_text()
    assert "# {{ date }} $(touch ran)\n" in text
    assert "{{ title }} $(touch ran) `touch ran` ${HOME}\n" in text
    assert not (blog / "ran").exists()
