"""Operations as the journal keeps them: records behind each other, each with its length and a checksum.

A record is a line `LENGTH CHECKSUM`, a JSON line, and the bytes of the files it names. The first says what runs
(`begin`), each other one a `step` that is about to be done, or what of the earlier ones was `not` done after all.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from aiblog.core.changes import FileChange
from aiblog.core.operation import HeadMove, Operation, RefMove, Staged, Step, joined

VERSION = 1
_OBJECT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_MODES = {"100644", "100755", "120000"}


def begun(time: float, process: int, command: Sequence[str], root: str, undoes: int | None) -> bytes:
    """The first record of an operation; see `Operation`."""
    words = {"time": time, "process": process, "command": list(command), "root": root, "undoes": undoes}
    return _record({"begin": {"version": VERSION, **words}})


def planned(step: Step) -> bytes:
    """The record of a step that is about to be done."""
    was = {each.path: each.before for each in step.files}
    files, held = [], []
    for each in step.files:
        along = each.after is not None and each.origin is not None and each.after == was.get(each.origin)
        files.append(_file(each, along=along))
        held += [data for data in (each.before, None if along else each.after) if data is not None]
    words = {
        "files": files,
        "staged": {path: list(both) for path, both in step.staged.items()},
        "refs": [list(each) for each in step.refs],
        "head": step.head and list(step.head),
    }
    return _record({"step": words}, held)


def not_done(paths: Iterable[str]) -> bytes:
    """The record that those files are as they were before the last step that names each."""
    return _record({"not": list(paths)})


def step_not_done(number: int) -> bytes:
    """The record that the step with that number, counted from 0, was not done."""
    return _record({"void": number})


def operation(number: int, data: bytes, state: str) -> Operation:
    """The operation that those records are. A last record that is not whole was not begun with.

    Raises:
        ValueError: where they are none, or not safe to follow: another version, names that no branch or object has.
    """
    try:
        records = _records(data)
        begin = next(records)[0]["begin"]
        if begin["version"] != VERSION:
            raise ValueError(f"version {begin['version']}")
        steps: list[Step] = []
        for words, held in records:
            if "step" in words:
                steps.append(_step(words["step"], held))
            elif "void" in words:
                steps[words["void"]] = Step()
            else:
                steps = without_last(steps, words["not"])
        root, undoes = begin["root"], begin["undoes"]
        if not (isinstance(root, str) and (undoes is None or isinstance(undoes, int))):
            raise ValueError("root or undoes")
        command = tuple(str(word) for word in begin["command"])
        return Operation(
            number, float(begin["time"]), int(begin["process"]), command, root, undoes, joined(steps), state
        )
    except (LookupError, TypeError, AttributeError, StopIteration, RecursionError, OverflowError) as error:
        raise ValueError("not a journal's entry") from error


def without_last(steps: Sequence[Step], paths: Iterable[str]) -> list[Step]:
    """The steps, each of those files gone from the last one that names it."""
    left = list(steps)
    for path in paths:
        for number in reversed(range(len(left))):
            if any(each.path == path for each in left[number].files):
                left[number] = left[number].without_files([path])
                break
    return left


def _record(words: Mapping[str, Any], held: Sequence[bytes] = ()) -> bytes:
    payload = json.dumps(words, separators=(",", ":")).encode() + b"\n" + b"".join(held)
    return b"%d %d\n" % (len(payload), zlib.crc32(payload)) + payload


def _file(change: FileChange, *, along: bool) -> list[str | int | None]:
    """A file as a record names it: path, sizes, where it was, mode; `along`: with the bytes that it had there."""
    words: list[str | int | None] = [change.path, _size(change.before), True if along else _size(change.after)]
    if change.mode is not None:
        return [*words, change.origin, change.mode]
    return words if change.origin is None else [*words, change.origin]


def _size(data: bytes | None) -> int | None:
    return None if data is None else len(data)


def _records(data: bytes) -> Iterator[tuple[Any, bytes]]:
    """Each record's words, and the bytes behind them."""
    position = 0
    while position < len(data):
        end = data.find(b"\n", position, position + 40)
        match = re.fullmatch(rb"(\d{1,15}) (\d{1,10})", data[position:end]) if end > 0 else None
        if match is None:
            if len(data) - position < 40:
                return  # its first line is not whole
            raise ValueError("damaged")
        payload = data[end + 1 : end + 1 + int(match[1])]
        if len(payload) < int(match[1]):
            return
        if zlib.crc32(payload) != int(match[2]):
            raise ValueError("damaged")
        line, _, held = payload.partition(b"\n")
        yield json.loads(line), held
        position = end + 1 + len(payload)


def _step(words: Mapping[str, Any], held: bytes) -> Step:
    files = tuple(_files(words["files"], held))
    staged = {_path(path): (_staged(before), _staged(after)) for path, (before, after) in words["staged"].items()}
    refs = tuple(RefMove(_branch(name), _object(before), _object(after)) for name, before, after in words["refs"])
    head = words["head"]
    moved = HeadMove(_branch(head[0]), _branch(head[1]), _object(head[2])) if head else None
    return Step(files, staged, refs, moved)


def _files(listed: Iterable[Any], held: bytes) -> Iterator[FileChange]:
    """The files that a record names, with their bytes; those that moved as they were have them from where they were."""
    was: dict[str, bytes | None] = {}
    found: list[tuple[FileChange, bool]] = []
    position = 0
    for path, *sizes in listed:
        before, after, *more = sizes
        origin, mode = [*more, None, None][:2]
        parts: list[bytes | None] = []
        for size in (before, None if after is True else after):
            if size is not None and size < 0:
                raise ValueError("sizes")
            parts.append(None if size is None else held[position : position + size])
            position += size or 0
        was[path] = parts[0]
        came_from = None if origin is None else _path(origin)
        found.append((FileChange(_path(path), parts[0], parts[1], came_from, _permissions(mode)), after is True))
    if position != len(held):
        raise ValueError("sizes")
    for change, along in found:
        yield change._replace(after=was[change.origin or ""]) if along else change


def _path(text: Any) -> str:
    if not isinstance(text, str) or "\0" in text:
        raise ValueError("path")
    return text


def _permissions(mode: Any) -> int | None:
    if mode is not None and not (isinstance(mode, int) and 0 <= mode <= 0o777):
        raise ValueError("mode")
    return mode


def _branch(name: Any) -> str:
    if not isinstance(name, str) or not name.startswith("refs/heads/") or re.search(r"[\x00-\x20\x7f]", name):
        raise ValueError("branch")
    return name


def _object(name: Any) -> str | None:
    if name is not None and not (isinstance(name, str) and _OBJECT.match(name)):
        raise ValueError("object")
    return name


def _staged(entry: Any) -> Staged:
    if entry is None:
        return None
    mode, name = entry
    if mode not in _MODES or _object(name) is None:
        raise ValueError("entry")
    return mode, name
