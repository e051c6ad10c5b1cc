"""Every function that takes foreign text, by name, each called with one text; and texts of much of one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from time import process_time

from aiblog.core import (
    anchor,
    anchor_follow,
    attributes,
    bare_address,
    block_alignment,
    canonical,
    conflict,
    destination,
    document,
    external_link,
    header,
    index,
    index_resolve,
    index_review,
    index_summary,
    layout,
    learn,
    learn_messages,
    line_diff,
    links,
    markdown,
    markdown_rules,
    moved_dates,
    new_post,
    page_anchors,
    parity,
    relinked,
    relinked_header,
    scaffold,
    settings_path,
    settings_yaml,
    shape,
    slug,
    source_diff,
    strict_yaml,
    stub,
    suppression,
    switch_line,
    switch_writing,
    tag_edit,
    tags,
    text_blocks,
    title,
    translation,
    word_diff,
    written_links,
)
from aiblog.core.index_entry import Entry, EntryLink, Shape
from aiblog.core.language import default_language
from aiblog.core.moves import Moves
from aiblog.core.own_urls import Urls
from aiblog.core.settings import Index, Key, Settings
from aiblog.errors import AiblogError

Reader = Callable[[str], object]

SOURCE, TRANSLATION, PAGE = "posts/2026-02-25/roi.md", "posts/2026-02-25/roi_zh.md", "posts/README.md"
EDITIONS = {"en": SOURCE, "zh": TRANSLATION}
LANGUAGES = (default_language("en", ""), default_language("zh", "_zh"))
SECTIONS, LIST = Index(PAGE), Index("posts/list.md", "list")
KEYS = (Key("status", role="status"), Key("date", role="date"), Key("tags", role="tags"), Key("path", derived="path"))
SETTINGS = Settings(languages=LANGUAGES, front_matter=KEYS, indexes=(SECTIONS, LIST))
PAIR = stub.Pair(SOURCE, TRANSLATION, "zh", "2026-02-25", EDITIONS, {SOURCE: TRANSLATION}, SETTINGS)
ENTRY = Entry("2026-02-25", (EntryLink(SOURCE, "T", LANGUAGES[0]), EntryLink(TRANSLATION, "题", LANGUAGES[1])))
LISTED = "\n## 2026-02-25: T\n\n- [T](2026-02-25/roi.md)\n"
FACTS = index_review.Facts(SETTINGS, [], lambda _path: False)
LED = Moves({SOURCE: "posts/2026-02-26/roi.md", TRANSLATION: "posts/x.md"}, {"posts/2026-02-25": "posts/x"})
OWN = Urls("github.com", "o/r", ("main",), follow=True)


def _data(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _front(text: str) -> bytes:
    return _data(f"---\n{text}\n---\n\n# T\n")


def _line(text: str) -> str:
    return " ".join(text.split("\n"))


def _middle(text: str, what: str = "x") -> str:
    return f"{text[: len(text) // 2]}{what}{text[len(text) // 2 :]}"


def _scaffold(settings: str, text: str) -> str:
    files = {"scaffold.yaml": _data(settings), "post.md": _data(text)}
    return scaffold.parsed("kind", files, LANGUAGES, "scaffolds/kind").rendered("en", {"title": "T"})


def _conflict(text: str) -> bytes:
    return _data(f"# P\n\n<<<<<<< a\n{text}\n=======\nx\n>>>>>>> b\n\n- [a](2026-02-25/roi.md)\n")


READERS: Mapping[str, Reader] = {
    "header": lambda text: header.read(_data(text)),
    "header value": lambda text: header.read(_front(f"a: {_line(text)}")),
    "header lines": lambda text: header.read(_front(text)),
    "header edited": lambda text: header.edited(_front(f"status: a\n{text}"), {"status": "b", "x": "1"}, ["x"]),
    "header of a body": lambda text: header.edited(_data(text), {"status": "b"}),
    "header line": lambda text: header.line_of(_front(text), "x"),
    "header written": lambda text: header.rendered({"a": text, "b": [text]}),
    "tag": lambda text: tag_edit.renamed_tag(_front(f"tags: [a, {_line(text)}]"), "tags", "a", "b"),
    "tags": lambda text: tag_edit.renamed_tag(_front(f"tags:\n  - a\n{text}"), "tags", "a", "b"),
    "near tag": lambda text: tags.near_tag(text, ["a", text]),
    "yaml": lambda text: strict_yaml.mapping(text, "x"),
    "date": lambda text: moved_dates.with_date(_front(f"date: 2026-02-25{text}"), "2026-02-25", "2026-03-01", SETTINGS),
    "settings": settings_yaml.parsed,
    "settings pattern edited": lambda text: settings_path.with_path(_data(f"posts: a\n{text}"), "{slug}{lang}.md"),
    "settings value": lambda text: settings_yaml.parsed(f"posts: {_line(text)}\n"),
    "settings pattern": lambda text: settings_yaml.parsed(f"path: '{_line(text)}{{slug}}{{lang}}.md'\n"),
    "markdown rules": lambda text: markdown_rules.read(text, ".markdownlint.jsonc"),
    "markdown rules yaml": lambda text: markdown_rules.read(text, ".markdownlint.yaml"),
    "layout": lambda text: layout.Layout("{date}/{slug}{lang}.md", LANGUAGES).posts([f"2026-02-25/{text}.md", text]),
    "layout pattern": lambda text: layout.pattern_error(f"{text}{{slug}}{{lang}}.md"),
    "learned": lambda text: learn.learned([SOURCE, TRANSLATION, PAGE], lambda _: _data(text), lambda _: _data(text)),
    "learned messages": lambda text: learn_messages.message_habit([text, text], [text]),
    "scaffold": lambda text: _scaffold("description: D\n", f"# {{{{ title }}}}\n\n{text}"),
    "scaffold placeholder": lambda text: _scaffold("description: D\n", f"# {{{{ title }}}}\n\n{{{{{text}"),
    "scaffold settings": lambda text: _scaffold(f"description: {text}", "# {{ title }}\n"),
    "title": lambda text: (title.title_error(text), title.visible(text)),
    "title plain": title.plain_title,
    "title escaped": title.escaped_title,
    "first heading": title.first_heading,
    "heading": lambda text: title.first_heading(f"\n# x{_line(text)}#y"),
    "slug": lambda text: (slug.slug_from_title(text), slug.slug_error(text), slug.slug_proposal(text)),
    "body": lambda text: new_post.source_body(text, "T", heading=True),
    "document": document.document,
    "blocks": markdown.blocks,
    "nodes": lambda text: markdown.nodes(text.split("\n")),
    "one link": markdown.is_one_link,
    "shape": shape.shape,
    "links": lambda text: links.links(f"[a](b){text}"),
    "retargeted": lambda text: links.retargeted(text, SOURCE, {each.start: "x.md" for each in links.links(text)}),
    "relinked": lambda text: relinked.relinked(_data(text), SOURCE, "posts/x/roi.md", LED, lambda _: "file", OWN),
    "relinked by name": lambda text: relinked.relinked(_data(text), PAGE, PAGE, LED, lambda _: "file", OWN),
    "relinked address": lambda text: relinked.relinked(
        _data(f"https://github.com/o/r/{text}"), PAGE, PAGE, LED, lambda _: "file", OWN
    ),
    "relinked header": lambda text: relinked_header.relinked_header(
        _front(f"path: {_line(text)}\ntranslation_of: {text}"),
        SOURCE,
        "posts/x/roi.md",
        LED,
        lambda _: "file",
        ["path"],
    ),
    "destination": lambda text: destination.destination_of(text).leading_to(text),
    "destination in HTML": lambda text: destination.led_to(destination.destination_of(text, "html"), text, text),
    "link resolved": lambda text: (links.resolved(SOURCE, text), links.encoded(text)),
    "linked file": lambda text: written_links.linked_file(SOURCE, text),
    "written links": lambda text: written_links.written_links(f"{text[:16_000]}](x", {"a": "b"}),
    "written destination": lambda text: written_links.written_links(f"[a]({text[:16_000]}"),
    "external links": lambda text: list(external_link.external_links(f"https://x.org/{text}")),
    "addresses": lambda text: list(bare_address.bare_addresses(f"www.{text}")),
    "anchors": page_anchors.anchors_of,
    "anchor": lambda text: anchor.anchors([text, text, *text.split("\n")]),
    "anchors followed": lambda text: anchor_follow.follows(f"# T\n\n[a](#a)\n{text}", f"# T\n\n{text}", SOURCE),
    "suppressions": lambda text: suppression.suppressions(_data(f"{text}\n<!-- aiblog:disable x -->\n{text}")),
    "suppression": lambda text: suppression.suppressions(_data(f"<!-- aiblog:disable {text}")),
    "switch line": lambda text: switch_line.switch_at(["# T", "", *text.split("\n")]),
    "switch links": lambda text: switch_line.switch_links(f"[a](b.md) | {_line(text)[:16_000]}"),
    "switch line learned": lambda text: switch_line.learned_switch([(SOURCE, f"# T\n\n{text}", EDITIONS)]),
    "switch line left out": lambda text: switch_line.without_switch_line(f"# T\n\n{text}", SOURCE),
    "switch line written": lambda text: switch_writing.with_switch_line(_data(text), SOURCE, EDITIONS, LANGUAGES),
    "leads to": lambda text: switch_line.leads_to(f"# T\n\n<a {text}", SOURCE),
    "hash": lambda text: canonical.source_hash(_data(f"# T\n\n{text}")),
    "hash comment": lambda text: canonical.source_hash(_data(f"# T\n\n<!-- aiblog:{text}")),
    "waiting lines": lambda text: translation.todo_lines(_data(f"{text}<!-- aiblog:todo -->")),
    "translated links": lambda text: translation.translated_links(text, SOURCE, TRANSLATION, {SOURCE: TRANSLATION}),
    "stub": lambda text: stub.stub_file(f"# T\n\n{text}".encode("utf-8", "replace"), PAIR),
    "stub title": lambda text: stub.stub_file(f"# {text}".encode("utf-8", "replace"), PAIR, "题"),
    "text blocks": text_blocks.text_blocks,
    "changes": lambda text: source_diff.changes(f"# T\n\nold\n{text}", f"# T\n\nnew\n{text}\n\nmore"),
    "changes of all": lambda text: source_diff.changes("# T\n", f"# T\n\n{text}"),
    "aligned": lambda text: block_alignment.aligned(f"# T\n\n{text}", f"# 题\n\n{text[: len(text) // 2]}"),
    "words": lambda text: word_diff.word_diff(text, _middle(text)),
    "words elsewhere": lambda text: word_diff.word_diff(f"{text}a b", f"b a{text}"),
    "parity": lambda text: parity.broken(f"# T\n\n{text}", f"# 题\n\n{text[: len(text) // 2]}"),
    "diff": lambda text: list(line_diff.unified(text.splitlines(), _middle(text).splitlines(), "a", "b")),
    "diff of words": lambda text: list(line_diff.unified(text.split(" "), _middle(text).split(" "), "a", "b")),
    "conflict": lambda text: (conflict.parts(f"<<<<<<< a\n{text}"), conflict.marker_lines(text)),
    "attributes": lambda text: attributes.with_merge_driver(_data(text), ["a"], "x"),
    "index listed": lambda text: index.listed(_data(text), LIST, EDITIONS.values()),
    "index shape": lambda text: index.learned_shape(_data(text + LISTED), SECTIONS, EDITIONS.values(), LANGUAGES),
    "index heading": lambda text: index.learned_shape(
        _data(f"## 2026-02-25: {_line(text)}{LISTED}"), SECTIONS, EDITIONS.values(), LANGUAGES
    ),
    "index section": lambda text: index.with_entry(_data(text), SECTIONS, ENTRY, Shape(), EDITIONS.values()),
    "index bullet": lambda text: index.with_entry(_data(text), LIST, ENTRY, Shape(), EDITIONS.values()),
    "index prose": lambda text: index.with_entry(
        _data(f"{LISTED}\n{text}"), SECTIONS, ENTRY._replace(summary="S"), Shape(), EDITIONS.values()
    ),
    "index without": lambda text: index.without_entry(
        _data(_middle(text, LISTED)), SECTIONS, EDITIONS.values(), Shape(), EDITIONS.values()
    ),
    "index shared": lambda text: index.without_entry(
        _data(f"{LISTED}{text}"), LIST, [*EDITIONS.values()][:1], Shape(), EDITIONS.values(), shared=True
    ),
    "index summary": lambda text: (index.summary_error(text, Shape()), index_summary.summary_lines(text)),
    "index sections": lambda text: index_review.troubles(_data(text + LISTED), SECTIONS, FACTS),
    "index list": lambda text: index_review.troubles(_data(text), LIST, FACTS),
    "index conflict": lambda text: index_resolve.resolved_index(_conflict(text), SECTIONS, SETTINGS),
    "index list conflict": lambda text: index_resolve.resolved_index(_conflict(text), LIST, SETTINGS),
}

PIECES = [
    *"[]()<>{}|`*_~#-=+!&\\:;'\"@$%/.,?^ \t\n\r\0a1中\u3000\x85\u202e",
    "\r\n", "- ", "1. ", "> ", "# ", "* ", "- - ", "> > ", "> - ", "  - a", "```", "~~~", "---", "<!--", "-->", "](",
    "[a](", "[a](b.md) | ", "[a][b]", "[a]: ", "[^", "![", "[x]", "<a ", "<a href='", "</", "<div>", "<?", "<![CDATA[",
    "<!-- aiblog:", "<!-- aiblog:todo -->", "**a", "*a ", "_a ", "a_", "``", "`` ` ", "~~", "&amp;", "&#", "{{", "}}",
    "{a}", "a: ", "[a,", "{a: ", '"a\\n', "&a ", "*a", "? ", "http://", "www.", "a@b.", "../", "%2e", "|-|",
    "| a | b |", "a b ", "e\u0301", "\U0001f600", "# T ", "## 2026-02-25: T", "- [T](2026-02-25/roi.md)", "<<<<<<<",
    "=======", ">>>>>>>", "| a |\n|-|", "&nbsp;", "a\\",
]  # fmt: skip

FORMS = {"a line": "", "lines": "\n", "lines of Windows": "\r\n", "paragraphs": "\n\n"}


def much(piece: str, form: str, size: int) -> str:
    """A text of that many characters, of that piece alone: one after the other, or each in a form of its own."""
    unit = piece + FORMS[form]
    return (unit * (size // len(unit) + 1))[:size]


def cases() -> Iterator[tuple[str, str, str]]:
    """Every reader with every piece in every form."""
    for name in READERS:
        for piece in PIECES:
            for form in FORMS:
                yield name, piece, form


def seconds(name: str, text: str) -> float:
    """How long the processor is at it for one reader; the tool's own errors are an answer too."""
    began = process_time()
    with suppress(AiblogError):
        READERS[name](text)
    return process_time() - began
