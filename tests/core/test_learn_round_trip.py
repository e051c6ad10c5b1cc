"""Any configuration, a blog laid out by it, and the configuration comes back; a second run has nothing to add.

What no file shows is left out: the time zone, git and the checks; English names of languages, and
languages without a file; suffixes where each language has a folder; a word for drafts that is neither `draft` nor
`草稿`, or that no post has; a default that is not what most posts have; the languages of a `sections`
index; the limit of a list that does not call itself the newest. A title that stands first in the
front matter is no key of its own. One of the blog's languages has no suffix only where its letters
tell it, and no other language has more posts.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aiblog.core.language import Language, default_language
from aiblog.core.learn import Chosen, learned
from aiblog.core.learn_places import DATED, UNDATED
from aiblog.core.settings import Index, Key, Settings
from aiblog.core.settings_yaml import parsed, settings_text
from aiblog.workflows.init import Init, Survey, settings_of
from support.blog_layout import laid_out

FOLDERS = st.sampled_from(["posts", "docs/blog", "content/it/posts", "文章", "_posts", ""])
OWN_NAMES = {"zh": ["中文", "中文版", "简体中文"], "en": ["English", "In English"]}


@st.composite
def languages(draw: st.DrawFn, folders: bool) -> tuple[Language, ...]:
    """Two or three, the first of them told by its letters, or all of them marked."""
    codes = draw(st.lists(st.sampled_from(["en", "zh", "ja", "fr", "pt-BR"]), min_size=2, max_size=3, unique=True))
    first = draw(st.sampled_from(["en", "zh", "ja", "ko", "ru"]))
    codes = [first, *(code for code in codes if code != first)]
    codes += ["de"] if len(codes) == 1 else []
    found = []
    for number, code in enumerate(codes):
        plain = not number and (folders or draw(st.booleans()))
        sign = "_" if folders else draw(st.sampled_from("_-."))
        usual = default_language(code, "" if plain else f"{sign}{code}")
        found.append(usual._replace(own_name=draw(st.sampled_from(OWN_NAMES.get(code, [usual.own_name])))))
    return tuple(found)


@st.composite
def front_matters(draw: st.DrawFn, dated: bool, title: str) -> tuple[Key, ...]:
    """Some keys in any order; a date where the path has none."""
    required = st.sampled_from([True, True, False])
    words = draw(st.sampled_from([("Draft", "Active"), ("draft", "live"), ("草稿", "发布"), None]))
    status = Key("draft", draft="true", published="false") if words is None else Key("status", None, False, *[None] * 3)
    if words is not None:
        status = status._replace(draft=words[0], published=words[1])
    optional = [
        status._replace(role="status", required=draw(required)),
        Key("last_updated", role="updated", required=draw(required)),
        Key("tags", role="tags", required=draw(required), style=draw(st.sampled_from(["comma", "list"]))),
        Key("author", required=draw(required), default=draw(st.sampled_from(["Ada", "阿达", None]))),
        Key("layout", required=draw(required), default="post"),
        Key("canonical_path", required=draw(required), derived="path"),
    ]
    date = Key(
        draw(st.sampled_from(["date", "pubDate", "发布日期"])), role="date", required=not dated or draw(required)
    )
    keys = draw(st.lists(st.sampled_from(optional), unique=True, max_size=5))
    keys = draw(st.permutations([*keys, *([date] if not dated or draw(st.booleans()) else [])]))
    if keys and not any(key.required for key in keys):  # files without any key have no front matter to look at
        keys[0] = keys[0]._replace(required=True)
    if title == "title" and keys and draw(st.booleans()):
        keys.insert(draw(st.integers(1, len(keys))), Key("title", required=True))
    return tuple(keys)


@st.composite
def indexes(draw: st.DrawFn, posts: str, spoken: tuple[Language, ...]) -> tuple[Index, ...]:
    """None, one or two; complete ones first, as they are found."""
    first, *others = [each.code for each in spoken]
    beside = f"{posts}/README.md" if posts else "INDEX.md"
    found = []
    for path in draw(st.lists(st.sampled_from([beside, "目录/CONTENTS.md"]), unique=True)):
        style = draw(st.sampled_from(["sections", "list"]))
        index = Index(path, style, complete=not found or draw(st.booleans()))
        if style == "list":
            order = draw(st.sampled_from([(), (others[0], first, *others[1:])]))
            limit = draw(st.sampled_from([None, 3])) if not index.complete else None
            heading = (
                draw(st.sampled_from(["最新文章", "Latest posts"]))
                if limit
                else draw(st.sampled_from(["Posts", "文章"]))
            )
            index = index._replace(under=heading, limit=limit, languages=order)
        found.append(index)
    return tuple(sorted(found, key=lambda each: (not each.complete, each.path)))


@st.composite
def configurations(draw: st.DrawFn) -> Settings:
    posts = draw(FOLDERS)
    tail = draw(st.sampled_from([*DATED, *UNDATED]))
    folders = draw(st.booleans())
    fixed = draw(st.sampled_from(["", "posts/", "notes/2026/"])) if folders else ""
    spoken = draw(languages(folders))
    title = draw(st.sampled_from(["heading", "title"]))
    return Settings(
        posts=posts,
        archive=draw(st.sampled_from([None, "archive", "docs/archive-blog"])),
        path=f"{{lang}}/{fixed}{tail}.md" if folders else f"{tail}{{lang}}.md",
        languages=spoken,
        front_matter=draw(front_matters("{date}" in tail, title)),
        title=title,
        indexes=draw(indexes(posts, spoken)),
    )


@given(configurations(), st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_a_blog_is_laid_out_by_is_what_is_learned_from_it(stated: Settings, flow: bool) -> None:
    files = {path: text.encode() for path, text in laid_out(stated, flow=flow).items()}
    found = learned(sorted(files), files.__getitem__, files.__getitem__)
    assert found.settings == stated
    assert parsed(settings_text(found.settings, found.evidence)) == stated
    assert (found.posts, found.strays) == (8, {})
    again = learned(sorted(files), files.__getitem__, files.__getitem__, Chosen(stated.posts, stated.path))
    assert settings_of(Survey(Path(), again, "", stated), Init()) == stated
