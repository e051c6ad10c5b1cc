"""The places of destinations in bytes: the same that the document has, which all rules read."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.destination_spans import bare_address_spans, destination_spans
from aiblog.core.document import document
from support.readers import FORMS, PIECES


def by_bytes(data: bytes) -> list[str]:
    """What stands at each span."""
    found = [data[span.start : span.end] for span in destination_spans(data) if span.form != "unquoted"]
    return [each.decode("utf-8", "surrogateescape") for each in found]


def by_document(data: bytes) -> list[str]:
    """What stands where a link of the document has its destination."""
    text = data.decode("utf-8", "surrogateescape")
    own = {"link", "image", "definition", "html", "autolink"}
    spans = {(link.start, link.end, link.kind) for link in document(text).links if link.kind in own}
    written = [(text[start:end], kind) for start, end, kind in sorted(spans)]
    found = [each.strip(" \t\r\n\f\v") if kind == "html" else each for each, kind in written]
    return [each for each in found if "@" not in each or not each.startswith("<") or ":" in each]


LINKS = [
    "[a](b.md)",
    "[中](<文 a.md> 'T')",
    "\n[r]: x.md\n",
    '<a href="b.md">',
    "<https://a.org>",
    "![i](i.png)",
    "\udcff",
]


@given(st.lists(st.sampled_from([*PIECES, *FORMS.values(), *LINKS, *LINKS]), max_size=20).map("".join))
@settings(deadline=None)
def test_destinations_stand_where_the_document_has_them(text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    assert by_bytes(data) == by_document(data)


def test_destinations_of_the_real_blog_stand_where_the_document_has_them(corpus: Path) -> None:
    for path in sorted(corpus.rglob("*.md")):
        assert by_bytes(path.read_bytes()) == by_document(path.read_bytes()), path


def test_bare_addresses_stand_where_they_are_behind_any_bytes() -> None:
    data = "中文 \udcff https://a.org/y，见 https://b.org/x。\r\n".encode("utf-8", "surrogateescape")
    assert [data[span.start : span.end] for span in bare_address_spans(data)] == [
        b"https://a.org/y",
        b"https://b.org/x",
    ]
