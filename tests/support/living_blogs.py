"""Small blogs as other tools and people lay them out, each with what `init` has to find there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from aiblog.core.language import Language, default_language
from aiblog.core.settings import Index, Key, Settings

EN, ZH = default_language("en", ""), default_language("zh", "_zh")
TOPICS = ("gpu-scheduling", "kv-cache", "dranet", "vllm-retro", "oci-artifacts", "gang-scheduling", "kueue", "lws")
CHINESE = ("显卡调度", "键值缓存", "网络驱动", "年度回顾", "制品仓库", "成组调度", "队列", "领导者")


class Living(NamedTuple):
    """A blog: its files by path, what its settings are, how many posts it has, where a new one (`topic`, of
    2026-03-01) goes in the first language."""

    files: dict[str, str]
    settings: Settings
    posts: int
    new: str
    strays: Mapping[str, list[str]] = MappingProxyType({})


def day(number: int) -> str:
    return f"2026-02-{number:02}"


def text(values: dict[str, str], body: str = "Text.") -> str:
    lines = "".join(f"{key}: {value}\n" if value else f"{key}:\n" for key, value in values.items())
    return f"---\n{lines}---\n\n{body}\n"


def hugo_bundles() -> Living:
    """A folder for each post, `index.md` and `index.zh.md`; times of day; tags as a list; a bundle without Chinese."""
    files = {
        "content/posts/_index.md": "---\ntitle: Posts\ndate: 2026-01-01\n---\n",
        "content/about.md": "---\ntitle: About\ndate: 2026-01-01\n---\n\nMe.\n",
        "README.md": "# A site\n\nhugo server\n",
    }
    for number, (topic, chinese) in enumerate(zip(TOPICS, CHINESE, strict=True), 1):
        values = {"date": f"{day(number)}T09:00:00+08:00", "draft": "true" if number == 8 else "false"}
        tags = {"tags": "\n  - kubernetes\n  - " + topic}
        files[f"content/posts/{topic}/index.md"] = text({"title": topic.title(), **values, **tags})
        if number > 1:
            files[f"content/posts/{topic}/index.zh.md"] = text({"title": chinese, **values, **tags}, "正文。")
    settings = Settings(
        posts="content/posts",
        path="{slug}/index{lang}.md",
        languages=(EN, default_language("zh", ".zh")),
        front_matter=(
            Key("date", role="date", required=True),
            Key("draft", role="status", required=True, draft="true", published="false"),
            Key("tags", role="tags", required=True, style="list"),
        ),
        title="title",
    )
    return Living(files, settings, 8, "content/posts/topic/index.md")


def docusaurus() -> Living:
    """A dated folder for each post; no date in the front matter; flow lists; documentation beside it."""
    files = {f"docs/{name}/index.md": f"---\ntitle: {name}\n---\n\nHow to.\n" for name in ("intro", "guide", "api")}
    for number, topic in enumerate(TOPICS, 1):
        values = {"slug": topic, "title": topic.title(), "authors": "[ada]", "tags": f"[kubernetes, {topic}]"}
        files[f"blog/{day(number)}-{topic}/index.md"] = text(values, "Text.\n\n<!-- truncate -->\n\nMore.")
    settings = Settings(
        posts="blog",
        path="{date}-{slug}/index{lang}.md",
        front_matter=(
            Key("slug", required=True),
            Key("title", required=True),
            Key("authors", required=True),
            Key("tags", role="tags", required=True, style="list"),
        ),
        title="title",
    )
    return Living(files, settings, 8, "blog/2026-03-01-topic/index.md")


def jekyll() -> Living:
    """`_posts`, a layout and a title first, times with a zone; pages elsewhere; a draft in another folder."""
    files = {
        "_pages/about.md": "---\nlayout: page\ntitle: About\n---\n\nMe.\n",
        "_drafts/later.md": "---\nlayout: post\ntitle: Later\n---\n\nSoon.\n",
        "index.md": "---\nlayout: home\n---\n",
    }
    for number, topic in enumerate(TOPICS, 1):
        values = {"layout": "post", "title": f'"{topic.title()}"', "date": f"{day(number)} 09:00:00 +0800"}
        files[f"_posts/{day(number)}-{topic}.md"] = text({**values, "categories": "infra", "tags": f"k8s, {topic}"})
    settings = Settings(
        posts="_posts",
        path="{date}-{slug}{lang}.md",
        front_matter=(
            Key("layout", required=True, default="post"),
            Key("title", required=True),
            Key("date", role="date", required=True),
            Key("categories", required=True, default="infra"),
            Key("tags", role="tags", required=True, style="comma"),
        ),
        title="title",
    )
    return Living(files, settings, 8, "_posts/2026-03-01-topic.md")


def hexo() -> Living:
    """`source/_posts`, the date in the front matter alone; Chinese; pages with a date elsewhere."""
    files = {
        f"source/{name}/index.md": f"---\ntitle: {name}\ndate: 2026-01-01 10:00:00\n---\n" for name in ("about", "tags")
    }
    for number, (topic, chinese) in enumerate(zip(TOPICS, CHINESE, strict=True), 1):
        values = {"title": chinese, "date": f"{day(number)} 09:00:00", "tags": "\n  - 云原生\n  - 调度"}
        files[f"source/_posts/{topic}.md"] = text(values, "正文。\n\n<!-- more -->\n\n更多。")
    settings = Settings(
        posts="source/_posts",
        path="{slug}{lang}.md",
        languages=(default_language("zh", ""), default_language("en", "_en")),
        front_matter=(
            Key("date", role="date", required=True),
            Key("tags", role="tags", required=True, style="list"),
        ),
        title="title",
    )
    return Living(files, settings, 8, "source/_posts/topic.md")


def dated_names() -> Living:
    """Flat files in the root of the blog with the date in their names, an index in English and Chinese."""
    files, rows = {}, {"en": "", "zh": ""}
    for number, (topic, chinese) in reversed([*enumerate(zip(TOPICS, CHINESE, strict=True), 1)]):
        files[f"{day(number)}-{topic}.md"] = text({"author": "Ada"}, f"# {topic.title()}")
        files[f"{day(number)}-{topic}-zh.md"] = text({"author": "Ada"}, f"# {chinese}")
        rows["en"] += f"* {day(number)} [{topic.title()}]({day(number)}-{topic}.md)\n"
        rows["zh"] += f"* {day(number)} [{chinese}]({day(number)}-{topic}-zh.md)\n"
    files["README.md"] = f"# Notes\n\n## Posts\n\n{rows['en']}\n## License\n\nMIT\n"
    files["README.zh.md"] = f"# 笔记\n\n## 文章\n\n{rows['zh']}"
    settings = Settings(
        posts="",
        path="{date}-{slug}{lang}.md",
        languages=(EN, default_language("zh", "-zh")),
        front_matter=(Key("author", required=True, default="Ada"),),
        indexes=(
            Index("README.md", "list", under="Posts"),
            Index("README.zh.md", "list", under="文章", languages=("zh", "en")),
        ),
    )
    return Living(files, settings, 8, "2026-03-01-topic.md")


def language_folders() -> Living:
    """A folder for each language, the date in the file names."""
    files = {}
    for number, (topic, chinese) in enumerate(zip(TOPICS, CHINESE, strict=True), 1):
        files[f"site/blog/en/{day(number)}-{topic}.md"] = text({"pubDate": day(number)}, f"# {topic.title()}")
        if number > 2:
            files[f"site/blog/zh/{day(number)}-{topic}.md"] = text({"pubDate": day(number)}, f"# {chinese}")
    settings = Settings(
        posts="site/blog",
        path="{lang}/{date}-{slug}.md",
        languages=(EN, ZH),
        front_matter=(Key("pubDate", role="date", required=True),),
    )
    return Living(files, settings, 8, "site/blog/en/2026-03-01-topic.md")


def language_and_date_folders() -> Living:
    """A folder for each language and in it one for each date."""
    files = {}
    for number, topic in enumerate(TOPICS, 1):
        files[f"posts/en/{day(number)}/{topic}.md"] = f"# {topic.title()}\n"
        if number > 1:
            files[f"posts/zh-cn/{day(number)}/{topic}.md"] = "# 正文\n"
    settings = Settings(
        posts="posts",
        path="{lang}/{date}/{slug}.md",
        languages=(EN, Language("zh-cn", "Chinese", "_zh-cn", "中文")),
        front_matter=(),
    )
    return Living(files, settings, 8, "posts/en/2026-03-01/topic.md")


def hugo_content_folders() -> Living:
    """`content/LANGUAGE/posts/SLUG/index.md`, pages beside them."""
    files = {}
    for code in ("en", "zh"):
        files[f"content/{code}/_index.md"] = "---\ntitle: Home\n---\n"
        files[f"content/{code}/about/index.md"] = "---\ntitle: About\ndate: 2026-01-01\n---\n"
        for number, topic in enumerate(TOPICS, 1):
            if code == "en" or number > 3:
                values = {"title": topic.title(), "date": f"{day(number)}T09:00:00Z", "lastmod": day(number)}
                files[f"content/{code}/posts/{topic}/index.md"] = text(values)
    settings = Settings(
        posts="content",
        path="{lang}/posts/{slug}/index.md",
        languages=(EN, ZH),
        front_matter=(
            Key("date", role="date", required=True),
            Key("lastmod", role="updated", required=True),
        ),
        title="title",
    )
    return Living(files, settings, 8, "content/en/posts/topic/index.md")


def dates_twice() -> Living:
    """`DATE/DATE-slug_zh.md` with an archive, `-zh` strays, and a twin whose slug has a letter too many."""
    files, entries = {}, ""
    for number, (topic, chinese) in reversed([*enumerate(zip(TOPICS, CHINESE, strict=True), 1)]):
        for root, year in (("docs/blog", "2026"), ("docs/archive-blog", "2024")):
            folder = f"{root}/{year}-02-{number:02}/{year}-02-{number:02}"
            path = f"docs/blog/{day(number)}/{day(number)}-{topic}.md"
            own = {"status": "Active", "date": f"{year}-02-{number:02}", "tags": f"k8s, {topic}"}
            suffix = "-zh" if number == 2 else "_zh"
            slug = "gpu-schedulling" if (number, year) == (1, "2026") else topic
            files[f"{folder}-{topic}.md"] = text({**own, "canonical_path": path} if year == "2026" else own, "# T")
            chinese_path = f"{folder}-{slug}{suffix}.md"
            files[chinese_path] = text({**own, "canonical_path": chinese_path}, f"# {chinese}")
        links = f"- [{topic.title()}]({day(number)}/{day(number)}-{topic}.md)\n"
        if number == 1:
            links += f"- [{chinese}]({day(1)}/{day(1)}-gpu-schedulling_zh.md)\n"
        entries += f"### {topic.title()} ({day(number)})\n\n{links}\n"
    files["docs/blog/README.md"] = f"# Blog\n\nProse.\n\n{entries}"
    settings = Settings(
        posts="docs/blog",
        archive="docs/archive-blog",
        path="{date}/{date}-{slug}{lang}.md",
        languages=(EN, ZH),
        front_matter=(
            Key("status", role="status", required=True, published="Active"),
            Key("date", role="date", required=True),
            Key("tags", role="tags", required=True, style="comma"),
            Key("canonical_path", required=True, derived="path"),
        ),
        indexes=(Index("docs/blog/README.md"),),
    )
    strays = {
        "named -zh": [f"docs/blog/{day(2)}/{day(2)}-{TOPICS[1]}-zh.md"],
        "named nearly alike on one day: editions of one post, or two posts": [
            f"docs/blog/{day(1)}/{day(1)}-gpu-scheduling.md",
            f"docs/blog/{day(1)}/{day(1)}-gpu-schedulling_zh.md",
        ],
    }
    return Living(files, settings, 9, "docs/blog/2026-03-01/2026-03-01-topic.md", strays)


def chinese_first() -> Living:
    """Chinese without a suffix, some English editions, a list of the newest posts under a Chinese heading."""
    files, rows = {}, []
    for number, (topic, chinese) in enumerate(zip(TOPICS, CHINESE, strict=True), 1):
        own = {"状态": "发布", "date": day(number), "tags": f"云原生, {topic}"}
        files[f"文章/{day(number)}/{topic}.md"] = text(own, f"# {chinese}")
        if number % 2:
            files[f"文章/{day(number)}/{topic}_en.md"] = text(own, f"# {topic.title()}")
        rows.insert(0, f"- [{chinese}](文章/{day(number)}/{topic}.md)\n")
    files["README.md"] = f"# 博客\n\n## 最新文章\n\n{''.join(rows[:3])}\n## 关于\n\n我。\n"
    settings = Settings(
        posts="文章",
        path="{date}/{slug}{lang}.md",
        languages=(default_language("zh", ""), default_language("en", "_en")),
        front_matter=(
            Key("状态", required=True, default="发布"),
            Key("date", role="date", required=True),
            Key("tags", role="tags", required=True, style="comma"),
        ),
        indexes=(Index("README.md", "list", complete=False, under="最新文章", limit=3),),
    )
    return Living(files, settings, 8, "文章/2026-03-01/topic.md")


def every_language_named() -> Living:
    """Each language has a suffix, the usual one too."""
    files = {}
    for number, topic in enumerate(TOPICS, 1):
        own = {"date": day(number), "published": "false" if number == 8 else "true"}
        files[f"src/posts/{day(number)}/{topic}/index.en.md"] = text(own, f"# {topic.title()}")
        if number > 1:
            files[f"src/posts/{day(number)}/{topic}/index.zh-cn.md"] = text(own, "# 标题")
    settings = Settings(
        posts="src/posts",
        path="{date}/{slug}/index{lang}.md",
        languages=(default_language("en", ".en"), default_language("zh-cn", ".zh-cn")),
        front_matter=(
            Key("date", role="date", required=True),
            Key("published", role="status", required=True, draft="false", published="true"),
        ),
    )
    return Living(files, settings, 8, "src/posts/2026-03-01/topic/index.en.md")


LIVING = {
    blog.__name__: blog
    for blog in (
        hugo_bundles, docusaurus, jekyll, hexo, dated_names, language_folders, language_and_date_folders,
        hugo_content_folders, dates_twice, chinese_first, every_language_named,
    )
}  # fmt: skip
