"""What a broken link may have meant: a file that is there, near the one that is not."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterator

from aiblog.checks.subject import Subject
from aiblog.core.changes import folded
from aiblog.core.links import relative


def nearest(subject: Subject, target: str) -> str:
    """` (there is ./images/roi.png)`, as the edition would link it; "" where nothing is near.

    The same name but for the case; the same name in a folder nearby; a similar name in the folder that was meant.
    """
    twin = next(iter(_twins(subject, target)), None)
    if twin is not None:
        same = unicodedata.normalize("NFC", twin) == unicodedata.normalize("NFC", target)
        how = "in another Unicode form" if same else "upper and lower case matter"
        return f" (there is {relative(subject.edition.path, twin)}; {how})"
    found = _moved(subject, target) or _similar(subject, target)
    return f" (there is {relative(subject.edition.path, found)})" if found else ""


def only_twin(subject: Subject, target: str) -> str | None:
    """The one path that differs by case or Unicode form alone; None where there is none, or more than one."""
    found = _twins(subject, target)
    return found[0] if len(found) == 1 else None


def _twins(subject: Subject, target: str) -> list[str]:
    """The paths that differ by case or Unicode form alone."""
    found = [""]
    for part in target.split("/"):
        folders, found = found, []
        for folder in folders:
            names = subject.names_in(folder)
            same = [part] if part in names else sorted(each for each in names if folded(each) == folded(part))
            found += [posixpath.join(folder, name) for name in same]
    return [each for each in found if each != target]  # a link that leads nowhere has the name itself


def _moved(subject: Subject, target: str) -> str | None:
    """A file of that name in the folder above, beside or below the one that was meant, or the edition's own."""
    name = posixpath.basename(target)
    for folder in dict.fromkeys(_folders(subject, posixpath.dirname(target))):
        found = next((each for each in subject.names_in(folder) if folded(each) == folded(name)), None)
        if found is not None and subject.kind_of(posixpath.join(folder, found)) == "file":
            return posixpath.join(folder, found)
    return None


def _folders(subject: Subject, meant: str) -> Iterator[str]:
    own = posixpath.dirname(subject.edition.path)
    above = posixpath.dirname(meant)
    yield from (own, above)
    for folder in dict.fromkeys((own, above, posixpath.dirname(own))):
        for name in sorted(subject.names_in(folder)):
            path = posixpath.join(folder, name)
            if not name.startswith(".") and subject.kind_of(path) == "folder":
                yield path


def _similar(subject: Subject, target: str) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415 - only for this message

    folder, name = posixpath.split(target)
    near = get_close_matches(name, sorted(subject.names_in(folder)), 1, 0.7)
    return posixpath.join(folder, near[0]) if near else None
