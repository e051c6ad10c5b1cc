"""A new post's text: which metadata it has, in which order, and what its body is."""

from __future__ import annotations

import pytest

from aiblog.core.new_post import Editions, NewPost, metadata_error, needs_author, source_body
from aiblog.core.scaffold import Question, Scaffold
from aiblog.core.settings import Key, Settings
from aiblog.core.translation_link import Link
from aiblog.errors import AiblogError

PATHS = {"zh": "posts/a/x_zh.md", "en": "posts/a/x.md"}
PLAIN = Scaffold("post", "d", {"en": "# {{ title }}\n\nBy {{ author }}, {{ language }}, {{ year }}.\n"})


def editions(settings: Settings, post: NewPost, scaffold: Scaffold = PLAIN, author: str | None = "Ada") -> Editions:
    return Editions(settings, post, scaffold, author, {code: PATHS[code] for code in post.languages})


def test_keys_stand_in_the_blogs_order_and_empty_ones_only_where_required() -> None:
    keys = (
        Key("tags", role="tags", style="list"),
        Key("title"),
        Key("subtitle", required=True),
        Key("cover"),
        Key("maintainer"),
        Key("last_updated", role="updated"),
        Key("team", default="core"),
        Key("status", role="status", draft="WIP"),
        Key("path", derived="path"),
    )
    post = NewPost("T", "x", "2026-02-25", ("zh", "en"), metadata={"extra": "e"}, tags=("a", "b"))
    found = editions(Settings(front_matter=keys, title="title"), post).metadata("zh")
    assert list(found.items()) == [
        ("tags", ["a", "b"]),
        ("title", "T"),
        ("subtitle", ""),
        ("maintainer", "Ada"),
        ("last_updated", "2026-02-25"),
        ("team", "core"),
        ("status", "WIP"),
        ("path", "posts/a/x_zh.md"),
        ("extra", "e"),
    ]


def test_a_date_key_leaves_the_updated_one_out() -> None:
    keys = (Key("date", role="date"), Key("updated", role="updated"))
    post = NewPost("T", "x", "2026-02-25", ("en",))
    assert editions(Settings(front_matter=keys), post).metadata("en") == {"date": "2026-02-25"}


def test_what_is_set_by_hand_wins_over_default_author_and_scaffold() -> None:
    settings = Settings(front_matter=(Key("author", default="Team"), Key("source")))
    scaffold = Scaffold("k", "d", PLAIN.templates, (Question("address", "A", front_matter="source"),))
    answers = {"address": "https://example.org"}
    post = NewPost("T", "x", "2026-02-25", ("en",), answers=answers)
    assert editions(settings, post, scaffold).metadata("en") == {"author": "Team", "source": "https://example.org"}
    post = NewPost("T", "x", "2026-02-25", ("en",), metadata={"author": "", "source": "mine"}, answers=answers)
    assert editions(settings, post, scaffold).metadata("en") == {"source": "mine"}


def test_a_translation_is_linked_to_its_source() -> None:
    post = NewPost("T", "x", "2026-02-25", ("zh", "en"))
    found = editions(Settings(front_matter=()), post)
    assert found.links() == {PATHS["en"]: Link("en", "./x_zh.md")}
    assert found.metadata("en") == found.metadata("zh") == {}
    assert found.text("zh") == "# T\n\nBy Ada, 中文, 2026.\n"


def test_git_is_asked_for_the_author_only_where_nothing_says_it() -> None:
    post = NewPost("T", "x", "2026-02-25", ("en",))
    quiet = Scaffold("k", "d", {"en": "# {{ title }}\n"})
    assert needs_author(Settings(front_matter=(Key("author"),)), post, quiet)
    assert not needs_author(Settings(front_matter=(Key("author", default="x"),)), post, quiet)
    assert not needs_author(Settings(), post, quiet)
    assert needs_author(Settings(), post, PLAIN)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("", "# T\n"),
        ("\n\nText", "# T\n\nText\n"),
        ("# T\n\nText\n\n", "# T\n\nText\n"),
        ("T\n===\nText", "# T\n\nText\n"),
        ("Text\n\n# Other\n", "# T\n\nText\n\n# Other\n"),
        ("---\n\nA rule first\n", "# T\n\n---\n\nA rule first\n"),
        ("\ufeffa\r\nb\r\n", "# T\n\na\nb\n"),
    ],
)
def test_a_body_loses_an_equal_h1_and_nothing_else(body: str, text: str) -> None:
    assert source_body(body, "T", heading=True) == text
    assert source_body(body, "T", heading=False) == text.removeprefix("# T\n\n").removeprefix("# T")


@pytest.mark.parametrize("body", ["# Other\n", "---\na: b\n---\nText\n", "Other\n=====\n"])
def test_a_body_with_another_h1_or_a_front_matter_is_refused(body: str) -> None:
    with pytest.raises(AiblogError) as caught:
        source_body(body, "T", heading=True)
    assert caught.value.code == "usage"


def test_metadata_that_the_tool_or_another_flag_says_is_not_set_by_hand() -> None:
    settings = Settings(front_matter=(Key("date", role="date"), Key("p", derived="path"), Key("status", role="status")))
    assert metadata_error(settings, "status", "Idea") is None
    assert metadata_error(settings, "cover", "a.png") is None
    for name in ("date", "p", "translation_of", "a b", "1a", ""):
        assert metadata_error(settings, name, "x")
