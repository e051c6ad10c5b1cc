"""Whatever lies in a folder: it is learned without an error, and what is learned can be written and read back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.learn import learned
from aiblog.core.learn_index_shape import shape_evidence
from aiblog.core.settings_yaml import parsed, settings_text

FOLDERS = [
    "posts",
    "en",
    "zh",
    "zh-CN",
    "archive",
    "2026-01-01",
    "2026-01-02",
    "文章",
    "a b",
    "index",
    "README",
    "c:d",
    "x\\y",
    "é\x07",
]
NAMES = [
    "index",
    "README",
    "_index",
    "p",
    "p_zh",
    "p-zh",
    "p.zh",
    "p.zh-cn",
    "2026-01-01-p",
    "2026-01-02-p_en",
    "2026-13-01-p",
    "好",
    "_zh",
    "-zh",
    ".zh",
    "p q",
    "#p",
    "p\u200b",
    "{date}",
    "1.5",
    "2026-01-01-",
    "p\n",
]
PARTS = [
    "---\n",
    "---\n",
    "title: T\n",
    "title: 好\n",
    "date: 2026-01-01\n",
    "date: 2026-01-02 09:00:00 +0800\n",
    "pubDate: 2026-01-01\n",
    "lang: de\n",
    "draft: true\n",
    "draft: false\n",
    "status: Draft\n",
    "status: \x85\n",
    "tags: [a, b]\n",
    "tags:\n  - a\n",
    "x: [\n",
    "on: yes\n",
    "# 好\n",
    "# T\n",
    "## 2026-01-01: T\n",
    "## \x07 2026-01-02\n",
    "\n",
    "* \u202e[P](2026-01-01/p.md)\n",
    "- [P](p.md)\n",
    "- [P](posts/2026-01-01/p.md)\n",
    "[中文](p_zh.md)\n",
    "\ufeff",
    "\r\n",
    "```\n",
    "<!--\n",
    "{title} text\n",
]

paths = st.builds(
    lambda folders, name: "/".join([*folders, f"{name}.md"]),
    st.lists(st.sampled_from(FOLDERS), max_size=4),
    st.sampled_from(NAMES),
)
texts = st.one_of(st.lists(st.sampled_from(PARTS), max_size=8).map("".join), st.text(max_size=30))


@given(st.dictionaries(paths, texts, max_size=14))
@settings(max_examples=100, deadline=None)
def test_anything_can_be_learned_and_what_is_learned_is_read_back(files: dict[str, str]) -> None:
    def read(path: str) -> bytes:
        return files[path].encode("utf-8", "surrogatepass")

    found = learned(sorted(files), read, read)
    days = {each.path: each.date for each in found.editions}
    shapes = {
        f"indexes.{index.path}.style": shape_evidence(read(index.path), index, days, found.settings.languages)
        for index in found.settings.indexes
    }
    assert parsed(settings_text(found.settings, found.evidence | shapes)) == found.settings
