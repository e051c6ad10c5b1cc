"""The canonical hash on generated Markdown: what it does not see, and that it sees every word."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiblog.core.canonical import source_hash

WORDS = (
    "pod",
    "the",
    "GPU",
    "2024.",
    "3)",
    "缓存",
    "调度，",
    "Café",
    "`a b`",
    "**粗体**",
    "[link](./x.md)",
    "<kbd>x</kbd>",
    "1.34",
    "한국어",
    "!",
)
words = st.builds(
    lambda first, more: [first, *more],
    st.sampled_from([each for each in WORDS if each[0].isalpha() or each[0] in "*[<"]),  # what begins no list
    st.lists(st.sampled_from(WORDS), max_size=7),
)
CODE = st.lists(
    st.sampled_from(["x = 1", "  y  = 2", "", "- a", "> b", "# 注释 c", "<!-- aiblog:todo -->", "\ttab"]), max_size=4
)


class Look(NamedTuple):
    """How one writing of a text looks: where its lines break, its bullets, the space behind them, around lines."""

    broken: bool = False
    bullet: str = "-"
    gap: int = 1
    trailing: str = ""
    marked: bool = False


PLAIN = Look()
looks = st.builds(
    Look,
    st.booleans(),
    st.sampled_from("-*+"),
    st.integers(1, 3),
    st.sampled_from(["", " ", "\t", "   "]),
    st.booleans(),
)
Written = Callable[[Look], list[str]]


def _lines(parts: list[str], look: Look) -> list[str]:
    """A paragraph on one line, or with a break at each place that may have one."""
    text = " ".join(parts)
    if not look.broken:
        return [text]
    return text.split(" ")


def _indented(lines: list[str], first: str, rest: str) -> list[str]:
    return [(first if number == 0 else rest) + line if line else "" for number, line in enumerate(lines)]


def paragraph(parts: list[str]) -> Written:
    return lambda look: [*(["<!-- aiblog:todo -->"] if look.marked else []), *_lines(parts, look)]


def heading(level: int, parts: list[str]) -> Written:
    return lambda _: [f"{'#' * level} {' '.join(parts)}"]


def fenced(fence: str, code: list[str]) -> Written:
    return lambda _: [f"{fence}sh", *code, fence]


def indented(parts: list[str]) -> Written:
    return lambda _: [f"    {'  '.join(parts)}"]


def table(parts: list[str]) -> Written:
    return lambda look: [f"| {cell} |" for cell in [parts[0], "---", *parts]]


def html(parts: list[str]) -> Written:
    return lambda look: ["<details>", f"<summary>{parts[0]}</summary>", "", *_lines(parts, look), "", "</details>"]


def comment(parts: list[str]) -> Written:
    return lambda look: [f"<!-- {' '.join(parts)}", "- of the author -->"]


def footnote(parts: list[str], more: list[str]) -> Written:
    return lambda look: [
        f"[^1]: {_lines(parts, look)[0]}",
        *(f"    {each}" for each in _lines(parts, look)[1:]),
        "",
        *(f"    {each}" for each in _lines(more, look)),
    ]


def quoted(inner: list[Written]) -> Written:
    return lambda look: [f"> {line}" if line else ">" for line in _joined(inner, look)]


def listed(items: list[list[Written]], ordered: bool) -> Written:
    def written(look: Look) -> list[str]:
        lines: list[str] = []
        for number, item in enumerate(items, 1):
            marker = f"{number}." if ordered else look.bullet
            first = marker + " " * look.gap
            own = _joined(item, look._replace(marked=False))
            lines += _indented(own, first, " " * len(first))
        return lines

    return written


def _joined(blocks: list[Written], look: Look) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += [*([""] if lines else []), *block(look)]
    return lines


leaves = st.one_of(
    st.builds(paragraph, words),
    st.builds(fenced, st.sampled_from(["```", "~~~", "````"]), CODE),
)
inner = st.recursive(
    leaves,
    lambda deeper: st.one_of(
        st.builds(quoted, st.lists(deeper, min_size=1, max_size=3)),
        st.builds(
            listed,
            st.lists(
                st.builds(lambda text, more: [paragraph(text), *more], words, st.lists(deeper, max_size=2)),
                min_size=1,
                max_size=3,
            ),
            st.booleans(),
        ),
    ),
    max_leaves=6,
)
blocks = st.lists(
    st.one_of(
        inner,
        st.builds(heading, st.integers(2, 4), words),
        st.builds(indented, words),
        st.builds(table, words),
        st.builds(html, words),
        st.builds(comment, words),
        st.builds(footnote, words, words),
    ),
    min_size=1,
    max_size=5,
)


def written(found: list[Written], look: Look) -> bytes:
    lines = ["# Title", "", "Opening.", ""]
    for block in found:
        lines += [*block(look), "", "First:", ""]
    return ("\n".join(_with_trailing(lines, look.trailing)) + "\n").encode()


def _with_trailing(lines: list[str], trailing: str) -> list[str]:
    """The lines with space behind them, but for code."""
    out, fence = [], ""
    for line in lines:
        match = re.match(r"[ >]*(?:(?:[-*+]|\d+\.) +)*(`{3,}|~{3,})", line)
        if fence or match or line.startswith("    "):
            out.append(line)
            if match:
                fence = "" if match[1] == fence else fence or match[1]
            continue
        out.append(line + trailing)
    return out


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks, looks)
def test_the_hash_is_the_same_however_a_text_is_wrapped_bulleted_and_spaced(found: list[Written], look: Look) -> None:
    assert source_hash(written(found, look)) == source_hash(written(found, PLAIN))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks, looks)
def test_the_hash_is_the_same_with_crlf_and_a_bom(found: list[Written], look: Look) -> None:
    data = written(found, look)
    assert source_hash(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")) == source_hash(data)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks, looks, st.data())
def test_the_hash_changes_with_any_word(found: list[Written], look: Look, data: st.DataObject) -> None:
    before = written(found, look).decode()
    places = list(re.finditer(r"[A-Za-z\u4e00-\u9fff가-힣]+", before))
    outside = [
        each
        for each in places
        if "aiblog:" not in before[before.rfind("\n", 0, each.start()) + 1 : before.find("\n", each.start())]
    ]
    at = data.draw(st.sampled_from(outside))
    after = before[: at.start()] + "changed" + before[at.end() :]
    assert source_hash(after.encode()) != source_hash(before.encode())
