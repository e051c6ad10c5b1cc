"""How translations stand: missing, ambiguous, moved, stub, untracked, outdated, current."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.language import default_language
from aiblog.core.post import Edition, Post
from aiblog.core.translation_source import Sources
from aiblog.core.translation_state import Translation, translations

LANGUAGES = (default_language("en", ""), default_language("zh", "_zh"), default_language("fr", "_fr"))
SOURCE = "---\nstatus: Active\n---\n\n# 队列\n\n第一段。\n"
COVERS = f"source_hash: {source_hash(SOURCE.encode())}\n"


def stands(texts: dict[str, str], *languages: str) -> dict[str, str]:
    """State by language, of a post whose first edition is its source."""
    return {each.language: each.state for each in stand(texts, *languages)}


def stand(texts: dict[str, str], *languages: str) -> list[Translation]:
    """The translations of such a post."""
    files = {f"2026-02-25/queue_{code}.md": text.encode() for code, text in texts.items()}
    editions = {}
    for (path, data), code in zip(files.items(), texts, strict=True):
        editions[code] = Edition(path, code, metadata=header.read(data).values, has_header=True)
    wanted = [each for each in LANGUAGES if each.code in (languages or ("en", "zh"))]
    return translations(Post("2026-02-25", "queue", editions), wanted, lambda path: files.get(path, b""))


def translation(metadata: str, body: str = "# Queue\n\nOne.\n", of: str = "./queue_zh.md") -> str:
    return f"---\ntranslation_of: {of}\n{metadata}---\n\n{body}"


@pytest.mark.parametrize(
    ("edition", "state"),
    [
        (translation(COVERS), "current"),
        (translation("source_hash: v1-000000000000\n"), "outdated"),
        (translation("source_hash:\n"), "untracked"),
        (translation("source_hash: v2-000000000000\n"), "untracked"),
        (translation("source_hash: v1-0\n"), "untracked"),
        (translation(""), "untracked"),
        ("# Queue\n", "untracked"),
        (translation(COVERS, "# Queue\n\n<!-- aiblog:todo -->\n第一段。\n"), "stub"),
        (translation("", "<!-- aiblog:todo -->\n# 队列\n"), "stub"),
        ("# Queue\n\n<!-- aiblog:todo -->\nNo translation of anything.\n", "untracked"),
        (translation(COVERS, "# Queue\n\n`<!-- aiblog:todo -->` marks a block.\n"), "current"),
    ],
)
def test_a_translation_stands_as_its_text_and_its_hash_say(edition: str, state: str) -> None:
    assert stands({"zh": SOURCE, "en": edition}) == {"en": state}


def test_a_language_that_the_post_lacks_is_missing() -> None:
    assert stands({"zh": SOURCE}, "en", "zh", "fr") == {"en": "missing", "fr": "missing"}


def test_a_blog_in_one_language_has_no_translations() -> None:
    assert stands({"zh": SOURCE}, "zh") == {}


def test_a_change_of_the_source_that_no_translation_need_follow_changes_nothing() -> None:
    rewrapped = SOURCE.replace("Active", "Draft").replace("第一段。", "第一\n段。").replace("\n", "\r\n")
    assert stands({"zh": rewrapped, "en": translation(COVERS)}) == {"en": "current"}
    assert stands({"zh": SOURCE.replace("第一", "第二"), "en": translation(COVERS)}) == {"en": "outdated"}


def test_a_translation_of_a_translation_is_compared_with_that() -> None:
    english = translation(COVERS)
    french = translation(f"source_hash: {source_hash(english.encode())}\n", "# File\n", of="./queue_en.md")
    texts = {"zh": SOURCE, "en": english, "fr": french}
    assert stands(texts, "en", "zh", "fr") == {"en": "current", "fr": "current"}
    texts["en"] = english.replace("One.", "Two.")
    assert stands(texts, "en", "zh", "fr") == {"en": "current", "fr": "outdated"}


def test_what_names_a_source_that_is_not_there_has_moved_to_the_edition_that_is_no_translation() -> None:
    for covered in (COVERS, "", "source_hash: v1-000000000000\n"):
        texts = {"zh": SOURCE, "en": translation(covered, of="./renamed.md")}
        assert stands(texts) == {"en": "moved"}
        assert stands(texts | {"fr": translation("", of="./renamed.md")}, "en", "fr") == {"en": "moved", "fr": "moved"}
    assert stands({"zh": SOURCE, "en": translation(COVERS, of="./queue_en.md")}) == {"en": "moved"}


def test_a_stub_says_of_how_many_blocks_of_its_source_some_wait() -> None:
    source = "# 队列\n\nEnglish | [中文版](./queue_zh.md)\n\n一。\n\n```\ncode\n```\n\n- 甲\n- 乙\n\n| a |\n| - |\n"
    stub = translation("", "# Queue\n\n<!-- aiblog:todo -->\n一。\n\n<!-- aiblog:todo -->\n- 甲\n- 乙\n")
    (found,) = stand({"zh": source, "en": stub})
    assert (found.state, found.waiting, found.blocks) == ("stub", (7, 10), 4)
    assert stand({"zh": source.replace("\n", "\r\n"), "en": stub})[0].blocks == 4
    assert stand({"zh": "# 队列\n", "en": stub})[0].blocks == 2
    assert stand({"zh": source, "en": translation("")})[0].blocks == 0


def test_editions_that_could_each_be_the_source_are_ambiguous() -> None:
    french = {"fr": translation("", of="./gone.md")}
    assert stands({"zh": SOURCE, "en": "# Queue\n", **french}, "fr") == {"fr": "ambiguous"}
    pinned = {"fr": translation(COVERS, of="./gone.md")}
    assert stands({"zh": SOURCE, "en": "# Queue\n", **pinned}, "fr") == {"fr": "moved"}
    assert stands({"zh": SOURCE, "en": SOURCE, **pinned}, "fr") == {"fr": "ambiguous"}


def test_editions_that_name_each_other_in_a_circle_are_ambiguous() -> None:
    texts = {"zh": translation("", of="./queue_en.md"), "en": translation(COVERS)}
    assert stands(texts) == {"en": "ambiguous"}
    texts["fr"] = translation("", of="./queue_en.md")
    assert stands(texts, "en", "fr") == {"en": "ambiguous", "fr": "untracked"}


def test_a_stub_whose_source_moved_says_so_first() -> None:
    (found,) = stand({"zh": SOURCE, "en": translation("", "<!-- aiblog:todo -->\n# 队列\n", of="./gone.md")})
    assert (found.state, found.waiting, found.blocks) == ("moved", (5,), 0)


def test_a_source_outside_the_posts_whose_front_matter_is_broken_says_nothing_of_its_translation() -> None:
    texts = {"2026-02-25/queue.md": translation(COVERS, of="../notes.md"), "notes.md": "---\ntitle: [说明\n---\n"}
    assert in_blog(texts, outside={"notes.md"})["2026-02-25/queue.md"] == "untracked notes.md"


def in_blog(texts: dict[str, str], outside: Collection[str] = ()) -> dict[str, str]:
    """What `translations` says of a blog with those files, by the path of the target, or post and language."""
    posts: dict[tuple[str, str], dict[str, Edition]] = {}
    for path, text in texts.items():
        if path in outside:
            continue
        slug = path.removesuffix(".md").removesuffix("_zh")
        code = "zh" if path.endswith("_zh.md") else "en"
        edition = Edition(path, code, metadata=header.read(text.encode()).values)
        posts.setdefault(tuple(slug.split("/")), {})[code] = edition  # type: ignore[arg-type]
    blog = [Post(date, slug, editions) for (date, slug), editions in posts.items()]

    def read(path: str) -> bytes:
        return texts.get(path, "").encode()

    sources = Sources(blog, read)
    return {
        each.target.path if each.target else f"{each.post.name} {each.language}": f"{each.state} {each.source.path}"
        for post in blog
        for each in translations(post, LANGUAGES[:2], read, sources)
    }


def test_a_source_that_went_to_another_day_is_found_by_the_hash_that_the_translation_covers() -> None:
    english = translation(COVERS)
    texts = {"2026-02-26/queue_zh.md": SOURCE, "2026-02-25/queue.md": english, "2026-02-25/other.md": "# Other\n"}
    assert in_blog(texts) == {
        "2026-02-25/queue.md": "moved 2026-02-26/queue_zh.md",
        "2026-02-25/other zh": "missing 2026-02-25/other.md",
    }
    texts["2026-02-27/copy_zh.md"] = SOURCE
    assert in_blog(texts)["2026-02-25/queue.md"] == "ambiguous 2026-02-26/queue_zh.md"
    texts["2026-02-25/queue.md"] = translation(COVERS, of="../2026-02-26/queue_zh.md")
    assert in_blog(texts)["2026-02-25/queue.md"] == "current 2026-02-26/queue_zh.md"


def test_a_stub_with_the_text_of_the_source_is_not_taken_for_it() -> None:
    stub = translation("", SOURCE.split("---\n\n")[1].replace("第一段", "<!-- aiblog:todo -->\n第一段"), of="./x.md")
    texts = {"2026-02-26/queue_zh.md": SOURCE, "2026-02-25/queue.md": translation(COVERS), "2026-02-27/x_zh.md": stub}
    assert in_blog(texts)["2026-02-25/queue.md"] == "moved 2026-02-26/queue_zh.md"


def test_a_source_that_is_no_post_is_compared_all_the_same() -> None:
    texts = {"2026-02-25/queue.md": translation(COVERS, of="../pages/queue.md")}
    assert in_blog(texts) == {"2026-02-25/queue zh": "missing 2026-02-25/queue.md"}
    posts = [
        Post(
            "2026-02-25",
            "queue",
            {
                "en": Edition(
                    "2026-02-25/queue.md", "en", metadata=header.read(texts["2026-02-25/queue.md"].encode()).values
                )
            },
        )
    ]
    files = {"pages/queue.md": SOURCE.encode()}
    (found,) = translations(posts[0], LANGUAGES[:2], lambda path: files.get(path, b""))
    assert (found.state, found.source.path) == ("current", "pages/queue.md")


def test_a_file_is_read_only_where_its_state_depends_on_it() -> None:
    editions = {
        code: Edition(f"{code}.md", code, metadata=values)
        for code, values in {"zh": {}, "en": {}, "fr": {"source_hash": "v1-000000000000"}}.items()
    }
    read: list[str] = []

    def reads(path: str) -> bytes:
        read.append(path)
        return b""

    translations(Post("2026-02-25", "queue", editions), LANGUAGES, reads)
    assert read == ["zh.md"]


def test_nothing_is_compared_with_a_source_that_cannot_be_read() -> None:
    editions = {
        "zh": Edition("zh.md", "zh", problem="zh.md:3: the front matter is not UTF-8"),
        "en": Edition("en.md", "en", metadata={"source_hash": "v1-000000000000"}),
    }
    found = translations(Post("2026-02-25", "queue", editions), LANGUAGES[:2], lambda _: b"")
    assert [each.state for each in found] == ["untracked"]
