"""The versions that files had, out of git, for commands that work without it too: what git lacks is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from aiblog.adapters.git import read_lightly
from aiblog.adapters.process import Done


class Version(NamedTuple):
    """A file's bytes in one commit, or in the index, and that commit's date (ISO 8601; None in the index)."""

    data: bytes
    date: str | None


class _Step(NamedTuple):
    """A file in a commit: its path and object, and those before it."""

    date: str
    path: str
    former_path: str
    name: str
    former_name: str


Reach = Literal["own path", "renamed", "lost"]
"""How far versions are looked for: in HEAD's history at the present path, through renames, on every branch and in the
reflog. Each takes git longer."""


def file_versions(root: Path, folders: Sequence[str], paths: Collection[str], reach: Reach) -> dict[str, list[Version]]:
    """The versions of those files by their present paths: the staged one, then the committed ones, newest first.

    Two processes of git. No error where git is missing, where the folder is in no repository, or where a clone is
    shallow or partial: then there is what is at hand.

    Args:
        root: the blog's root.
        folders: where the files are and were, relative to the root.
        paths: theirs, relative to the root.
        reach: how far.
    """
    where = ("--all", "--reflog") if reach == "lost" else ("HEAD",)
    alone = reach == "own path" and len(paths) <= _MOST
    steps = _steps(root, where, sorted(paths) if alone else folders)
    if steps is None:
        return {}
    by_path: dict[str, list[int]] = {}
    for number, step in enumerate(steps):
        by_path.setdefault(step.path, []).append(number)
    dated = {path: _dated(path, steps, by_path) for path in paths}
    here = {f"{place}./{path}" for path in paths for place in (_STAGED, _HEAD) if "\n" not in path}
    found = _objects(root, [*here, *(name for names in dated.values() for name in names)])
    return {path: list(_versions(path, names, found, steps)) for path, names in dated.items()}


_MOST = 200
"""Paths at most that git is given one by one."""
_STAGED, _HEAD = ":", "HEAD:"


def _versions(
    path: str, dated: Mapping[str, str], found: Mapping[str, tuple[str, bytes]], steps: Sequence[_Step]
) -> Iterator[Version]:
    """The versions of one file; those of its history that are not there are left out."""
    name, data = found.get(f"{_HEAD}./{path}", ("", b""))
    staged_name, staged = found.get(f"{_STAGED}./{path}", (name, data))
    if staged_name != name:
        yield Version(staged, None)
    if name and name not in dated:  # a merge made it
        yield Version(data, steps[0].date if steps else None)
    yield from (Version(found[each][1], date) for each, date in dated.items() if each in found)


def _steps(root: Path, where: Sequence[str], folders: Sequence[str]) -> list[_Step] | None:
    """What commits did to files in the folders, newest first; None where git has no answer."""
    for renames in ("-M", "-M100%"):  # for the first one git reads contents, which a partial clone may lack
        words = ("log", "-z", "--raw", "--relative", "--no-abbrev", renames, "--format=%cs", *where)
        done = read_lightly(root, *words, "--", *folders)
        if done is not None and done.code == 0:
            return list(_read_off(done))
    return None


def _read_off(done: Done) -> Iterator[_Step]:
    date = ""
    fields = iter(done.fields())
    for field in fields:
        line = field.lstrip("\n")
        if not line.startswith(":"):
            date = line
            continue
        _, _, before, after, status = line.split(" ")
        path = former = next(fields)
        if status[0] in "RC":
            path = next(fields)
        yield _Step(date, path, former, after, before)


def _dated(path: str, steps: Sequence[_Step], by_path: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """The objects that the file was, newest first, each with the date of the newest commit that made it so."""
    known, waiting = {path}, [path]
    while waiting:
        for number in by_path.get(waiting.pop(), ()):
            if (former := steps[number].former_path) not in known:
                known.add(former)
                waiting.append(former)
    own = [steps[number] for number in sorted(number for name in known for number in by_path.get(name, ()))]
    made = [step for step in own if step.name != step.former_name]  # what only renames it makes no version
    names = {step.name for step in made}
    dated: dict[str, str] = {}
    for step in own:
        if step.name != step.former_name or step.name not in names:
            dated.setdefault(step.name, step.date)
        if step.former_name not in names:  # a merge made it, of which the log says nothing
            dated.setdefault(step.former_name, step.date)
    return {name: date for name, date in dated.items() if name.strip("0")}


def _objects(root: Path, names: Sequence[str]) -> dict[str, tuple[str, bytes]]:
    """The names and bytes of the files that are called so, by what they are called; in one process."""
    wanted = list(dict.fromkeys(names))
    given = "".join(f"{name}\n" for name in wanted).encode("utf-8", "surrogateescape")
    done = read_lightly(root, "cat-file", "--batch", given=given) if wanted else None
    out = done.out if done else b""
    found, position = {}, 0
    for name in wanted:
        end = out.find(b"\n", position)
        if end < 0:
            break
        parts = out[position:end].split(b" ")
        position = end + 1
        if len(parts) == 3 and parts[1] == b"blob":
            size = int(parts[2])
            found[name] = (parts[0].decode(), out[position : position + size])
            position += size + 1
    return found


def why_out_of_reach(root: Path) -> Literal["outside", "shallow", "partial", ""]:
    """Why git may lack a version: no repository (or no git), a shallow or a partial clone; "" for none of these."""
    done = read_lightly(root, "rev-parse", "--is-shallow-repository")
    if done is None or done.code:
        return "outside"
    if done.line == "true":
        return "shallow"
    filters = read_lightly(root, "config", "--get-regexp", r"^remote\..*\.(promisor|partialclonefilter)$")
    return "partial" if filters is not None and filters.code == 0 else ""
