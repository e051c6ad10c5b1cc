"""A post in two languages as the rules see its translation."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from aiblog.checks.rules import findings
from aiblog.checks.subject import Subject
from aiblog.core.post import Post
from support.subjects import HEADER, PATH, subject

ZH = "posts/2026-02-25/roi_zh.md"


def pair(
    source: str, translation: str, beside: Mapping[str, str] | None = None, keys: str = "", source_keys: str = ""
) -> Subject:
    """The Chinese edition with that body (and front-matter lines) of a post whose English source has the other one."""
    ours = HEADER.replace("---\n\n", f"{source_keys}---\n\n") + source
    theirs = HEADER.replace(PATH, ZH).replace("---\n\n", f"{keys}---\n\n") + translation
    others = {path: text for path, text in (beside or {}).items() if path != ZH}
    own = subject(theirs, ZH, {**others, PATH: ours})
    editions = {"en": own.posts[PATH].editions["en"], "zh": own.edition}
    post = Post(own.post.date, own.post.slug, editions)
    return own._replace(post=post, posts={**own.posts, PATH: post, ZH: post})


def found(source: str, translation: str, rules: Collection[str] = (), **more: object) -> list[str]:
    """What the rules (all of them, or those named) find in the translation, each as `line:column rule message`.

    Lines count from the first one of the body's.
    """
    own = pair(source, translation, **more)  # type: ignore[arg-type]
    above = own.text[: own.text.index("---\n\n", 4) + 5].count("\n")
    return [
        f"{each.line - above}:{each.column} {each.rule} {each.message}"
        for each in findings(own)
        if not rules or each.rule in rules
    ]
