"""`aiblog.yaml`: read, checked with lines, written."""

from dataclasses import replace
from pathlib import Path

import pytest

from aiblog.core.language import Language, default_language
from aiblog.core.settings import FIELDS, Git, Index, Key, Settings
from aiblog.core.settings_yaml import parsed, settings_text, with_additions
from aiblog.errors import AiblogError

CONTRACT = """\
posts: docs/blog                  # folder of the dated folders, relative to this file
archive: docs/archive-blog        # optional
path: "{date}/{slug}{lang}.md"    # one edition's path below `posts`
timezone: Asia/Shanghai           # default: the system's
languages:                        # first one: the default for `new`
  en: {name: English, suffix: ""}
  zh: {name: Chinese, suffix: "_zh", own_name: 中文版}
front_matter:                     # in the order they are written
  status: {draft: Draft, published: Active}
  maintainer: {default: pacoxu, required: true}
  date: {}                        # role: date | updated | status | tags where the name does not say it
  tags: {style: comma}            # comma | list
  canonical_path: {from: path}    # derived: follows the file, relative to this file
title: heading                    # heading: the H1; or the front-matter key that holds it
indexes:
  - path: docs/blog/README.md
    style: sections               # "## DATE: title", links, prose
    complete: true                # lists every published post; false: a selection people make
  - path: README.zh-CN.md
    style: list                   # one bullet per post
    under: 博客                    # the heading it stands under
    languages: [zh, en]
    complete: false
    limit: 10                     # optional: the last entry falls off when another comes
git:
  base: main
  remote: origin
  branch: "blog/{date}-{slug}"
  message: "Add blog post: {title}"
"""


def test_the_documented_example_is_read() -> None:
    settings = parsed(CONTRACT)
    assert settings == Settings(
        posts="docs/blog",
        archive="docs/archive-blog",
        timezone="Asia/Shanghai",
        languages=(Language("en", "English", "", "English"), Language("zh", "Chinese", "_zh", "中文版")),
        front_matter=(
            Key("status", role="status", draft="Draft", published="Active"),
            Key("maintainer", default="pacoxu", required=True),
            Key("date", role="date"),
            Key("tags", role="tags", style="comma"),
            Key("canonical_path", derived="path"),
        ),
        indexes=(
            Index("docs/blog/README.md"),
            Index("README.zh-CN.md", "list", complete=False, under="博客", languages=("zh", "en"), limit=10),
        ),
        git=Git("main", "origin"),
    )


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        replace(Settings(), posts=""),
        parsed(CONTRACT),
        replace(Settings(), title="title", timezone="UTC", git=Git(message="x: {title}")),
        replace(
            Settings(),
            front_matter=(Key("when", role="date"), Key("draft?", role="status", draft="no", published="yes")),
        ),
    ],
)
def test_what_is_written_is_read_back_as_the_same_settings(settings: Settings) -> None:
    text = settings_text(
        settings, {"posts": "38 of 38 files", "languages.zh": "21 files", "indexes.README.zh-CN.md": "4 of 21"}
    )
    assert parsed(text) == settings
    assert "# 38 of 38 files" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("posts: x\nlanguges: {}\n", 'aiblog.yaml:2: unknown key "languges"; did you mean "languages"?'),
        ("languages:\n  en: {sufix: ''}\n", 'aiblog.yaml:2: unknown key "sufix"; did you mean "suffix"?'),
        ("indexes:\n  - path: a.md\n    styl: list\n", 'aiblog.yaml:3: unknown key "styl"'),
        ("git:\n  hook: rm\n", 'aiblog.yaml:2: unknown key "hook"'),
        ("posts: ../x\n", "aiblog.yaml:1:"),
        ("posts: /x\n", "aiblog.yaml:1:"),
        ("\nposts: [a]\n", "aiblog.yaml:2:"),
        ("posts: 1.10\n", "a text was wanted"),
        ("path: '{date}/{slug}.md'\n", "{lang} is missing"),
        ("languages:\n  en: {suffix: ''}\n  zh: {suffix: ''}\n", 'aiblog.yaml:3: "en" and "zh" have the same suffix'),
        ("languages:\n  中文: {}\n", "no language code"),
        ("front_matter:\n  date: {role: day}\n", "one of date, updated, status, tags"),
        ("indexes:\n  - style: list\n", 'no "path"'),
        ("indexes:\n  - path: a.md\n    languages: [fr]\n", "aiblog.yaml:3"),
        ("indexes:\n  - path: a.md\n    limit: 0\n", "a number from 1"),
        ("indexes:\n  - path: a.md\n    complete: maybe\n", "true or false"),
        ("git: {message: '{titel}'}\n", '"{titel}" is unknown'),
        ("a: &x 1\nb: *x\n", "aiblog.yaml:2: an alias"),
        ("posts: a\nposts: b\n", "aiblog.yaml:2:"),
        ("posts: [a\n", "aiblog.yaml:"),
        ("- a\n", "a mapping"),
        ("\tposts: a\n", "aiblog.yaml:1"),
        ("x: " + "[" * 20_000, "aiblog.yaml:"),
        ("# " + "x" * 70_000, "longer than 64 KiB"),
    ],
)
def test_what_will_not_do_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(AiblogError) as error:
        parsed(text)
    assert error.value.code == "settings-invalid"
    assert message in error.value.message


def test_an_empty_file_states_the_defaults_and_norwegian_stays_a_language() -> None:
    assert parsed("") == Settings()
    assert parsed("languages:\n  no: {}\n").languages[0].code == "no"


def test_additions_keep_every_comment_and_propose_only_what_is_new() -> None:
    settings = parsed(CONTRACT)
    assert with_additions(CONTRACT, settings) == CONTRACT
    more = replace(
        settings,
        languages=(*settings.languages, default_language("ja", "_ja")),
        indexes=(*settings.indexes, Index("NEW.md")),
    )
    text = with_additions(CONTRACT, more)
    assert parsed(text).languages[2].code == "ja"
    assert parsed(text).indexes[2].path == "NEW.md"
    assert all(comment in text for comment in ("# one bullet per post", "# optional: the last entry", "# comma | list"))
    assert with_additions(text, more) == text


def test_every_key_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    for name, meaning in FIELDS.items():
        assert f"`{name}`" in page, name
        assert meaning in page, name
