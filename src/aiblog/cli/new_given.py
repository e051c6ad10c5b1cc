"""What `aiblog new` was told: by flags, a file of answers, a person; and the words that tell it the same again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from aiblog.cli.inputs import comma_parts, text_from
from aiblog.core.nearest import nearest
from aiblog.errors import AGAIN, AiblogError


@dataclass(frozen=True, slots=True)
class Given:
    """The answers so far; None where nothing was said. `body` is a file's name, or `-`."""

    title: str | None = None
    slug: str | None = None
    date: str | None = None
    lang: tuple[str, ...] | None = None
    scaffold: str | None = None
    tag: tuple[str, ...] | None = None
    set: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    commit: bool | None = None
    branch: str | None = None
    no_branch: bool | None = None
    switch: bool | None = None
    edit: bool | None = None


def merged(answers: Given, flags: Given) -> Given:
    """The answers of a file, a flag winning over each; single values of `set` too."""
    said = {each.name: getattr(flags, each.name) for each in fields(Given) if getattr(flags, each.name) is not None}
    return replace(answers, **{**said, "set": {**answers.set, **flags.set}})


def require_consistent(given: Given) -> None:
    """Refuses flags that contradict each other (`usage`)."""
    if given.branch is not None and given.no_branch:
        raise AiblogError("usage", "--branch and --no-branch exclude each other")
    if given.switch and given.no_branch:
        raise AiblogError("usage", "--switch goes to the post's branch; --no-branch wants none")
    if (given.branch is not None or given.no_branch) and not (given.commit or given.switch):
        raise AiblogError(
            "usage", "--branch and --no-branch say where --commit commits; --commit is missing", f"{AGAIN} --commit"
        )


def words(given: Given) -> list[str]:
    """The words after `aiblog new` that say the same, but for `--edit`; the title last where it looks like a flag."""
    title = [] if given.title is None else [given.title]
    last = ["--", *title] if given.title is not None and given.title.startswith("-") else []
    said = [] if last else title
    said += _flag("--slug", given.slug) + _flag("--date", given.date)
    said += [word for code in given.lang or () for word in ("--lang", code)]
    said += _flag("--scaffold", given.scaffold)
    said += [] if given.tag is None else ["--tag", ",".join(given.tag)]
    said += [word for name, value in given.set.items() for word in ("--set", f"{name}={value}")]
    said += _flag("--body", given.body)
    said += _flag("--branch", given.branch)
    for name in ("commit", "no_branch", "switch"):
        said += [f"--{name.replace('_', '-')}"] if getattr(given, name) else []
    return said + last


def _flag(name: str, value: str | None) -> list[str]:
    """A flag with its value; in one word where the value looks like a flag itself."""
    if value is None:
        return []
    return [f"{name}={value}"] if value.startswith("-") and value != "-" else [name, value]


def answers_in(folder: Path, source: str) -> Given:
    """The answers of `--from`: YAML or JSON, the keys being the long flag names, and `title`.

    Raises:
        AiblogError: `usage` where it cannot be read, or says something `new` does not know.
    """
    from aiblog.core.strict_yaml import mapping  # noqa: PLC0415 - start-up: only where answers come from a file

    values = mapping(text_from(folder, source, "--from"), f"--from {source}", "usage")
    known = [each.name.replace("_", "-") for each in fields(Given)]
    for name in values:
        if name not in known:
            wanted = nearest(name, known, f"known are {', '.join(known)}")
            raise AiblogError("usage", f'--from {source}: unknown key "{name}"{wanted}')
    return Given(**{name.replace("-", "_"): _typed(source, name, value) for name, value in values.items()})


def _typed(source: str, name: str, value: Any) -> Any:
    wanted: str | None = None
    if name in {"lang", "tag"}:
        parts: Sequence[Any] = value if isinstance(value, list) else [value]
        if all(isinstance(part, str) for part in parts):
            return tuple(comma_parts(parts))
        wanted = "a list of texts"
    elif name == "set":
        if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
            return value
        wanted = "a mapping of texts"
    elif not isinstance(value, str):
        wanted = "one text"
    elif name in {"commit", "switch", "edit", "no-branch"}:
        if value.lower() in {"true", "false"}:
            return value.lower() == "true"
        wanted = "true or false"
    elif name == "body" and value == source == "-":
        raise AiblogError("usage", "--from - and body: - both want standard input; only one can have it")
    if wanted:
        raise AiblogError("usage", f"--from {source}: {name}: {wanted} was wanted")
    return value
