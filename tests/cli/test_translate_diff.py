"""`aiblog translate-diff`: what changed in a source since its translation, and `status` of what is outdated."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from support.program import aiblog, tree
from support.repositories import git, state, write
from support.terminal import DOWN, ENTER, Terminal
from support.translations import CHINESE, ENGLISH, SOURCE, TARGET, change, commit, made_pair, pinned

SYNC = "When the translation covers this:  aiblog translate-sync sandbox\n"
NEW = "SandboxWarmPool keeps pods warm.\n\n## Limits"


def diff(root: Path, *words: str) -> dict[str, Any]:
    """The first translation of `translate-diff --json`."""
    done = aiblog("translate-diff", "sandbox", "--json", *words, folder=root)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["ok"] is True
    assert found["post"] == "2025-11-28/sandbox"
    return dict(found["translations"][0])


def status(root: Path) -> str:
    """The row of the post."""
    return aiblog("status", folder=root).stdout.split("\n")[0]


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return made_pair(tmp_path / "blog")


def test_each_change_has_the_line_to_edit_its_section_in_both_languages_and_its_words(blog: Path) -> None:
    change(blog, "beta since", "generally available since")
    change(blog, "two items", "2 items")
    change(blog, "## Limits", NEW)
    commit(blog, "2026-02-13")
    before = state(blog)
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert done.returncode == 0
    assert done.stdout.split("\n") == [
        f"{TARGET}:14   ## 集成状态 / ## Integration status",
        "  gVisor support is [-beta-]{+generally available+} since GKE 1.35. See [the notes](./notes…",
        f"{TARGET}:17   ## 集成状态 / ## Integration status",
        "  - [-two-]{+2+} items",
        f"{TARGET}:21   new paragraph in the source (line 20), after this line",
        "  {+SandboxWarmPool keeps pods warm.+}",
        "",
    ]
    behind, then = done.stderr.splitlines()
    assert behind.startswith(f"{TARGET} is behind {SOURCE} (minor): 3 blocks, 7 words, since ")
    assert f"{then}\n" == SYNC
    assert state(blog) == before
    aiblog("translate-sync", "sandbox", "--force", folder=blog)
    assert diff(blog)["state"] == "current"


def test_json_has_every_change_with_its_place_and_its_diff(blog: Path) -> None:
    change(blog, "beta", "stable")
    commit(blog, "2026-02-13")
    found = diff(blog)
    assert {key: value for key, value in found.items() if key != "changes"} == {
        "source": SOURCE,
        "target": TARGET,
        "lang": "zh",
        "state": "outdated",
        "old_text": True,
        "kind": "minor",
        "since": "2026-02-13",
        "untranslated": [],
        "extra": [],
    }
    old = "gVisor support is beta since GKE 1.35. See [the notes](./notes.md)."
    assert found["changes"] == [
        {
            "change": "changed",
            "kind": "minor",
            "block": "paragraph",
            "section": "## Integration status",
            "source_line": 11,
            "words": 1,
            "translated_section": "## 集成状态",
            "target_line": 14,
            "other_lines": [],
            "after": False,
            "old": old,
            "new": old.replace("beta", "stable"),
            "diff": [
                {"op": "equal", "text": "gVisor support is "},
                {"op": "delete", "text": "beta"},
                {"op": "insert", "text": "stable"},
                {"op": "equal", "text": " since GKE 1.35. See [the notes](./notes.md)."},
            ],
        }
    ]


@pytest.mark.parametrize(
    ("was", "now", "kind", "amount"),
    [
        ("beta", "stable", "minor", "1 block, 1 word"),
        ("./notes.md", "./other.md", "links", "1 block"),
        ("get pods", "get nodes", "code", "1 block"),
        ("## Limits", "## Costs\n\nThree dollars.\n\n## Limits", "content", "2 blocks, 3 words"),
    ],
)
def test_status_says_how_far_it_is_behind(blog: Path, was: str, now: str, kind: str, amount: str) -> None:
    change(blog, was, now)
    assert status(blog) == (
        f"sandbox\tsource\toutdated ({kind})\taiblog translate-diff sandbox    {amount}, since today"
    )
    twelve_days_ago = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=12)
    commit(blog, twelve_days_ago.isoformat())
    assert status(blog).endswith(f"{amount}, since 12 days")
    found = json.loads(aiblog("status", "--json", folder=blog).stdout)["translations"][0]
    assert (found["state"], found["kind"], found["since"]) == ("outdated", kind, twelve_days_ago.isoformat())
    assert {"change", "kind", "block", "section", "source_line", "words"} == found["changes"][0].keys()
    assert aiblog("status", "--fail-on", "outdated", folder=blog).returncode == 1


def test_on_a_terminal_the_columns_of_status_line_up_and_colour_only_repeats(blog: Path) -> None:
    change(blog, "beta", "stable")
    with Terminal("status", folder=blog, columns=100) as terminal:
        assert terminal.exit_code() == 0
    header, row = terminal.screen.split("\n")[:2]
    assert header == "post     en      zh                next"
    assert row == "sandbox  source  outdated (minor)  aiblog translate-diff sandbox    1 block, 1 word, since today"
    plain = aiblog("translate-diff", "sandbox", "--color", "never", folder=blog).stdout
    coloured = aiblog("translate-diff", "sandbox", "--color", "always", folder=blog).stdout
    assert "\x1b[31m[-beta-]\x1b[0m\x1b[32m{+stable+}\x1b[0m" in coloured
    assert coloured.replace("\x1b[31m", "").replace("\x1b[32m", "").replace("\x1b[0m", "") == plain


def test_what_goes_and_what_moves_is_said(blog: Path) -> None:
    change(blog, "Agents run untrusted code.\n\n", "")
    change(blog, "- one item\n- two items\n\n", "")
    change(blog, "None.", "- one item\n- two items\n\nNone.")
    assert aiblog("translate-diff", "sandbox", folder=blog).stdout.split("\n") == [
        f"{TARGET}:10   paragraph that the source no longer has",
        "  [-Agents run untrusted code.-]",
        f"{TARGET}:16   list that moved in the source (line 17, ## Limits)",
        "  - one item",
        "",
    ]


def test_a_chinese_source_is_compared_by_characters(tmp_path: Path) -> None:
    texts = {TARGET: CHINESE, SOURCE: pinned(ENGLISH.split("---\n\n")[1], CHINESE, "./sandbox_zh.md", "en")}
    blog = made_pair(tmp_path / "blog", texts)
    change(blog, "支持处于测试阶段", "支持已正式可用", TARGET)
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert done.stdout.split("\n")[:2] == [
        f"{SOURCE}:14   ## Integration status / ## 集成状态",
        "  自 GKE 1.35 起，gVisor 支持[-处于测试阶段-]{+已正式可用+}。见[说明](./notes.md)。",
    ]
    assert "(minor): 1 block, 3 words, since today." in done.stderr


def test_where_nothing_changed_it_says_so(blog: Path) -> None:
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{TARGET} covers {SOURCE} as it is.\n"
    found = diff(blog)
    assert (found["state"], found["old_text"], found["changes"], found["kind"]) == ("current", True, [], None)


def test_a_translation_that_follows_already_is_pointed_at(blog: Path) -> None:
    change(blog, "## Limits", NEW)
    change(blog, "## 限制", "SandboxWarmPool 让 Pod 保持预热。\n\n## 限制", TARGET)
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert done.stdout.startswith(f"{TARGET}:23   new paragraph in the source (line 20), here already as it seems\n")


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (None, "No edition in Chinese yet:  aiblog translate-stub sandbox --to zh\n"),
        (
            CHINESE,
            f"Nothing says which text of {SOURCE} is covered by {TARGET}.\n"
            "Block by block both have the same structure.\n" + SYNC,
        ),
        (
            pinned(CHINESE.replace("没有。", "<!-- aiblog:todo -->\nNone."), ENGLISH),
            f"{TARGET} is a stub, 1 of 7 blocks waits:  edit {TARGET}:25\n",
        ),
    ],
)
def test_where_there_is_nothing_to_follow_it_says_what_comes_first(blog: Path, target: str | None, words: str) -> None:
    if target is None:
        (blog / TARGET).unlink()
    else:
        write(blog, {TARGET: target})
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", words)


def test_a_stub_whose_source_changed_shows_what_changed(blog: Path) -> None:
    write(blog, {TARGET: pinned(CHINESE.replace("没有。", "<!-- aiblog:todo -->\nNone."), ENGLISH)})
    change(blog, "beta", "stable")
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert "[-beta-]{+stable+}" in done.stdout
    assert "is a stub" in done.stderr
    assert "(minor): 1 block, 1 word, since today." in done.stderr


def test_without_git_it_says_so_and_shows_the_structural_difference(blog: Path) -> None:
    change(blog, "## Limits", NEW)
    (blog / ".git").rename(blog.with_name("gone"))
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert done.returncode == 0
    assert done.stdout.split("\n") == [
        f"{SOURCE}:20   paragraph without a counterpart in {TARGET}",
        "  SandboxWarmPool keeps pods warm.",
        "",
    ]
    assert "the text that it covers is out of reach: there is no git repository to look into.\n" in done.stderr
    found = diff(blog)
    assert (found["state"], found["old_text"], found["kind"], found["since"]) == ("outdated", False, None, None)
    assert found["untranslated"] == [
        {
            "block": "paragraph",
            "section": "## Integration status",
            "line": 20,
            "text": "SandboxWarmPool keeps pods warm.",
        }
    ]
    assert status(blog) == "sandbox\tsource\toutdated\taiblog translate-diff sandbox"


def test_a_shallow_clone_says_how_to_get_the_old_text(blog: Path, tmp_path: Path) -> None:
    change(blog, "beta", "stable")
    commit(blog, "2026-02-13")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", blog.as_uri(), str(clone))
    done = aiblog("translate-diff", "-C", "clone", "sandbox", folder=tmp_path)
    out_of_reach, same, _ = done.stderr.splitlines()
    assert out_of_reach == (
        f"{TARGET} is behind {SOURCE}; the text that it covers is out of reach in a shallow clone:  "
        "git -C clone fetch --unshallow"
    )
    assert same == "Block by block both have the same structure."
    git(tmp_path, "-C", "clone", "fetch", "--quiet", "--unshallow")
    assert "[-beta-]{+stable+}" in aiblog("translate-diff", "sandbox", folder=clone).stdout


def test_the_post_is_asked_for_among_the_outdated_ones(blog: Path) -> None:
    write(
        blog, {"posts/2026-01-01/other.md": ENGLISH, "posts/2026-01-01/other_zh.md": pinned(CHINESE, "x", "./other.md")}
    )
    change(blog, "beta", "stable")
    done = aiblog("translate-diff", "--to", "zh", folder=blog)
    assert (done.returncode, done.stdout) == (2, "")
    assert "a post is needed (POST), and there is no terminal to ask on" in done.stderr
    assert "hint: aiblog translate-diff other --to zh\n" in done.stderr
    with Terminal("translate-diff", folder=blog) as terminal:
        terminal.wait_for("Which post").type(DOWN + ENTER)
        assert terminal.exit_code() == 0
        assert "{+stable+}" in terminal.screen
        assert "Without questions:  aiblog translate-diff sandbox" in terminal.screen


def test_on_a_terminal_without_an_outdated_post_nothing_is_asked(blog: Path) -> None:
    with Terminal("translate-diff", folder=blog) as terminal:
        assert terminal.exit_code() == 0
        assert "No translation is outdated." in terminal.screen


def test_the_language_chooses_one_translation_and_is_not_the_source_s(blog: Path) -> None:
    before = tree(blog)
    assert diff(blog, "--to", "zh")["lang"] == "zh"
    refused = aiblog("translate-diff", "sandbox", "--to", "en", folder=blog)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert f'--to en: "{SOURCE}" is the source' in refused.stderr
    assert aiblog("translate-diff", "sandbox", "--to", "fr", folder=blog).returncode == 2
    assert aiblog("translate-diff", "sandb", folder=blog).returncode == 2
    assert tree(blog) == before


def test_what_would_control_a_terminal_is_shown_as_text(blog: Path) -> None:
    change(blog, "beta", "\x1b[31mred\u202e")
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert "\x1b" not in done.stdout
    assert r"\u{1B}[31mred\u{202E}" in done.stdout


@pytest.mark.parametrize("path", [SOURCE, TARGET])
def test_an_edition_that_cannot_be_read_is_named_and_nothing_is_compared(blog: Path, path: str) -> None:
    write(blog, {path: "---\na: 1\na: 2\n---\n\n# 坏\n"})
    done = aiblog("translate-diff", "sandbox", folder=blog)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith(f'{path}:3: "a" twice')
    assert done.stderr.count("\n") == 1


def test_a_translation_whose_source_moved_is_compared_where_that_is_now(blog: Path) -> None:
    for path in (SOURCE, TARGET):
        git(blog, "mv", path, path.replace("sandbox", "box"))
    commit(blog, "2026-02-03")
    change(blog, "beta", "stable", SOURCE.replace("sandbox", "box"))
    done = aiblog("translate-diff", "box", folder=blog)
    assert "gVisor support is [-beta-]{+stable+} since" in done.stdout
    assert (
        "The source of posts/2025-11-28/box_zh.md is posts/2025-11-28/box.md now:  aiblog check --fix box\n"
        in done.stderr
    )


@pytest.mark.parametrize("command", ["translate-diff", "translate-sync", "translate-stub"])
def test_off_a_terminal_without_a_post_every_hint_names_a_post_that_is_there_or_none(blog: Path, command: str) -> None:
    done = aiblog(command, folder=blog)
    assert done.returncode == 2
    assert "a post is needed (POST), and there is no terminal to ask on" in done.stderr
    assert all("POST" not in hint for hint in done.stderr.split("  hint: ")[1:])


def test_publish_names_a_translation_that_is_behind(blog: Path) -> None:
    change(blog, "None.", "No limits.")
    done = aiblog("publish", "sandbox", "--yes", "--allow", "link-missing", folder=blog)
    assert done.returncode == 0, done.stderr
    assert f"{TARGET} is behind its source:  aiblog translate-diff 2025-11-28/sandbox --to zh\n" in done.stderr
