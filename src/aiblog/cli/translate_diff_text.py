"""The changes of a source as a person reads them: where to edit the translation, and which words changed."""

from collections.abc import Iterable, Iterator

from aiblog.cli.output import Run
from aiblog.core.source_diff import Change
from aiblog.core.text_blocks import TextKind
from aiblog.core.title import visible
from aiblog.core.translation_places import Place
from aiblog.core.word_diff import Part, excerpt, word_diff

CONTEXT = 40
"""Characters of what is equal that stand on either side of a change."""

LONGEST = 240
"""Characters of one changed piece that are shown, and …"""

MOST = 20
"""… lines of one block."""

_NAMES: dict[TextKind, str] = {"metadata": "front matter key", "definition": "link definition", "html": "HTML block"}


def name_of(block: TextKind) -> str:
    """What a block is called in a sentence."""
    return _NAMES.get(block, block)


def heading_of(change: Change, place: Place) -> str:
    """What stands beside the line to edit: the section in both languages and further lines, or what is new or gone."""
    block, line = name_of(change.block), f"line {change.line}"
    if change.what == "added":
        behind = ", after this line" if place.after else ", here already as it seems"
        return f"new {block} in the source ({line}){behind}"
    if change.what == "removed":
        gone = ", nor this translation as it seems" if place.after else ""
        return f"{block} that the source no longer has{gone}"
    lacks = "; this translation lacks it, it belongs after this line" if place.after else ""
    if change.what == "moved":
        return f"{block} that moved in the source ({line}, {visible(change.section)}){lacks}"
    if lacks:
        return f"changed {block} in the source ({line}){lacks}"
    sections = dict.fromkeys(section for section in (place.section, change.section) if section)
    also = f", also {', '.join(map(str, place.others))}" if place.others else ""
    return (visible(" / ".join(sections)) or block) + also


def beginning(text: str) -> str:
    """The first line of a block, safe for a terminal, of a long one its beginning."""
    return _cut(text.split("\n", 1)[0], 2 * CONTEXT)


def _cut(text: str, longest: int) -> str:
    return visible(text if len(text) <= longest else f"{text[:longest].rstrip()}…")


def lines_of(run: Run, change: Change, stream: object) -> Iterator[str]:
    """The lines of a block that changed, `[-old-]{+new+}`, safe for a terminal; of one that moved its beginning."""
    if change.what == "moved":
        yield beginning(change.new)
        return
    parts = word_diff(change.old, change.new)
    lines = list(_by_line(parts))
    changed = [line for line in lines if any(part.op != "equal" for part in line)] or lines[:1]
    for line in changed[:MOST]:
        yield "".join(_shown(run, part, stream) for part in excerpt(line, CONTEXT))
    if len(changed) > MOST:
        yield f"… {len(changed) - MOST} lines more"


def _by_line(parts: Iterable[Part]) -> Iterator[list[Part]]:
    line: list[Part] = []
    for op, text in parts:
        first, *others = text.split("\n")
        line += [Part(op, first)] if first else []
        for other in others:
            yield line
            line = [Part(op, other)] if other else []
    yield line


def _shown(run: Run, part: Part, stream: object) -> str:
    shown = part._replace(text=_cut(part.text, LONGEST)).marked
    return shown if part.op == "equal" else run.styled(shown, "red" if part.op == "delete" else "green", stream)
