"""Many entries at once: what one after the other would give, without reading the page anew for each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.index import Entry, EntryLink, learned_shape, listed, with_entry, with_new_entries
from aiblog.core.language import Language
from aiblog.core.settings import Index
from aiblog.errors import AiblogError

EN = Language("en", "English", "", "English")
SECTIONS = Index("blog/README.md")
LIST = Index("README.md", "list", under="Blog")
THERE = {"blog/2026-02-10/x.md", "blog/2026-01-10/y.md"}
NEW = [f"blog/2026-0{month}-{day}/{slug}.md" for month, day, slug in [
    (1, "05", "a"), (1, "10", "b"), (1, "20", "c"), (2, "10", "d"), (3, "01", "e"), (3, "01", "f"),
]]  # fmt: skip
X, Y = ("## 2026-02-10: X\n\n- [X](./2026-02-10/x.md)\n\n", "## 2026-01-10: 文\n\n- [文](./2026-01-10/y.md)\n\nP.\n\n")
PAGES = st.sampled_from([
    "", "# Blog\n", f"# Blog\n\n{X}{Y}",
    f"# Blog\n\n{X}## 2026-01-15: Scan\n\nProse.\n\n{Y}## Contributing\n\nWrite.\n",
    f"# Blog\n\n{Y}{X}---\n\nFooter.\n\n[ref]: x\n", f"# Blog\n\n{X}\n\n{Y}".rstrip(),
    f"{X}<!-- markdownlint-disable-next-line -->\n{Y}", "# Blog\n\n## Contributing\n\nText.\n",
])  # fmt: skip


def entry(path: str) -> Entry:
    date = path.split("/")[1]
    return Entry(date, (EntryLink(path, path[-4].upper(), EN),), None, None, frozenset({path}))


@given(PAGES, st.sets(st.sampled_from(NEW), min_size=1), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=150, deadline=None)
def test_entries_at_once_are_entries_one_by_one(text: str, paths: set[str], ending: str) -> None:
    data = text.replace("\n", ending).encode()
    editions = THERE | set(NEW)
    shape = learned_shape(data, SECTIONS, editions, [EN])
    entries = [entry(path) for path in sorted(paths)]
    one_by_one = data
    for each in entries:
        one_by_one = with_entry(one_by_one, SECTIONS, each, shape, editions)
    at_once = with_new_entries(data, SECTIONS, entries, shape, editions)
    assert at_once == one_by_one
    assert listed(at_once, SECTIONS, editions) >= paths


def bullets(text: str, *paths: str, limit: int | None = None) -> list[str]:
    index = LIST._replace(limit=limit)
    data = text.encode()
    shape = learned_shape(data, index, THERE | set(NEW), [EN])
    after = with_new_entries(data, index, [entry(path) for path in paths], shape, THERE | set(NEW)).decode()
    return [line[3:5].strip("]") for line in after.splitlines() if line.startswith("- [")]


def test_in_a_list_they_go_by_date_and_the_oldest_fall_off_at_the_limit() -> None:
    page = (
        "## Blog\n\n- [O](./blog/README.md)\n- [X](./blog/2026-02-10/x.md)\n- [Y](./blog/2026-01-10/y.md)\n\n## Next\n"
    )
    assert bullets(page, *NEW) == ["O", "F", "E", "D", "X", "C", "B", "Y", "A"]
    assert bullets(page, *NEW, limit=4) == ["O", "F", "E", "D", "X"]
    unordered = "## Blog\n\n- [Y](./blog/2026-01-10/y.md)\n- [X](./blog/2026-02-10/x.md)\n"
    assert bullets(unordered, NEW[2], limit=2) == ["C", "X"]
    assert bullets("## Blog\n\n- [O](./blog/README.md)\n", *NEW[:3]) == ["O", "C", "B", "A"]
    assert bullets("## Blog\n", *NEW[:3]) == ["C", "B", "A"]


def test_nothing_to_enter_changes_nothing_and_a_page_that_swallows_is_refused() -> None:
    assert with_new_entries(b"# Blog", SECTIONS, [], learned_shape(b"", SECTIONS, set(), [EN]), set()) == b"# Blog"
    data = b"# Blog\n\n```\ncode\n"
    with pytest.raises(AiblogError, match="a code fence is not closed"):
        with_new_entries(data, SECTIONS, [entry(NEW[0])], learned_shape(data, SECTIONS, set(), [EN]), set())
