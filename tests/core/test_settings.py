"""`aiblog.yaml`: read, checked with lines, written."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from aiblog.core.language import Language, default_language
from aiblog.core.settings import FIELDS, Check, Git, Index, Key, RuleChoice, Settings
from aiblog.core.settings_yaml import parsed, settings_text, with_additions
from aiblog.core.title import visible
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
        Settings()._replace(posts=""),
        parsed(CONTRACT),
        Settings()._replace(title="title", switch_line="none", timezone="UTC", git=Git(message="x: {title}")),
        Settings()._replace(
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


SEEN = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12).filter(
    lambda text: visible(text) == text
)
TEXTS = SEEN | st.sampled_from(
    [
        "yes",
        "12:30",
        "1.10",
        "# x",
        "a: b",
        "'",
        '"',
        "null",
        "2026-02-25",
        "?0",
        "中文 标题",
        "- x",
        "[x]",
        "{x}",
        "&a",
        "*a",
        "!t",
        "x #y",
    ]
)
LANGUAGES = st.permutations(["en", "zh", "ja", "pt-br", "no"]).flatmap(
    lambda codes: st.builds(
        lambda count, names: tuple(
            Language(code, name, f"_{code}" if number else "", own)
            for number, (code, (name, own)) in enumerate(list(zip(codes, names, strict=True))[:count])
        ),
        st.integers(1, 5),
        st.lists(st.tuples(TEXTS, TEXTS), min_size=5, max_size=5),
    )
)
KEYS = st.permutations(["status", "date", "last_updated", "tags", "by", "when?", "canonical_path", "标签"]).map(
    lambda names: tuple(
        {
            "status": Key("status", role="status", draft="no", published="yes", required=True),
            "date": Key("date", role="date"),
            "last_updated": Key("last_updated", role="updated"),
            "tags": Key("tags", role="tags", style="list"),
            "by": Key("by", default="# ada: x"),
            "when?": Key("when?", role="date", required=True),
            "canonical_path": Key("canonical_path", derived="path"),
            "标签": Key("标签", role="tags", style="comma"),
        }[name]
        for name in names
    )[: len(names) // 2 + 1]
)
INDEXES = st.lists(
    st.builds(
        Index,
        st.sampled_from(["README.md", "docs/README.zh-CN.md", ".github/README.md", "a b/目录.md", "#1/x.md"]),
        st.sampled_from(["sections", "list"]),
        st.booleans(),
        st.none() | TEXTS,
        st.sampled_from([(), ("en",)]),
        st.none() | st.integers(1, 99),
    ),
    unique_by=lambda index: index.path,
    max_size=3,
).map(tuple)
RULE_NAMES = st.sampled_from(["link-missing", "stub", "yes"])
CHOICES = st.builds(
    RuleChoice,
    st.lists(RULE_NAMES, max_size=2).map(tuple),
    st.dictionaries(RULE_NAMES, st.sampled_from(["error", "warning", "information"]), max_size=2).map(
        lambda chosen: tuple(chosen.items())
    ),
)
SETTINGS = st.builds(
    Settings,
    posts=st.sampled_from(["", "posts", "docs/blog", "文章", "a b", "yes", "1.0"]),
    archive=st.sampled_from([None, "old", "归档"]),
    path=st.sampled_from(["{date}/{slug}{lang}.md", "{lang}/{date}-{slug}.md", "{date}-{slug}{lang}.md"]),
    timezone=st.sampled_from([None, "Asia/Shanghai", "UTC"]),
    languages=LANGUAGES.filter(lambda languages: "en" in {each.code for each in languages}),
    front_matter=KEYS,
    title=st.sampled_from(["heading", "title", "标题"]),
    switch_line=st.sampled_from([None, "all", "others", "none"]),
    indexes=INDEXES,
    git=st.builds(
        Git()._replace,
        base=st.sampled_from([None, "main", "yes"]),
        remote=st.sampled_from([None, "origin"]),
        message=TEXTS.map(lambda text: f"{re.sub('[{}]', '', text)}\n\n{{title}}: {{date}}"),
        file_urls=st.sampled_from(["keep", "follow"]),
    ),
    check=st.builds(
        Check,
        spacing=st.booleans(),
        future_days=st.integers(0, 400),
        ignore=CHOICES.map(lambda choice: choice.ignore),
        severity=CHOICES.map(lambda choice: choice.severity),
        paths=st.dictionaries(TEXTS, CHOICES, max_size=2).map(lambda paths: tuple(paths.items())),
    ),
)


@given(SETTINGS, st.dictionaries(st.sampled_from(["posts", "languages.en", "indexes.README.md", "git.message"]), TEXTS))
@example_settings(max_examples=40, deadline=None)
def test_any_settings_are_written_so_that_they_are_read_back(settings: Settings, evidence: dict[str, str]) -> None:
    text = settings_text(settings, evidence)
    assert parsed(text) == settings
    assert text.endswith("\n")
    assert with_additions(text, settings) == text


@given(SETTINGS, SETTINGS, st.booleans(), st.booleans())
@example_settings(max_examples=40, deadline=None)
def test_any_additions_keep_every_line_that_is_there(before: Settings, more: Settings, crlf: bool, final: bool) -> None:
    text = settings_text(before, {"posts": "counted", "languages.en": "7 files"})
    text = text.replace("\n", "\r\n" if crlf else "\n")
    text = text if final else text.rstrip("\r\n")
    wanted = more._replace(languages=tuple(each for each in more.languages if each.suffix))
    after = with_additions(text, wanted)
    now = parsed(after)
    assert [each.code for each in now.languages] == list(
        dict.fromkeys([each.code for each in (*before.languages, *wanted.languages)])
    )
    assert {each.name for each in now.front_matter} >= {each.name for each in wanted.front_matter}
    assert {each.path for each in now.indexes} >= {each.path for each in wanted.indexes}
    assert now._replace(languages=(), front_matter=(), indexes=()) == before._replace(
        languages=(), front_matter=(), indexes=()
    )
    left = iter(after.splitlines())
    assert all(line in left for line in text.splitlines() if line != "indexes: []")
    assert with_additions(after, wanted) == after


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("posts: x\nlanguges: {}\n", 'aiblog.yaml:2: unknown key "languges"; the nearest is "languages"'),
        ("languages:\n  en: {sufix: ''}\n", 'aiblog.yaml:2: unknown key "sufix"; the nearest is "suffix"'),
        ("indexes:\n  - path: a.md\n    styl: list\n", 'aiblog.yaml:3: unknown key "styl"'),
        ("git:\n  hook: rm\n", 'aiblog.yaml:2: unknown key "hook"'),
        ("git:\n  file_urls: true\n", 'aiblog.yaml:2: "file_urls" is'),
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
        ("posts: x\ngit: {base: 'it', remote: *x}\n", "aiblog.yaml:2: an alias"),
        ("posts: !!python/name:os.system x\n", "aiblog.yaml:1: a tag"),
        ("1: x\n", 'aiblog.yaml:1: unknown key "1"; known here are posts, archive'),
        ("front_matter:\n  date:\n    # why\n    rol: x\n", 'aiblog.yaml:4: unknown key "rol"; the nearest is "role"'),
        ("front_matter:\n  a: {style: list}\n", 'aiblog.yaml:2: "style" is for a key whose role is tags'),
        ("front_matter:\n  a: {draft: x}\n", 'aiblog.yaml:2: "draft" is for a key whose role is status'),
        ("front_matter:\n  status: {draft: x, published: x}\n", "one word for draft and published"),
        ("front_matter:\n  'a: b': {}\n", 'aiblog.yaml:2: "a: b" is no front-matter key'),
        ("front_matter:\n  1: {}\n", "aiblog.yaml:2:"),
        ("title: ''\n", "the value is empty"),
        ("posts: .git/x\n", "a place in this blog was wanted"),
        ("posts: a/.GIT/x\n", "a place in this blog was wanted"),
        ("posts: git~1/x\n", "a place in this blog was wanted"),
        ("indexes:\n  - path: a/.git./x.md\n", "a place in this blog was wanted"),
        ("indexes:\n  - path: '.git::$INDEX_ALLOCATION/x.md'\n", "a place in this blog was wanted"),
        ("path: 'Git~2/{slug}{lang}.md'\n", "aiblog.yaml:1:"),
        ("languages:\n  en: {suffix: ''}\n  zh: {suffix: /git~1/x}\n", "aiblog.yaml:3:"),
        ("posts: .hidden\n", "hidden folders are never looked into"),
        ("posts: x\narchive: x\n", "aiblog.yaml:2: "),
        ("posts: x/y\narchive: x\n", "a folder that does not hold the posts was wanted"),
        ("path: '{slug}/index{lang}.md'\nfront_matter: {by: {}}\n", "without {date} a front-matter key"),
        ("path: '{lang}{slug}.md'\n", "{lang} stands once, before .md or as a folder of its own"),
        ("path: '{date}//{slug}{lang}.md'\n", "no part of it empty or hidden"),
        ("languages: {en: {suffix: '_x'}, zh: {suffix: '_X'}}\n", "the same suffix"),
        ("languages:\n  en: {}\n  en: {}\n", 'aiblog.yaml:3: "en" stands here twice'),
        ("indexes:\n  - path: a.md\n  - path: ./a.md\n", 'aiblog.yaml:3: "a.md" stands here twice'),
        ("indexes:\n  - path: ../a.md\n", "aiblog.yaml:2: "),
        ("indexes:\n  - path: a.txt\n", "a Markdown file was wanted"),
        ("indexes:\n  - path: a.md\n    languages: [[zh]]\n", "aiblog.yaml:3: "),
        ("indexes:\n  - path: a.md\n    limit: true\n", '"limit" is "true"; a number from 1'),
        ("indexes:\n  - path: a.md\n    under: 3\n", 'aiblog.yaml:3: "under" is "3"; a text was wanted: "3"'),
        ("indexes: {path: a.md}\n", '"indexes" is a mapping; a list was wanted'),
        ("git: {remote: --upload-pack=x}\n", 'git does not take "-" there'),
        ("git: {branch: 'a b/{slug}'}\n", 'git does not take " " there'),
        ("git: {message: ''}\n", "the value is empty"),
        ("check: {spacing: sometimes}\n", '"spacing" is "sometimes"; true or false was wanted'),
        ("check: {future_days: -1}\n", '"future_days" is "-1"; a number from 0 was wanted'),
        ("check:\n  ignore: stub\n", 'aiblog.yaml:2: "ignore" is "stub"; a list of rules was wanted'),
        ("check: {severity: {stub: fatal}}\n", '"stub" is "fatal": one of error, warning, information was wanted'),
        ("check:\n  paths:\n    a/*: {ignored: []}\n", 'aiblog.yaml:3: unknown key "ignored"; the nearest is "ignore"'),
        ("check:\n  spaces: true\n", 'aiblog.yaml:2: unknown key "spaces"; the nearest is "spacing"'),
        ("---\nposts: a\n---\nposts: b\n", "aiblog.yaml:3: expected a single document"),
        ("posts: a\ntitle: \x07\n", "aiblog.yaml:2: unacceptable character"),
        ("posts: a\nposts: b\n", "aiblog.yaml:2:"),
        ("posts: [a\n", "aiblog.yaml:"),
        ("- a\n", "a mapping"),
        ("\tposts: a\n", "aiblog.yaml:1"),
        ("x: " + "[" * 20_000, "aiblog.yaml:"),
        ("# " + "x" * 70_000, "longer than 64 KiB"),
    ],
)
def test_what_will_not_do_is_refused_with_its_line(text: str, message: str) -> None:
    started = time.perf_counter()
    with pytest.raises(AiblogError) as error:
        parsed(text)
    assert error.value.code == "settings-invalid"
    assert error.value.message.startswith("aiblog.yaml:")
    assert message in error.value.message
    assert time.perf_counter() - started < 10  # the bound is on hanging, not on speed


def test_an_empty_file_states_the_defaults_and_norwegian_stays_a_language() -> None:
    assert parsed("") == Settings()
    assert parsed("languages:\n  no: {}\n").languages[0].code == "no"
    assert parsed("git:\n  message: |\n    {title}\n    *not an alias\n").git.message == "{title}\n*not an alias\n"


def test_additions_keep_every_comment_and_propose_only_what_is_new() -> None:
    settings = parsed(CONTRACT)
    assert with_additions(CONTRACT, settings) == CONTRACT
    more = settings._replace(
        languages=(*settings.languages, default_language("ja", "_ja")),
        indexes=(*settings.indexes, Index("NEW.md")),
    )
    text = with_additions(CONTRACT, more)
    assert parsed(text).languages[2].code == "ja"
    assert parsed(text).indexes[2].path == "NEW.md"
    assert all(comment in text for comment in ("# one bullet per post", "# optional: the last entry", "# comma | list"))
    assert with_additions(text, more) == text
    left = iter(text.split("\n"))
    assert all(line in left for line in CONTRACT.split("\n"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'languages:\n  en: {name: English, suffix: "", own_name: English}\n'),
        ("languages: {en: {}} # two\n", "languages: {en: {}, zh: {name: Chinese, suffix: _zh, own_name: 中文}, ja: "),
        ("languages: # two\nposts: a", 'languages: # two\n  en: {name: English, suffix: "", own_name: English}\n  zh:'),
        ("indexes: []   # none\ntitle: heading\n", "indexes:   # none\n  - path: a.md   # seen\n    style: sections\n"),
        ("indexes:\n- path: b.md # b\n\n# below\n", "- path: b.md # b\n- path: a.md   # seen\n  style: sections\n"),
        ("indexes:\n    - path: b.md\ngit: {}\n", "    - path: b.md\n    - path: a.md   # seen\n      style: sec"),
    ],
)
def test_additions_follow_the_shape_that_is_there(before: str, after: str) -> None:
    more = parsed(before)._replace(
        languages=(default_language("en", ""), default_language("zh", "_zh"), default_language("ja", "_ja")),
        indexes=(Index("a.md"),),
    )
    text = with_additions(before, more, {"indexes.a.md": "seen"})
    assert after in re.sub(" +# seen", "   # seen", text)
    assert parsed(text).language("ja")
    assert with_additions(text, more) == text


def test_every_key_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    for name, meaning in FIELDS.items():
        assert f"`{name}`" in page, name
        assert meaning in page, name
    table = page.split("## Every key\n")[1].split("\n## ")[0]
    documented = re.findall(r"(?m)^\| `([^`]+)` \|", table)
    assert documented == list(FIELDS)


def test_every_field_has_a_key_and_the_pages_example_is_read() -> None:
    known = set(FIELDS)
    assert set(Settings._fields) <= known
    assert {f"git.{name}" for name in Git._fields} <= known
    assert {f"check.{name}" for name in Check._fields} <= known
    assert {f"check.paths.*.{name}" for name in RuleChoice._fields} <= known
    assert {f"indexes.*.{name}" for name in Index._fields} <= known
    page = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert parsed(page.split("```yaml\n")[1].split("```")[0]) == parsed(CONTRACT)
