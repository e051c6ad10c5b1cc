"""`aiblog translate-stub --sync`: what is new in a source comes into its translation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aiblog.core.translation import TODO
from support.program import aiblog, tree
from support.repositories import git, write
from support.translations import CHINESE, ENGLISH, SOURCE, TARGET, change, commit, made_pair, pinned

SECTION = """\
SandboxWarmPool keeps pods warm.

- a pool
  - of pods

```sh
kubectl get pools
```

![pool](./pool.png)

| pool | pods |
| --- | --- |
| a | 2 |

## Limits"""
ADDED = f"""\
{TODO}
SandboxWarmPool keeps pods warm.

{TODO}
- a pool
  - of pods

{TODO}
```sh
kubectl get pools
```

{TODO}
![pool](./pool.png)

{TODO}
| pool | pods |
| --- | --- |
| a | 2 |

## 限制"""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    return made_pair(tmp_path / "blog")


def sync(root: Path, *words: str) -> dict[str, Any]:
    done = aiblog("translate-stub", "sandbox", "--sync", "--json", *words, folder=root)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def translation(root: Path) -> str:
    return (root / TARGET).read_bytes().decode()


def test_new_blocks_come_in_at_their_places_each_marked_and_nothing_else_changes(blog: Path) -> None:
    change(blog, "## Limits", SECTION)
    change(blog, "None.", "None.\n\n## Next\n\nMore of it.")
    change(blog, "two items", "2 items")
    commit(blog, "2026-02-13")
    before = tree(blog)
    done = aiblog("translate-stub", "sandbox", "--sync", folder=blog)
    assert (done.returncode, done.stdout) == (0, f"{TARGET}\n")
    assert done.stderr == (
        "Added:              7 blocks, lines 24, 27, 31, 36, 39, 48, 51\n"
        f"To translate:       {TARGET}:23    7 blocks wait\n"
        "What else changed:  aiblog translate-diff sandbox\n"
    )
    expected = pinned(CHINESE, ENGLISH).replace("## 限制", ADDED) + f"\n{TODO}\n## Next\n\n{TODO}\nMore of it.\n"
    assert translation(blog) == expected
    assert {path for path, data in tree(blog).items() if data != before.get(path)} == {TARGET}


def test_a_second_time_nothing_is_added_translated_or_not(blog: Path) -> None:
    change(blog, "## Limits", SECTION)
    change(blog, "Agents run", "A first word.\n\nAgents run")
    commit(blog, "2026-02-13")
    sync(blog)
    once = translation(blog)
    assert f"# 智能体沙箱\n\n{TODO}\nA first word.\n\n智能体运行" in once
    again = sync(blog)
    assert (again["added"], again["modified"], translation(blog)) == ([], [], once)
    texts = {each["id"]: each["text"].replace("SandboxWarmPool keeps", "SandboxWarmPool 保持").replace("A first", "首")
             for each in again["blocks"]}  # fmt: skip
    done = aiblog("translate-fill", "sandbox", "--from", "-", folder=blog, given=json.dumps(texts))
    assert done.returncode == 0, done.stderr
    filled = translation(blog)
    assert TODO not in filled
    assert (sync(blog)["added"], translation(blog)) == ([], filled)
    assert aiblog("translate-sync", "sandbox", folder=blog).returncode == 0
    synced = translation(blog)
    assert (sync(blog)["added"], translation(blog)) == ([], synced)


def test_a_translation_with_crlf_and_no_final_newline_keeps_both(blog: Path) -> None:
    data = pinned(CHINESE, ENGLISH).rstrip("\n").replace("\n", "\r\n").encode()
    (blog / TARGET).write_bytes(data)
    change(blog, "None.", "None.\n\nMore of it.")
    commit(blog, "2026-02-13")
    sync(blog)
    assert (blog / TARGET).read_bytes() == data + f"\r\n\r\n{TODO}\r\nMore of it.".encode()


def test_the_line_between_editions_stays_below_the_title(blog: Path) -> None:
    body = CHINESE.replace("# 智能体沙箱\n", "# 智能体沙箱\n\n[English](./sandbox.md) | 中文\n")
    write(blog, {TARGET: pinned(body, ENGLISH)})
    change(blog, "Agents run", "A first word.\n\nAgents run")
    commit(blog, "2026-02-13")
    sync(blog)
    assert f"[English](./sandbox.md) | 中文\n\n{TODO}\nA first word.\n\n智能体运行" in translation(blog)


def test_a_comment_above_a_block_comes_with_it_and_links_lead_to_the_editions_of_the_language(blog: Path) -> None:
    write(blog, {"posts/2025-01-01/old.md": "# Old\n", "posts/2025-01-01/old_zh.md": "# 旧\n"})
    new = (
        "<!-- markdownlint-disable-next-line MD013 -->\nAn [old post](../2025-01-01/old.md) and [r][r].\n\n[r]: ./r.md"
    )
    change(blog, "None.", f"None.\n\n{new}")
    commit(blog, "2026-02-13")
    sync(blog)
    assert translation(blog).endswith(f"没有。\n\n{TODO}\n{new.replace('old.md', 'old_zh.md')}\n")


def test_a_half_finished_stub_gains_what_is_new_too(blog: Path) -> None:
    (blog / TARGET).unlink()
    aiblog("translate-stub", "sandbox", folder=blog)
    commit(blog, "2026-02-12")
    change(blog, "Agents run untrusted code.", "智能体运行不受信任的代码。", TARGET)
    change(blog, "## Limits", "SandboxWarmPool keeps pods warm.\n\n## Limits")
    stub = translation(blog)
    sync(blog)
    wanted = f"{TODO}\nSandboxWarmPool keeps pods warm.\n\n{TODO}\n## Limits"
    assert translation(blog) == stub.replace(f"{TODO}\n## Limits", wanted)


def test_an_outline_keeps_what_it_left_out(tmp_path: Path) -> None:
    blog = made_pair(tmp_path / "blog", {SOURCE: ENGLISH})
    aiblog("translate-stub", "sandbox", "--style", "outline", folder=blog)
    change(blog, "## Limits", "```sh\nkubectl get pools\n```\n\n## Limits")
    stub = translation(blog)
    assert sync(blog)["by_structure"] is False
    assert translation(blog) == stub.replace(
        f"{TODO}\n## Limits", f"{TODO}\n```sh\nkubectl get pools\n```\n\n{TODO}\n## Limits"
    )


def test_without_the_old_text_the_blocks_without_a_counterpart_come_in(tmp_path: Path) -> None:
    blog = made_pair(tmp_path / "blog", {SOURCE: ENGLISH, TARGET: CHINESE.replace("- 第一项\n- 第二项\n\n", "")})
    found = sync(blog)
    assert found["by_structure"] is True
    assert f"[说明](./notes.md)。\n\n{TODO}\n- one item\n- two items\n\n```sh" in translation(blog)
    once = translation(blog)
    assert (sync(blog)["added"], translation(blog)) == ([], once)
    done = aiblog("translate-stub", "sandbox", "--sync", folder=blog)
    assert done.stderr.startswith("The text that it covers is out of reach: what is new was told by structure alone.\n")


def test_a_chinese_source_gains_a_section_in_its_english_edition(tmp_path: Path) -> None:
    english = pinned(ENGLISH.partition("---\n\n")[2], CHINESE, "./sandbox_zh.md", "en")
    blog = made_pair(tmp_path / "blog", {TARGET: CHINESE, SOURCE: english})
    change(blog, "## 限制", "## 预热池\n\n池子让 Pod 保持就绪。\n\n## 限制", TARGET)
    commit(blog, "2026-02-13")
    sync(blog)
    assert f"```\n\n{TODO}\n## 预热池\n\n{TODO}\n池子让 Pod 保持就绪。\n\n## Limits\n" in (blog / SOURCE).read_text()


def test_nothing_new_is_said_and_a_dry_run_writes_nothing(blog: Path) -> None:
    done = aiblog("translate-stub", "sandbox", "--sync", folder=blog)
    assert done.stderr == "Its source has not changed since.\n"
    change(blog, "None.", "No limits.")
    done = aiblog("translate-stub", "sandbox", "--sync", folder=blog)
    assert done.stderr.startswith("It lacks no block that is new in its source.\nWhat else changed:")
    change(blog, "No limits.", "None.")
    change(blog, "None.", "None.\n\nMore of it.")
    commit(blog, "2026-02-13")
    before = tree(blog)
    assert f"+{TODO}\n+More of it.\n" in aiblog("translate-stub", "sandbox", "--sync", "--dry-run", folder=blog).stdout
    assert tree(blog) == before
    assert git(blog, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--sync",), "a post is needed (POST)"),
        (("sandbox", "--sync", "--style", "outline"), "it does not go with --style"),
        (("sandbox", "--sync", "--title", "x", "--commit"), "it does not go with --title, --commit"),
        (("sandbox", "--sync", "--to", "en"), 'has no translation in "en"'),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(blog: Path, words: tuple[str, ...], message: str) -> None:
    before = tree(blog)
    done = aiblog("translate-stub", *words, folder=blog)
    assert done.returncode == 2
    assert message in done.stderr
    assert "nothing was written" in done.stderr
    assert tree(blog) == before


def test_a_stub_that_covers_its_source_lacks_nothing_and_no_text_is_sought(blog: Path) -> None:
    (blog / TARGET).unlink()
    assert aiblog("translate-stub", "sandbox", folder=blog).returncode == 0
    before = tree(blog)
    done = aiblog("translate-stub", "sandbox", "--sync", folder=blog)
    assert (done.returncode, done.stdout) == (0, f"{TARGET}\n")
    assert done.stderr.splitlines()[0] == "Its source has not changed since."
    assert "out of reach" not in done.stderr
    assert "translate-diff" not in done.stderr
    assert sync(blog)["by_structure"] is False
    assert tree(blog) == before


def test_where_nobody_can_tell_the_source_nothing_comes_in(blog: Path) -> None:
    source = blog / SOURCE
    source.with_name("one.md").write_bytes(source.read_bytes())
    source.rename(source.with_name("two.md"))
    before = tree(blog)
    done = aiblog("translate-stub", "sandbox", "--sync", folder=blog)
    assert done.returncode == 3
    assert f'nobody can tell which edition "{TARGET}" is a translation of (it names "./sandbox.md")' in done.stderr
    assert tree(blog) == before
    diff = aiblog("translate-diff", "sandbox", "--to", "en", folder=blog)
    assert (diff.returncode, diff.stderr) == (0, "None of its editions is known to be a translation into en.\n")
