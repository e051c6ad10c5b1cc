"""file-unused."""

import pytest

from aiblog.checks.blog_rules import BLOG_RULES
from aiblog.core.settings import Index
from support.subjects import SETTINGS
from support.wholes import whole

DAY = "posts/2026-02-25"


def _unused(texts: dict[str, str], **more: object) -> list[str]:
    """The paths of the unused files of a blog of those files, its index among them as such."""
    indexes = tuple(Index(path) for path in texts if path == "posts/README.md")
    made = whole(texts, SETTINGS._replace(indexes=indexes))._replace(**more)
    return [path for path, _ in BLOG_RULES["file-unused"].finds(made)]


def test_a_file_that_no_edition_links_to_is_found() -> None:
    texts = {f"{DAY}/roi.md": "![图](images/a.png)\n", f"{DAY}/images/a.png": "", f"{DAY}/images/旧图.png": ""}
    assert _unused(texts) == [f"{DAY}/images/旧图.png"]
    assert _unused(texts, linked=None) == []


def test_a_file_whose_name_is_blank_is_found() -> None:
    assert _unused({f"{DAY}/roi.md": "文\n", f"{DAY}/ ": "", f"{DAY}/\u3000": ""}) == [f"{DAY}/ ", f"{DAY}/\u3000"]


def test_what_lies_in_the_root_of_a_blog_whose_posts_lie_there_is_not_theirs() -> None:
    texts = {"2026-02-25-roi.md": "# 回报\n", "aiblog.yaml": "posts: .\n", "src/main.go": ""}
    made = whole(texts, SETTINGS._replace(posts="", path="{date}-{slug}{lang}.md"))
    assert [post.slug for post in made.posts] == ["roi"]
    assert list(BLOG_RULES["file-unused"].finds(made)) == []


@pytest.mark.parametrize(
    "text",
    [
        "![a](./images/%E5%9B%BE%20a.png)",
        "[files](images)",
        "[files](./images/)",
        '<video src="images/图 a.png"></video>',
        "---\ncover: images/图 a.png\n---\n\nText",
        '{{< figure src="images/图 a.png" >}}',
        "```sh\ncat images/a.png\n```",
        "[the picture's source](images/图%20a.svg)",
    ],
)
def test_what_an_edition_links_to_or_names_is_used(text: str) -> None:
    texts = {f"{DAY}/roi.md": f"{text}\n", f"{DAY}/images/图 a.png": "", f"{DAY}/images/图 a.svg": ""}
    assert f"{DAY}/images/图 a.png" not in _unused(texts)


def test_a_link_to_the_folder_of_posts_uses_nothing_in_them() -> None:
    texts = {f"{DAY}/roi.md": "[all](../)\n", f"{DAY}/a.png": ""}
    assert _unused(texts) == [f"{DAY}/a.png"]


def test_the_other_edition_another_post_and_an_index_may_link_to_it() -> None:
    texts = {
        f"{DAY}/roi.md": "",
        f"{DAY}/roi_zh.md": "![a](a.png)\n",
        "posts/2026-02-26/next.md": "![b](../2026-02-25/b.png)\n",
        "posts/README.md": "![c](./2026-02-25/c.png)\n",
        **{f"{DAY}/{name}.png": "" for name in "abcd"},
    }
    assert _unused(texts) == [f"{DAY}/d.png"]


def test_files_that_are_no_material_of_a_post_are_left() -> None:
    texts = {
        f"{DAY}/roi.md": "![a](arch.png)\n",
        **dict.fromkeys([f"{DAY}/README.txt", f"{DAY}/notes.md", f"{DAY}/arch.png", f"{DAY}/arch.drawio"], ""),
        "posts/theme/logo.png": "",
    }
    assert _unused(texts) == []
