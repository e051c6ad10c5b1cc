"""tag-near-duplicate and tag-once."""

from __future__ import annotations

from support.subjects import SETTINGS
from support.wholes import found_there


def _blog(*tags: str) -> dict[str, str]:
    """A post for each line of tags, each a day later."""
    return {
        f"posts/2026-02-{day:02}/post.md": f"---\nstatus: Active\ntags: {line}\n---\n\n# 文章\n"
        for day, line in enumerate(tags, 1)
    }


def test_a_tag_spelled_in_another_way_is_found_in_each_post_that_has_it() -> None:
    assert found_there(_blog("gpu-scheduling", "gpu-scheduling, 调度", "GPU scheduling, 调度")) == [
        (
            'posts/2026-02-03/post.md:3:1 tag-near-duplicate the tag "GPU scheduling" is nearly "gpu-scheduling",'
            " which 2 posts have"
        ),
        'posts/2026-02-03/post.md:3:1 tag-once no other post has the tag "GPU scheduling"',
    ]


def test_the_editions_of_one_post_are_one_post() -> None:
    texts = _blog("oci")
    texts["posts/2026-02-01/post_zh.md"] = texts["posts/2026-02-01/post.md"]
    assert found_there(texts) == ['posts/2026-02-01/post.md:3:1 tag-once no other post has the tag "oci"']


def test_tags_that_several_posts_have_are_no_finding() -> None:
    assert found_there(_blog("a, 调度", "调度, a", "")) == []


def test_a_blog_without_tags_has_no_finding() -> None:
    keys = tuple(key for key in SETTINGS.front_matter if key.role != "tags")
    assert found_there(_blog("a", "A"), SETTINGS._replace(front_matter=keys)) == []
