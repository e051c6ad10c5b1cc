"""path-stray, twin-slug, case-collision and name-reserved."""

import pytest

from aiblog.checks.blog_rules import BLOG_RULES
from aiblog.core.language import default_language
from aiblog.core.settings import Index, Settings
from support.subjects import SETTINGS
from support.wholes import found_there, whole


def _found(rule: str, *paths: str, settings: Settings = SETTINGS) -> list[str]:
    """What one rule finds among those files, all of them in the posts folder."""
    blog = whole({})._replace(settings=settings, paths=sorted(paths))
    return [f"{path}:{place.line}:{place.column} {place.message}" for path, place in BLOG_RULES[rule].finds(blog)]


# path-stray

REPAIRED = "; `aiblog migrate --repair` renames it"


def test_a_suffix_that_the_blog_does_not_write_is_found_with_the_one_it_writes() -> None:
    dash = SETTINGS._replace(languages=(default_language("en", "_en"), default_language("zh", "_zh")))
    path = "posts/2026-02-25/大模型-zh.md"
    assert _found("path-stray", path, "posts/2026-02-25/大模型.md") == [
        f'{path}:1:1 the name ends in "-zh"; this blog writes 大模型_zh.md{REPAIRED}'
    ]
    assert _found("path-stray", "posts/2026-02-25/roi.md", settings=dash) == [
        "posts/2026-02-25/roi.md:1:1 the name has no suffix; this blog writes roi_en.md or roi_zh.md"
    ]


def test_two_files_for_one_edition_are_said() -> None:
    both = ("posts/2026-02-25/roi.md", "posts/2026-02-25/roi_en.md")
    ends = "that file is there too, and only one of the two counts"
    assert _found("path-stray", *both) == [f'{both[1]}:1:1 the name ends in "_en"; this blog writes roi.md; {ends}']


def test_a_dated_file_that_is_no_post_is_found_with_the_pattern() -> None:
    for path in ("2026-02-25-roi.md", "2026-02-25/roi/index.md", "2026-02-30/roi.md", "old/2026-02-25/roi.md"):
        assert _found("path-stray", f"posts/{path}") == [
            f"posts/{path}:1:1 this file is no post; this blog's are posts/{{date}}/{{slug}}{{lang}}.md"
        ]


@pytest.mark.parametrize(
    "path",
    [
        "posts/README.md", "posts/2026-02-25/README.md", "posts/2026-02-25/README.zh-CN.md",
        "posts/2026-02-25/index.md", "posts/notes.md",
        "posts/2026-02-25/roi.png", "posts/2026-02-25/roi/data.txt", "posts/2026/2026-02.md",
    ],
)  # fmt: skip
def test_what_is_no_post_by_its_name_is_no_finding(path: str) -> None:
    assert _found("path-stray", path) == []


def test_an_index_a_linked_file_and_what_lies_at_the_root_are_no_finding() -> None:
    path = "posts/2026-02-25/roi/data.md"
    assert _found("path-stray", path, settings=SETTINGS._replace(indexes=(Index(path),))) == []
    blog = whole({"posts/2026-02-25/roi.md": "[Data](./roi/data.md)\n", path: "# Data\n"})
    assert list(BLOG_RULES["path-stray"].finds(blog)) == []
    assert _found("path-stray", "notes/2026-02-25.md", settings=SETTINGS._replace(posts="")) == []


def test_a_comment_in_the_file_allows_its_name() -> None:
    path = "posts/2026-02-25/roi_en.md"
    assert [each.split()[1] for each in found_there({path: "# 标题\n"})] == ["path-stray"]
    assert found_there({path: "# 标题\n\n<!-- aiblog:disable-file path-stray -->\n"}) == []


def test_the_archive_has_the_same_pattern() -> None:
    settings = SETTINGS._replace(archive="posts/archive")
    assert _found("path-stray", "posts/archive/2025-02-25/roi.md", settings=settings) == []
    assert _found("path-stray", "posts/archive/2025-02-25/roi_en.md", settings=settings) == [
        f'posts/archive/2025-02-25/roi_en.md:1:1 the name ends in "_en"; this blog writes roi.md{REPAIRED}'
    ]


# twin-slug


def test_posts_of_one_day_with_nearly_one_slug_in_two_languages_are_found() -> None:
    both = ("posts/2026-02-25/gpu-sharing.md", "posts/2026-02-25/gpu_sharing_zh.md")
    assert found_there(dict.fromkeys(both, "# 标题\n")) == [
        f"{both[1]}:1:1 twin-slug the name is nearly that of ./gpu-sharing.md; editions of one post have one slug"
    ]


@pytest.mark.parametrize(
    "other", ["2026-02-25/gpu-shareing.md", "2026-02-24/gpu-shareing_zh.md", "2026-02-25/gpu_zh.md"]
)
def test_one_language_another_day_and_another_topic_are_no_twins(other: str) -> None:
    assert found_there(dict.fromkeys(("posts/2026-02-25/gpu-sharing.md", f"posts/{other}"), "# 标题\n")) == []


# case-collision


def test_paths_that_differ_by_case_or_unicode_form_alone_are_found() -> None:
    folder = "posts/2026-02-25"
    assert _found("case-collision", f"{folder}/img/A.png", f"{folder}/IMG/a.png", f"{folder}/img/b.png") == [
        f"{folder}/img/A.png:1:1 ../IMG/a.png differs from this path by upper and lower case alone"
    ]
    assert _found("case-collision", f"{folder}/cafe\u0301.md", f"{folder}/caf\u00e9.md") == [
        f"{folder}/caf\u00e9.md:1:1 ./cafe\u0301.md differs from this path by the Unicode form alone"
    ]
    assert len(_found("case-collision", *(f"{folder}/{name}.md" for name in ("roi", "Roi", "ROI")))) == 2


def test_other_letters_and_other_folders_are_no_collision() -> None:
    names = ("roi", "roi_zh", "a/roi", "straße", "strasse", "算力", "算⼒", "ﬁ", "fi")
    assert _found("case-collision", *(f"posts/2026-02-25/{name}.md" for name in names)) == []


# name-reserved


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("aux.md", 'the file name "aux.md" is one that Windows keeps for a device'),
        ("COM1.tar.gz", 'the file name "COM1.tar.gz" is one that Windows keeps for a device'),
        ("con", 'the file name "con" is one that Windows keeps for a device'),
        ("nul/a.png", 'the folder name "nul" is one that Windows keeps for a device'),
        ("roi.", 'the file name "roi." ends in a full stop, which Windows drops'),
        ("图 /a.png", 'the folder name "图 " ends in a space, which Windows drops'),
        ("what?.md", "the file name \"what?.md\" has a '?' in it, which Windows does not take"),
        ("a\\b.md", "the file name \"a\\b.md\" has a '\\\\' in it, which Windows does not take"),
        ("a\tb.md", "the file name \"a\tb.md\" has a '\\t' in it, which Windows does not take"),
    ],
)
def test_a_name_that_windows_does_not_take_is_found(name: str, says: str) -> None:
    assert _found("name-reserved", f"posts/2026-02-25/{name}") == [f"posts/2026-02-25/{name}:1:1 {says}"]


def test_a_folder_is_said_once() -> None:
    assert len(_found("name-reserved", "posts/a:b/1.png", "posts/a:b/2.png", "posts/a:b/c/3.png")) == 1


@pytest.mark.parametrize(
    "name", ["auxiliary.md", "com.md", "com10.md", "a.con", "中文（一）.md", "C#.md", " a.md", "a..b.md"]
)
def test_other_names_are_no_finding(name: str) -> None:
    assert _found("name-reserved", f"posts/2026-02-25/{name}") == []
