"""`aiblog translate-fill` as a person and a script run it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from aiblog.core.translation import TODO
from support.terminal import AIBLOG

CONFIG = """\
posts: posts
languages:
  en: {suffix: ""}
  zh: {suffix: "_zh", own_name: 中文版}
front_matter: {status: {draft: Draft, published: Active}, date: {}}
"""

POST = "---\nstatus: Active\ndate: 2026-02-25\n---\n\n# The ROI\n\nText.\n\nMore text.\n\n## Part\n\n- a\n- b\n"
ROI, ROI_ZH = "posts/2026-02-25/roi.md", "posts/2026-02-25/roi_zh.md"
CHINESE = {
    "# The ROI": "# 回报",
    "Text.": "正文。",
    "More text.": "更多。",
    "## Part": "## 部分",
    "- a\n- b": "- 甲\n- 乙",
}
PROSE = "Text.\n\nMore text."


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A small blog with one English post, no repository."""
    root = tmp_path / "blog"
    for path, text in {"aiblog.yaml": CONFIG, ROI: POST}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def aiblog(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([AIBLOG, *arguments], cwd=folder, capture_output=True, text=True, check=False, input=given)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def stub(blog: Path, *arguments: str) -> list[dict[str, str]]:
    done = aiblog(blog, "translate-stub", "roi", "--json", *arguments)
    found: list[dict[str, str]] = json.loads(done.stdout)["blocks"]
    return found


def translated(blocks: list[dict[str, str]]) -> str:
    return json.dumps({"blocks": [{"id": each["id"], "text": CHINESE[each["text"]]} for each in blocks]})


def test_a_script_fills_a_stub_block_by_block_by_their_ids(blog: Path) -> None:
    blocks = stub(blog)
    done = aiblog(blog, "translate-fill", "roi", "--from", "-", "--json", given=translated(blocks[:2]))
    answer = json.loads(done.stdout)
    assert answer == {
        "ok": True,
        "post": {"date": "2026-02-25", "slug": "roi", "title": "The ROI"},
        "source": ROI,
        "translation": ROI_ZH,
        "filled": [each["id"] for each in blocks[:2]],
        "unchanged": [],
        "waiting": answer["waiting"],
        "modified": [ROI_ZH],
        "command": ["aiblog", "translate-fill", "roi", "--from", "-", "--to", "zh"],
    }
    assert [each["id"] for each in answer["waiting"]] == [each["id"] for each in blocks[2:]]
    assert stub(blog, "--dry-run") == answer["waiting"]
    done = aiblog(blog, "translate-fill", "roi", "--from", "-", given=translated(answer["waiting"]))
    assert (done.returncode, done.stdout) == (0, f"{ROI_ZH}\n")
    assert done.stderr == "Filled: 3 blocks\nNothing waits in it: aiblog translate-sync roi\n"
    body = (blog / ROI_ZH).read_text().partition("---\n\n")[2]
    assert body == "# 回报\n\n[English](./roi.md) | 中文版\n\n正文。\n\n更多。\n\n## 部分\n\n- 甲\n- 乙\n"


def test_filling_twice_does_nothing_the_second_time_and_says_so(blog: Path) -> None:
    (blog / "texts.json").write_text(translated(stub(blog)[1:2]))
    first = aiblog(blog, "translate-fill", "roi", "--from", "texts.json")
    assert first.stderr == f"Filled: 1 block\nTo translate:       {ROI_ZH}:9    4 blocks wait\n"
    before = tree(blog)
    done = aiblog(blog, "translate-fill", "roi", "--from", "texts.json")
    assert (done.returncode, done.stdout) == (0, f"{ROI_ZH}\n")
    assert done.stderr.startswith("These texts are in place already.\n")
    assert tree(blog) == before


def test_texts_come_by_id_alone_too_and_as_yaml(blog: Path) -> None:
    _, text, _, part, items = (each["id"] for each in stub(blog))
    (blog / "texts.yaml").write_text(f'"{text}": 正文。\n"{items}": |\n  - 甲\n  - 乙\n')
    assert aiblog(blog, "translate-fill", "roi", "--from", "texts.yaml").returncode == 0
    assert "\n正文。\n" in (blog / ROI_ZH).read_text()
    assert (blog / ROI_ZH).read_text().endswith("\n\n- 甲\n- 乙\n")
    done = aiblog(blog, "translate-fill", "roi", "--from", "-", given=json.dumps({part: "## 部分"}))
    assert done.returncode == 0, done.stderr
    assert "\n## 部分\n" in (blog / ROI_ZH).read_text()


def test_the_prose_of_an_outline_is_filled_with_the_text_of_the_source(blog: Path) -> None:
    blocks = stub(blog, "--style", "outline")
    (prose, *_) = [each for each in blocks if each["kind"] == "prose"]
    assert (prose["text"], prose["section"]) == (PROSE, "The ROI")
    given = json.dumps({prose["id"]: "正文。\n\n更多。"})
    assert aiblog(blog, "translate-fill", "roi", "--from", "-", given=given).returncode == 0
    assert "\n\n正文。\n\n更多。\n\n" in (blog / ROI_ZH).read_text()


def test_prose_whose_source_has_changed_is_not_filled(blog: Path) -> None:
    (prose, *_) = [each for each in stub(blog, "--style", "outline") if each["kind"] == "prose"]
    (blog / ROI).write_text(POST.replace("More text.", "Other text."))
    before = tree(blog)
    done = aiblog(blog, "translate-fill", "roi", "--from", "-", given=json.dumps({prose["id"]: "正文。"}))
    assert done.returncode == 2
    assert f'block "{prose["id"]}" ({ROI_ZH}:14): the source no longer has the text that was left out' in done.stderr
    assert tree(blog) == before
    waiting = json.loads(aiblog(blog, "translate-fill", "roi", "--from", "-", "--json", given="{}").stdout)["waiting"]
    assert [each["text"] for each in waiting if each["kind"] == "prose"] == [None, "- a\n- b"]


def test_the_hint_gives_the_blocks_that_wait_also_where_the_stub_cannot_be_made_again(blog: Path) -> None:
    ids = [each["id"] for each in stub(blog)]
    assert aiblog(blog, "translate-fill", "roi", "--from", "-", given=json.dumps({ids[1]: "正文。"})).returncode == 0
    (blog / ROI).write_text(POST.replace("More text.", "Other text."))
    for given in ('{"0badc0de": "x"}', "{}"):
        flags = ["--from", "-"] if "x" in given else []
        done = aiblog(blog, "translate-fill", "roi", *flags, given=given)
        hint = next(line for line in done.stderr.splitlines() if "hint: aiblog" in line)
        words = hint.removeprefix("  hint: aiblog ").split()
        waiting = json.loads(aiblog(blog, *words).stdout)["waiting"]
        assert (done.returncode, [each["id"] for each in waiting]) == (2, [ids[0], *ids[2:]])


def test_all_texts_that_cannot_go_in_are_told_at_once_and_nothing_is_written(blog: Path) -> None:
    blocks = stub(blog)
    ids, lines = ([each[key] for each in blocks] for key in ("id", "line"))
    before = tree(blog)
    given = json.dumps({"0badc0de": "x", ids[0]: "回报", ids[3]: "## 部分\n\n正文", ids[1]: "正文。"})
    done = aiblog(blog, "translate-fill", "roi", "--from", "-", given=given)
    assert done.returncode == 2
    assert done.stderr == (
        f'block "0badc0de" ({ROI_ZH}): no block with this id waits; one that does was wanted\n'
        f'block "{ids[0]}" ({ROI_ZH}:{lines[0]}): a heading of level 1 was wanted, a paragraph found\n'
        f'block "{ids[3]}" ({ROI_ZH}:{lines[3]}): a heading of level 2 was wanted, '
        "a heading of level 2 and a paragraph found\n"
        "error: 3 texts cannot go in; nothing was written\n"
        "  hint: aiblog translate-fill 2026-02-25/roi --to zh --from /dev/null --json\n"
        f"  hint: ${{EDITOR:-vi}} {ROI_ZH}\n"
    )
    assert tree(blog) == before


@pytest.mark.parametrize(
    ("arguments", "given", "words"),
    [
        ((), "", "a post is needed (POST); nothing was written\n  hint: aiblog status\n"),
        (("roi",), "", "the texts are needed (--from FILE, or - for stdin)"),
        (("roi", "--from", "nothing.json"), "", "--from nothing.json: No such file"),
        (("roi", "--from", "-"), '{"a": 1}', '--from -: "a": the text is 1; a text was wanted'),
        (("roi", "--from", "-"), '{"blocks": [{"id": "a"}]}', "block 1: the text is missing"),
        (("roi", "--from", "-"), '{"blocks": 3}', '--from -: "blocks" is 3; a list of blocks was wanted'),
        (("roi", "--from", "-"), '{"a": "甲\n', "--from -:1: Invalid control character at; JSON was wanted"),
        (("roi", "--from", "-"), '{"blocks": ["a"]}', "block 1 is no mapping"),
        (("roi", "--from", "-"), '{"a": "x", "a": "y"}', '"a" stands there twice'),
        (("roi", "--from", "-"), "- a\n", "not a mapping"),
        (("roi", "--from", "-", "--to", "xx"), "{}", '"xx" is no language'),
        (("roi", "--from", "-", "--to", "en"), "{}", 'has no translation in "en"'),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    blog: Path, arguments: tuple[str, ...], given: str, words: str
) -> None:
    stub(blog)
    before = tree(blog)
    done = aiblog(blog, "translate-fill", *arguments, given=given)
    assert done.returncode == 2
    assert words in done.stderr
    assert "nothing was written" in done.stderr
    assert tree(blog) == before


def test_a_post_without_a_translation_names_the_command_that_makes_one(blog: Path) -> None:
    done = aiblog(blog, "translate-fill", "roi", "--from", "-", given="{}")
    assert done.returncode == 2
    assert "hint: aiblog translate-stub 2026-02-25/roi\n" in done.stderr


def test_of_several_stubs_one_has_to_be_named(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text(CONFIG.replace("front_matter", '  ja: {suffix: "_ja"}\nfront_matter'))
    stub(blog, "--to", "zh")
    blocks = stub(blog, "--to", "ja")
    done = aiblog(blog, "translate-fill", "roi", "--from", "-", given="{}")
    assert done.returncode == 2
    assert "hint: aiblog translate-fill roi --from - --to ja\n" in done.stderr
    given = json.dumps({blocks[1]["id"]: "テキスト"})
    assert aiblog(blog, "translate-fill", "roi", "--from", "-", "--to", "ja", given=given).stdout.endswith("_ja.md\n")


def test_a_dry_run_shows_the_diff_and_writes_nothing(blog: Path) -> None:
    blocks = stub(blog)
    before = tree(blog)
    done = aiblog(blog, "translate-fill", "roi", "--from", "-", "--dry-run", given=translated(blocks[1:2]))
    assert f"-{TODO}\n-Text.\n+正文。\n" in done.stdout
    assert tree(blog) == before


@pytest.mark.parametrize("words", [("translate-fill", "roi", "--from", "-"), ("translate-stub", "roi", "--sync")])
def test_a_source_that_is_no_utf_8_any_more_is_named_and_nothing_is_written(blog: Path, words: tuple[str, ...]) -> None:
    stub(blog, "--style", "outline")
    (blog / ROI).write_bytes(f"{POST}\n回报".encode() + b"\xff\n")
    before = tree(blog)
    done = aiblog(blog, *words, given='{"0badc0de": "x"}')
    assert done.returncode == 2
    assert f"error: {ROI}:" in done.stderr
    assert "the text is not UTF-8; nothing was written" in done.stderr
    assert tree(blog) == before
