"""`aiblog translate-sync` as a bilingual author and a script run it: from a Chinese original and back after edits."""

from __future__ import annotations

import json
import re
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from aiblog.core.canonical import source_hash
from support.program import aiblog, tree
from support.terminal import CTRL_C, DOWN, Terminal

CONFIG = """\
posts: posts
languages:
  en: {suffix: ""}
  zh: {suffix: "_zh", own_name: 中文版}
  ja: {suffix: "_ja"}
front_matter: {status: {draft: Draft, published: Active}, date: {}}
"""
EN, ZH, JA = (f"posts/2026-02-25/returns{suffix}.md" for suffix in ("", "_zh", "_ja"))

CHINESE = """\
---
status: Active
date: 2026-02-25
---

# 贡献开源的回报

一份报告的要点，详见[方法](#方法)。

## 方法

- 调查了一百家公司
- 问卷有三十个问题

```sh
make report
```
"""

ENGLISH = {
    "一份报告的要点，详见[方法](#方法)。": "What a report says; see [the method](#方法).",
    "## 方法": "## How it was done",
    "- 调查了一百家公司\n- 问卷有三十个问题": "- A hundred companies were asked\n- Thirty questions each",
}


def sync(blog: Path, *arguments: str) -> CompletedProcess[str]:
    return aiblog("translate-sync", *arguments, folder=blog)


def states(blog: Path) -> dict[str, str]:
    """The state of each translation that is there, by its language."""
    found = json.loads(aiblog("status", "--all", "--json", folder=blog).stdout)["translations"]
    return {each["lang"]: each["state"] for each in found if each["target"]}


def edit(blog: Path, path: str, changes: dict[str, str]) -> None:
    text = (blog / path).read_text(encoding="utf-8")
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after, 1)
    (blog / path).write_text(text, encoding="utf-8")


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """A blog with one Chinese post."""
    root = tmp_path / "blog"
    (root / ZH).parent.mkdir(parents=True)
    (root / "aiblog.yaml").write_text(CONFIG, encoding="utf-8")
    (root / ZH).write_text(CHINESE, encoding="utf-8")
    return root


@pytest.fixture
def stubbed(blog: Path) -> Path:
    """The same with its English stub."""
    assert aiblog("translate-stub", "returns", "--to", "en", "--title", "Returns", folder=blog).returncode == 0
    return blog


@pytest.fixture
def written(stubbed: Path) -> Path:
    """The same, its English text written, not yet synced."""
    edit(stubbed, EN, ENGLISH | {"<!-- aiblog:todo -->\n": ""})
    text = (stubbed / EN).read_text(encoding="utf-8")
    (stubbed / EN).write_text(text.replace("<!-- aiblog:todo -->\n", ""), encoding="utf-8")
    return stubbed


def test_a_chinese_original_its_english_edition_and_back_after_edits(written: Path) -> None:
    before = (written / EN).read_text(encoding="utf-8")
    done = sync(written, "returns")
    assert (done.returncode, done.stdout) == (0, f"{EN}\n")
    assert done.stderr == (
        f"{EN}: 1 link to its own page follows its headings now.\nTo publish it:  aiblog publish returns\n"
    )
    assert (written / EN).read_text(encoding="utf-8") == before.replace("(#方法)", "(#how-it-was-done)")
    assert states(written) == {"en": "current"}

    edit(written, ZH, {"一百家": "两百家"})
    assert states(written) == {"en": "outdated"}
    edit(written, EN, {"A hundred": "Two hundred"})
    assert states(written) == {"en": "outdated"}
    assert sync(written, "returns").returncode == 0
    assert states(written) == {"en": "current"}
    assert f"source_hash: {source_hash((written / ZH).read_bytes())}\n" in (written / EN).read_text(encoding="utf-8")

    edit(written, EN, {"see [the method]": "compare [the method]"})
    assert states(written) == {"en": "current"}


def test_a_second_run_does_nothing_and_says_so(written: Path) -> None:
    sync(written, "returns")
    before = tree(written)
    done = sync(written, "returns")
    assert (done.returncode, done.stdout) == (0, f"{EN}\n")
    assert done.stderr.startswith("It covers its source already, and nothing else had to change.\n")
    assert tree(written) == before


def test_while_blocks_wait_it_is_refused_and_nothing_changes(stubbed: Path) -> None:
    before = tree(stubbed)
    done = sync(stubbed, "returns")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        f"{EN}:13:1: stub 3 blocks wait for their translation, the first one here\n"
        f'error: 1 finding stops the statement that "{EN}" covers its source; nothing was written\n'
        f"  hint: ${{EDITOR:-vi}} {EN}\n"
        "  hint: aiblog translate-sync returns --force\n"
    )
    refused = json.loads(sync(stubbed, "returns", "--json").stdout)
    assert refused["error"]["code"] == "check-failed"
    assert [each["rule"] for each in refused["error"]["findings"]] == ["stub"]
    assert tree(stubbed) == before


def test_a_block_whose_marker_went_without_a_translation_stops_it(written: Path) -> None:
    edit(
        written,
        EN,
        {"- A hundred companies were asked\n- Thirty questions each": "- 调查了一百家公司\n- 问卷有三十个问题"},
    )
    before = tree(written)
    done = sync(written, "returns")
    assert done.returncode == 3
    assert done.stderr.startswith(f"{EN}:17:1: source-language-left this block is still the source's, word for word\n")
    assert tree(written) == before


def test_a_structure_that_differs_stops_it_and_force_lets_it_pass(written: Path) -> None:
    edit(written, ZH, {"## 方法\n": "## 背景\n\n为什么要问。\n\n## 方法\n"})
    before = tree(written)
    done = sync(written, "returns")
    assert done.returncode == 3
    assert " parity-headings " in done.stderr
    assert "  hint: aiblog translate-diff returns\n  hint: aiblog translate-sync returns --force\n" in done.stderr
    assert tree(written) == before
    forced = sync(written, "returns", "--force")
    assert forced.returncode == 0
    assert " parity-headings " in forced.stderr
    assert "1 finding, let pass by --force.\n" in forced.stderr
    assert states(written) == {"en": "current"}
    assert "(#方法)" in (written / EN).read_text(encoding="utf-8")


def test_a_stub_that_is_forced_stays_a_stub(stubbed: Path) -> None:
    edit(stubbed, ZH, {"一百家": "两百家"})
    done = sync(stubbed, "returns", "--force")
    assert done.returncode == 0
    assert f"It stays a stub: 3 blocks wait from {EN}:13 on.\n" in done.stderr
    assert done.stderr.endswith(f"To translate:  edit {EN}:13\n")
    assert states(stubbed) == {"en": "stub"}


def test_what_the_settings_weigh_less_does_not_stop_it(written: Path) -> None:
    edit(written, ZH, {"make report\n```\n": "make report\n```\n\n## 附录\n\n无。\n"})
    assert sync(written, "returns").returncode == 3
    edit(written, "aiblog.yaml", {"posts: posts\n": "posts: posts\ncheck: {severity: {parity-headings: warning}}\n"})
    assert sync(written, "returns").returncode == 0


def test_a_dry_run_shows_the_diff_and_writes_nothing(written: Path) -> None:
    edit(written, ZH, {"一百家": "两百家"})
    before = tree(written)
    done = sync(written, "returns", "--dry-run")
    assert done.returncode == 0
    assert "+What a report says; see [the method](#how-it-was-done).\n" in done.stdout
    assert f"+source_hash: {source_hash((written / ZH).read_bytes())}\n" in done.stdout
    plan = json.loads(sync(written, "returns", "--dry-run", "--json").stdout)
    assert plan["modified"] == [EN]
    assert plan["diff"] == done.stdout
    assert tree(written) == before


def test_a_pair_that_nobody_has_linked_is_linked_in_either_direction(blog: Path) -> None:
    english = "# Returns\n\nSee [how](#how).\n\n## How\n\n- a\n- b\n\n```sh\nmake report\n```".replace("\n", "\r\n")
    (blog / EN).write_bytes(b"\xef\xbb\xbf" + english.encode())
    done = sync(blog, "returns", "--from", "zh", "--to", "en", "--json")
    assert json.loads(done.stdout) == {
        "ok": True,
        "synced": [
            {
                "post": "2026-02-25/returns",
                "source": ZH,
                "target": EN,
                "lang": "en",
                "source_hash": source_hash((blog / ZH).read_bytes()),
            }
        ],
        "left": [],
        "created": [],
        "modified": [ZH, EN],
        "findings": [],
        "command": ["aiblog", "translate-sync", "returns", "--to", "en", "--from", "zh"],
    }
    pin = source_hash((blog / ZH).read_bytes())
    head = f"---\r\nlang: en\r\ntranslation_of: ./returns_zh.md\r\nsource_hash: {pin}\r\n---\r\n\r\n"
    line = "# Returns\r\n\r\nEnglish | [中文版](./returns_zh.md)\r\n"
    assert (blog / EN).read_bytes() == b"\xef\xbb\xbf" + (head + english.replace("# Returns\r\n", line, 1)).encode()
    heading = "# 贡献开源的回报\n"
    assert (blog / ZH).read_text(encoding="utf-8") == CHINESE.replace(
        heading, f"{heading}\n[English](./returns.md) | 中文版\n"
    )
    assert states(blog) == {"en": "current"}
    turned = sync(blog, "returns", "--from", "en")
    assert turned.returncode == 2
    assert "the two would be made from each other" in turned.stderr


def test_without_from_the_edition_written_first_is_the_source_and_a_new_front_matter_is_said(blog: Path) -> None:
    (blog / EN).write_text("# Returns\n\nA.\n\n## How\n\n- a\n- b\n\n```sh\nmake report\n```\n", encoding="utf-8")
    (blog / ZH).write_text(CHINESE[CHINESE.index("# ") :], encoding="utf-8")
    done = sync(blog, "returns")
    assert (done.returncode, done.stdout) == (0, f"{ZH}\n")
    assert done.stderr == (
        f"{EN} now leads to each other edition.\n"
        f"{ZH} has a front matter now, with the keys that link it.\n"
        "To publish it:  aiblog publish returns\n"
    )
    assert states(blog) == {"zh": "current"}


@pytest.fixture
def three(written: Path) -> Path:
    """A post in three languages: the English one is written, the Japanese one a stub."""
    assert aiblog("translate-stub", "returns", "--to", "ja", folder=written).returncode == 0
    return written


def test_of_several_translations_all_are_meant_or_the_one_that_is_named(three: Path) -> None:
    before = tree(three)
    done = sync(three, "returns")
    assert done.returncode == 3
    assert "  hint: aiblog translate-sync returns --to en\n" in done.stderr
    assert tree(three) == before
    assert sync(three, "returns", "--to", "en").stdout == f"{EN}\n"
    assert states(three) == {"en": "current", "ja": "stub"}


def test_every_edition_leads_to_the_others_when_one_has_moved_or_gone(three: Path) -> None:
    assert "[中文版](./returns_zh.md) | [日本語](./returns_ja.md)" in (three / EN).read_text(encoding="utf-8")
    (three / JA).unlink()
    edit(three, ZH, {"[English](./returns.md)": "[English](./returns_en.md)"})
    done = sync(three, "returns")
    assert done.returncode == 0
    assert f"{ZH} now leads to each other edition.\n" in done.stderr
    assert "\nEnglish | [中文版](./returns_zh.md)\n" in (three / EN).read_text(encoding="utf-8")
    assert "\n[English](./returns.md) | 中文版\n" in (three / ZH).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["returns", "--to", "ja"], 'has no edition in "ja"'),
        (["returns", "--from", "ja"], 'has no edition in "ja"'),
        (["returns", "--to", "zh"], "is the source"),
        (["returns", "--to", "zh", "--from", "zh"], "two languages were wanted"),
        (["returns", "--to", "fr"], "no language of this blog"),
        (["nothing"], 'no post "nothing"'),
        (["returns", "--all"], "exclude each other"),
        (["--all"], "--assume-current says so"),
        (["--assume-current"], "goes with --all"),
        (["--all", "--assume-current", "--force"], "--force is for one POST"),
        ([], "a post is needed (POST), and there is no terminal to ask on"),
    ],
)
def test_what_cannot_be_meant_is_bad_usage_and_nothing_changes(written: Path, arguments: list[str], words: str) -> None:
    before = tree(written)
    done = sync(written, *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert tree(written) == before


def test_a_post_in_one_language_has_nothing_to_be_synced(blog: Path) -> None:
    done = sync(blog, "returns")
    assert done.returncode == 2
    assert "  hint: aiblog translate-stub returns\n" in done.stderr


def test_a_source_that_moved_is_found_again(written: Path) -> None:
    sync(written, "returns")
    for path, name in ((EN, "gains.md"), (ZH, "gains_zh.md")):
        (written / path).rename((written / path).with_name(name))
    assert states(written) == {"en": "moved"}
    done = sync(written, "gains")
    assert done.returncode == 0
    text = (written / EN).with_name("gains.md").read_text(encoding="utf-8")
    assert "translation_of: ./gains_zh.md\n" in text
    assert "English | [中文版](./gains_zh.md)" in text
    assert states(written) == {"en": "current"}


def test_where_nobody_can_tell_the_source_a_flag_says_it(written: Path) -> None:
    (written / JA).write_text(CHINESE.replace("贡献", "別の"), encoding="utf-8")
    edit(written, EN, {"translation_of: ./returns_zh.md": "translation_of: ./gone.md"})
    edit(written, ZH, {"一百家": "两百家"})
    assert states(written)["en"] == "ambiguous"
    before = tree(written)
    done = sync(written, "returns", "--to", "en")
    assert done.returncode == 3
    assert "  hint: aiblog translate-sync returns --from zh --to en\n" in done.stderr
    assert tree(written) == before
    assert sync(written, "returns", "--from", "zh", "--to", "en").returncode == 0
    assert states(written)["en"] == "current"


def test_two_editions_that_name_each_other_are_left_to_their_author(blog: Path) -> None:
    (blog / EN).write_text("---\ntranslation_of: ./returns_zh.md\n---\n\n# Returns\n", encoding="utf-8")
    edit(blog, ZH, {"status: Active\n": "status: Active\ntranslation_of: ./returns.md\n"})
    before = tree(blog)
    done = sync(blog, "returns")
    assert done.returncode == 3
    assert done.stderr.endswith(f"nothing was written\n  hint: ${{EDITOR:-vi}} {ZH}\n")
    for code in ("en", "zh"):
        done = sync(blog, "returns", "--from", code)
        assert done.returncode == 2
        assert "the two would be made from each other" in done.stderr
        assert "translate-sync" not in done.stderr.partition("hint")[2]
    assert tree(blog) == before


def test_a_source_outside_the_blog_is_replaced_only_where_it_is_said(blog: Path) -> None:
    (blog / EN).write_text("---\ntranslation_of: https://example.org/x\n---\n\n# R\n\nA.\n\n## H\n", encoding="utf-8")
    (blog / ZH).write_text("# 回报\n\n甲。\n\n## 方法\n", encoding="utf-8")
    before = tree(blog)
    done = sync(blog, "--all", "--assume-current")
    assert f"Left, untracked: {EN} (it names https://example.org/x, which is no file of this blog)\n" in done.stderr
    assert "No other translation is untracked.\n" in done.stderr
    done = sync(blog, "returns")
    assert done.returncode == 3
    assert "  hint: aiblog translate-sync returns --from zh --to en\n" in done.stderr
    assert tree(blog) == before
    assert sync(blog, "returns", "--from", "zh", "--to", "en").returncode == 0
    assert states(blog) == {"en": "current"}


def test_an_edition_that_cannot_be_read_is_named_and_the_others_come_under_tracking(blog: Path) -> None:
    (blog / EN).write_bytes(b"# \xff\n")
    (blog / ZH).write_text("# 回报\n", encoding="utf-8")
    done = sync(blog, "returns", "--from", "zh")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{EN}:1: the text is not UTF-8" in done.stderr
    (blog / "posts/2026-03-01").mkdir()
    for suffix, text in (("", "# A\n"), ("_zh", "# 甲\n")):
        (blog / f"posts/2026-03-01/a{suffix}.md").write_text(text, encoding="utf-8")
    done = sync(blog, "--all", "--assume-current")
    assert (done.returncode, done.stdout) == (0, "posts/2026-03-01/a_zh.md\n")
    assert f"Left, untracked: {ZH} ({EN}:1: the text is not UTF-8)\n" in done.stderr


def test_on_a_terminal_one_that_waits_is_chosen(written: Path) -> None:
    edit(written, ZH, {"一百家": "两百家"})
    with Terminal("translate-sync", folder=written, columns=120) as terminal:
        terminal.wait_for("Which translation covers its source now").wait_for("zh → en  outdated").type("\r")
        assert terminal.exit_code() == 0
        assert "Without questions:  aiblog translate-sync returns --to en" in terminal.screen
    assert states(written) == {"en": "current"}
    with Terminal("translate-sync", folder=written, columns=120) as terminal:
        assert terminal.exit_code() == 0
        assert "No translation waits for a sync; `aiblog status` shows what waits." in terminal.screen


def test_ctrl_c_at_the_question_leaves_everything(written: Path) -> None:
    edit(written, ZH, {"一百家": "两百家"})
    (written / JA).write_text("# 利益\n", encoding="utf-8")
    before = tree(written)
    with Terminal("translate-sync", folder=written) as terminal:
        terminal.wait_for("Which translation").type(DOWN, CTRL_C)
        assert terminal.exit_code() == 130
    assert tree(written) == before


def test_a_whole_blog_comes_under_tracking_and_what_waits_is_left(three: Path) -> None:
    (three / "posts/2026-03-01").mkdir()
    for suffix, text in (("", "# A\n\nText.\n"), ("_zh", "# 甲\n\n文。\n")):
        (three / f"posts/2026-03-01/a{suffix}.md").write_text(text, encoding="utf-8")
    sync(three, "returns", "--to", "en")
    edit(three, ZH, {"一百家": "两百家"})
    done = sync(three, "--all", "--assume-current")
    assert (done.returncode, done.stdout) == (0, "posts/2026-03-01/a_zh.md\n")
    assert done.stderr == (
        f"Left, outdated: {EN} ({ZH} has changed since)\n"
        f"Left, stub: {JA} (4 blocks wait, from line 9 on)\n"
        "1 file had no front matter, and got one with the keys that link it.\n"
        "1 translation is tracked now, taken to cover its source as it is.\n"
        "To see them:  aiblog status --all\n"
    )
    assert (three / "posts/2026-03-01/a.md").read_text(encoding="utf-8") == "# A\n\nText.\n"
    before = tree(three)
    again = json.loads(sync(three, "--all", "--assume-current", "--json").stdout)
    assert (again["synced"], again["modified"]) == ([], [])
    assert [(each["target"], each["state"]) for each in again["left"]] == [(EN, "outdated"), (JA, "stub")]
    assert tree(three) == before


def test_a_blog_that_was_written_in_chinese_first_says_so_once(blog: Path) -> None:
    (blog / EN).write_text("# Returns\n", encoding="utf-8")
    done = sync(blog, "--all", "--assume-current", "--from", "zh")
    assert (done.returncode, done.stdout) == (0, f"{EN}\n")
    assert "translation_of: ./returns_zh.md\n" in (blog / EN).read_text(encoding="utf-8")
    assert states(blog) == {"en": "current"}


def test_every_pair_of_the_real_blog_is_current_after_one_command(corpus_copy: Path) -> None:
    before = tree(corpus_copy)
    done = sync(corpus_copy, "--all", "--assume-current")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 17
    found = json.loads(aiblog("status", "--all", "--json", folder=corpus_copy).stdout)["translations"]
    assert [each["state"] for each in found if each["target"]] == ["current"] * 17
    after = tree(corpus_copy)
    changed = {path for path in after if after[path] != before[path]}
    assert len(changed) == 17
    for path in changed:
        lines, kept = after[path].splitlines(), before[path].splitlines()
        new = [line for line in lines if line.startswith((b"lang: ", b"translation_of: ", b"source_hash: "))]
        rest = [line for line in lines if line not in new]
        assert len(new) == 3
        assert rest in (kept, [b"---", b"---", b"", *kept])


def test_with_a_sidecar_no_key_comes_into_a_post(written: Path) -> None:
    for path in (EN, ZH):
        text = (written / path).read_text(encoding="utf-8")
        kept = [line for line in text.splitlines(keepends=True) if not line.startswith(("lang:", "transl", "source_h"))]
        (written / path).write_text("".join(kept), encoding="utf-8")
    edit(written, "aiblog.yaml", {"posts: posts\n": "posts: posts\ntranslations: sidecar\n"})
    before = tree(written)
    plan = json.loads(sync(written, "--all", "--assume-current", "--from", "zh", "--json").stdout)
    assert (plan["created"], plan["modified"]) == ([".aiblog/translations.yaml"], [])
    assert {path for path, data in tree(written).items() if before.get(path) != data} == {".aiblog/translations.yaml"}
    assert states(written) == {"en": "current"}
    edit(written, ZH, {"一百家": "两百家"})
    assert json.loads(sync(written, "returns", "--json").stdout)["modified"] == [EN, ".aiblog/translations.yaml"]
    assert "translation_of" not in (written / EN).read_text(encoding="utf-8")
    assert states(written) == {"en": "current"}
    before = tree(written)
    assert sync(written, "returns").returncode == 0
    assert tree(written) == before


def test_a_long_post_of_the_real_blog_is_stubbed_filled_and_synced_with_its_table_of_contents(
    corpus_copy: Path,
) -> None:
    name, path = "gpu-fault-detection", "docs/blog/2025-12-17/gpu-fault-detection.md"
    stub = json.loads(aiblog("translate-stub", name, "--json", folder=corpus_copy).stdout)
    han = re.compile("[\u3400-\u9fff，。、：；！？（）“”《》]+")
    kept = re.compile(r"(`+[^`]*`+|\]\([^)]*\)|<[^>]*>|https?://\S+)")
    texts = {
        each["id"]: "".join(
            part if number % 2 else han.sub(lambda match: f"word{len(match[0])}", part)
            for number, part in enumerate(kept.split(each["text"]))
        )
        for each in stub["blocks"]
    }
    assert sync(corpus_copy, name).returncode == 3
    filled = aiblog("translate-fill", name, "--from", "-", folder=corpus_copy, given=json.dumps(texts))
    assert filled.returncode == 0
    assert "](#为什么需要-gpu-故障自愈)" in (corpus_copy / path).read_text(encoding="utf-8")
    assert f"{path}: 9 links to its own page follow its headings now.\n" in sync(corpus_copy, name).stderr
    assert "](#为" not in (corpus_copy / path).read_text(encoding="utf-8")
    checked = aiblog("check", path, "--select", "anchor-missing", "--select", "switch-line", folder=corpus_copy)
    assert checked.returncode == 0
