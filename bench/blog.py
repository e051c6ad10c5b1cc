"""A blog of a chosen size for the benchmarks: two languages, hand-kept indexes, the habits of a real one."""

from __future__ import annotations

import datetime
from pathlib import Path

from aiblog.core.canonical import source_hash

PARAGRAPH = {
    "en": " ".join(["Dynamic resource allocation moves device requests out of the scheduler and into the API."] * 4),
    "zh": "动态资源分配把设备请求从调度器扩展移进了 API，驱动自己说明有哪些设备，调度器按此选择节点。" * 4,
}
SUFFIX = {"en": "", "zh": "_zh"}
SECTIONS = 12
"""Sections of a post: with these a file has about 6 kB."""


def write_blog(root: Path, posts: int) -> None:
    """Writes that many posts, two files each and a day apart, below `root`/docs/blog, with an index and a selection.

    Each Chinese edition is a translation that covers the English one.
    """
    first = _day(0)
    entries, bullets = [], []
    for number in range(posts):
        date, slug = _day(number), f"notes-on-topic-{number}"
        folder = root / "docs" / "blog" / date
        folder.mkdir(parents=True)
        link = ""
        for language, suffix in SUFFIX.items():
            path = folder / f"{slug}{suffix}.md"
            text = _post(number, date, language, path.relative_to(root).as_posix(), link)
            path.write_text(text, encoding="utf-8")
            link = f"translation_of: ./{slug}.md\nsource_hash: {source_hash(text.encode())}\n"
        entries.append(
            f"## {date}: Notes on topic {number}\n\n"
            f"- [Notes on topic {number} (English)](./{date}/{slug}.md)\n"
            f"- [关于主题 {number} 的笔记 (Chinese)](./{date}/{slug}_zh.md)\n\n"
            f"What topic {number} is, and when to use it.\n"
        )
        bullets.append(f"- [Notes on topic {number}](./docs/blog/{date}/{slug}.md)\n")
    index = f"---\nstatus: Active\nlast_updated: {first}\n---\n\n# Blog\n\nNewest first.\n\n" + "\n".join(entries)
    (root / "docs" / "blog" / "README.md").write_text(index, encoding="utf-8")
    (root / "README.md").write_text("# Notes\n\n## Blog\n\n" + "".join(bullets[:9]), encoding="utf-8")
    (root / ".markdownlint.json").write_text('{"MD013": false}\n', encoding="utf-8")


def add_links(root: Path, posts: int) -> None:
    """Puts ten links into each file of such a blog, one in a paragraph: seven to other posts, three to what is near."""
    for number in range(posts):
        others = [(7 * number + step) % posts for step in range(1, 8)]
        for language, suffix in SUFFIX.items():
            (path,) = root.glob(f"docs/blog/*/notes-on-topic-{number}{suffix}.md")
            twin = f"notes-on-topic-{number}{'' if suffix else SUFFIX['zh']}.md"
            links = [f"../{_day(other)}/notes-on-topic-{other}{suffix}.md" for other in others]
            links += [f"./{twin}", "../README.md#blog", "../../../README.md"]
            text = path.read_text(encoding="utf-8")
            for link in links:
                text = text.replace(f"{PARAGRAPH[language]}\n", f"{PARAGRAPH[language]} [{link[-12:]}]({link})\n", 1)
            path.write_text(text, encoding="utf-8")


def edit_sources(root: Path, posts: int) -> None:
    """Changes a word in so many of the sources."""
    for number in range(posts):
        (path,) = root.glob(f"docs/blog/*/notes-on-topic-{number}.md")
        path.write_text(path.read_text(encoding="utf-8").replace("scheduler", "planner", 1), encoding="utf-8")


def _day(number: int) -> str:
    return (datetime.date(2025, 12, 22) - datetime.timedelta(days=number)).isoformat()


def _post(number: int, date: str, language: str, path: str, link: str) -> str:
    title = f"Notes on topic {number}" if language == "en" else f"关于主题 {number} 的笔记"
    header = f"status: Active\nmaintainer: ada\ndate: {date}\ntags: kubernetes, topic-{number % 20}\n"
    sections = (f"## {title} {part}\n\n{PARAGRAPH[language]}\n" for part in range(1, SECTIONS + 1))
    return f"---\n{header}canonical_path: {path}\n{link}---\n\n# {title}\n\n" + "\n".join(sections)
