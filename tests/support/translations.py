"""A blog in git with a source and its translation, which the tests of translations change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aiblog.core.canonical import source_hash
from support.repositories import git, write

SETTINGS = 'posts: posts\nlanguages:\n  en: {suffix: ""}\n  zh: {suffix: _zh, own_name: 中文版}\n'
SOURCE, TARGET = "posts/2025-11-28/sandbox.md", "posts/2025-11-28/sandbox_zh.md"
ENGLISH = """\
---
status: Active
---

# Agent sandbox

Agents run untrusted code.

## Integration status

gVisor support is beta since GKE 1.35. See [the notes](./notes.md).

- one item
- two items

```sh
kubectl get pods
```

## Limits

None.
"""
CHINESE = """\
# 智能体沙箱

智能体运行不受信任的代码。

## 集成状态

自 GKE 1.35 起，gVisor 支持处于测试阶段。见[说明](./notes.md)。

- 第一项
- 第二项

```sh
kubectl get pods
```

## 限制

没有。
"""


def pinned(body: str, covers: str, of: str = "./sandbox.md", lang: str = "zh") -> str:
    """A translation with that body, which covers that text of its source."""
    covered = source_hash(covers.encode())
    return f"---\nstatus: Active\nlang: {lang}\ntranslation_of: {of}\nsource_hash: {covered}\n---\n\n{body}"


def made_pair(root: Path, texts: Mapping[str, str] | None = None) -> Path:
    """A blog with one pair, English first unless other texts are given, committed on 1 February 2026."""
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    write(root, {"aiblog.yaml": SETTINGS})
    write(root, texts or {SOURCE: ENGLISH, TARGET: pinned(CHINESE, ENGLISH)})
    commit(root, "2026-02-01")
    return root


def commit(root: Path, date: str, *words: str) -> None:
    """A commit of all there is, on that date."""
    git(root, "add", "--all")
    at = f"{date}T12:00:00+00:00"
    git(
        root, "commit", "--quiet", "-m", "Change", *words, environment={"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at}
    )


def change(root: Path, was: str, now: str, path: str = SOURCE) -> None:
    """Another text in a file, which must have had the former one."""
    text = (root / path).read_text(encoding="utf-8")
    assert was in text
    write(root, {path: text.replace(was, now)})
