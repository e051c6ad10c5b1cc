"""What stands in the way of saying that a translation covers its source."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from aiblog.adapters.blog import Blog
from aiblog.checks.rules import admitted
from aiblog.checks.stub import waiting
from aiblog.core.copied_blocks import copied_blocks
from aiblog.core.finding import Finding
from aiblog.core.parity import broken
from aiblog.core.post import Edition
from aiblog.core.source_language import RULE
from aiblog.errors import AGAIN, AiblogError


def findings_of(blog: Blog, source: Edition, target: Edition, texts: tuple[bytes, bytes]) -> list[Finding]:
    """The errors of a translation beside its source: blocks that wait, are its source's, or differ in structure.

    None that the settings turn off or a comment allows. `texts` are the source's bytes and the translation's.
    """
    found = sorted(_found(source, target, texts), key=lambda each: each[:5])
    return [each for each in admitted(found, blog.settings, texts[1]) if each.severity == "error"]


def _found(source: Edition, target: Edition, texts: tuple[bytes, bytes]) -> Iterator[Finding]:
    path, original, text = target.path, *(data.decode("utf-8-sig", "replace") for data in texts)
    waits = [place.finding(path, "stub", "error") for place in waiting(texts[1])]
    yield from waits
    if not waits:  # what waits is the source's text, and says itself what is to be done
        for line in copied_blocks(original, text, source.language, target.language):
            yield Finding(path, line, 1, RULE, "this block is still the source's, word for word")
    for rule, line, column, message in broken(original, text):
        yield Finding(path, line, column, rule, message)


def refusal(found: Sequence[Finding], name: str, clean: Sequence[Edition], behind: Sequence[Edition]) -> AiblogError:
    """`check-failed` with those findings.

    `name` selects the post; `clean` are its translations without any, `behind` those whose source has changed.
    """
    paths = list(dict.fromkeys(each.path for each in found))
    count = "1 finding stops" if len(found) == 1 else f"{len(found)} findings stop"
    files = " and ".join(f'"{path}"' for path in paths)
    hints = [f"edit {shlex.join(paths)}"]
    which = [f" --to {each.language}" for each in behind] if len(behind) + len(clean) > 1 else ["" for _ in behind]
    hints += [f"aiblog translate-diff {shlex.quote(name)}{word}" for word in which]
    hints += [f"aiblog translate-sync {shlex.quote(name)} --to {each.language}" for each in clean]
    message = f"{count} the statement that {files} {'covers its' if len(paths) == 1 else 'cover their'} source"
    return AiblogError("check-failed", message, *hints, f"{AGAIN} --force", findings=found)
