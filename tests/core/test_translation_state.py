"""How translations stand: missing, stub, outdated, untracked, current."""

from __future__ import annotations

import pytest

from aiblog.core import header
from aiblog.core.canonical import source_hash
from aiblog.core.language import default_language
from aiblog.core.post import Edition, Post
from aiblog.core.translation_state import translations

LANGUAGES = (default_language("en", ""), default_language("zh", "_zh"), default_language("fr", "_fr"))
SOURCE = "---\nstatus: Active\n---\n\n# 队列\n\n第一段。\n"
COVERS = f"source_hash: {source_hash(SOURCE.encode())}\n"


def stands(texts: dict[str, str], *languages: str) -> dict[str, str]:
    """State by language, of a post whose first edition is its source."""
    files = {f"2026-02-25/queue_{code}.md": text.encode() for code, text in texts.items()}
    editions = {}
    for (path, data), code in zip(files.items(), texts, strict=True):
        editions[code] = Edition(path, code, metadata=header.read(data).values, has_header=True)
    wanted = [each for each in LANGUAGES if each.code in (languages or ("en", "zh"))]
    found = translations(Post("2026-02-25", "queue", editions), wanted, files.__getitem__)
    return {each.language: each.state for each in found}


def translation(metadata: str, body: str = "# Queue\n\nOne.\n", of: str = "./queue_zh.md") -> str:
    return f"---\ntranslation_of: {of}\n{metadata}---\n\n{body}"


@pytest.mark.parametrize(
    ("edition", "state"),
    [
        (translation(COVERS), "current"),
        (translation("source_hash: v1-000000000000\n"), "outdated"),
        (translation("source_hash:\n"), "untracked"),
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


def test_what_names_a_source_that_is_not_there_is_compared_with_the_edition_written_first() -> None:
    assert stands({"zh": SOURCE, "en": translation(COVERS, of="./renamed.md")}) == {"en": "current"}


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
