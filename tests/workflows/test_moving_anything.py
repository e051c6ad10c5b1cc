"""Random blogs with random links, moved about at random: links hold, and all of it goes back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.adapters import files
from aiblog.core.links import relative
from aiblog.core.moves import Moves
from aiblog.errors import AiblogError
from support.link_graph import led_on, link_graph
from support.moves import all_posts, relocations, requested
from support.program import tree
from support.repositories import write

SETTINGS = """\
posts: 博客
archive: 归档
path: "{pattern}"
languages:
  en: {{suffix: ""}}
  zh: {{suffix: _zh}}
front_matter:
  date: {{}}
  canonical_path: {{from: path}}
indexes:
  - {{path: 博客/README.md, style: sections, complete: true}}
  - {{path: README.md, style: list, complete: false}}
  - {{path: 归档/README.md, style: sections, complete: true}}
"""
PATTERNS = [
    "{date}/{slug}{lang}.md",
    "{date}/{date}-{slug}{lang}.md",
    "{date}-{slug}/index{lang}.md",
    "{slug}/{date}{lang}.md",
]
DATES = ["2026-01-05", "2026-01-10", "2026-02-20"]
SLUGS = ["roi", "kv-cache", "dra"]
OTHERS = ["notes.md", "文 档/说明(1).md", "博客/图/a b.png", "docs/x.svg", "docs/deep/y.md"]
GONE = ["gone.md", "博客/2026-01-05/没有.md"]


class Edition(NamedTuple):
    date: str
    slug: str
    language: str

    @property
    def path(self) -> str:
        return f"博客/{self.date}/{self.slug}{'_zh' if self.language == 'zh' else ''}.md"


def written(form: int, to: str) -> str:
    """A link to a path as people write one; the same for each form."""
    encoded = quote(to, safe="/.#?=-_") if form % 2 else to.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    forms = [
        f"[a]({encoded})",
        f'![图]({encoded} "题")',
        f"[b](<{to}>)" if "<" not in to else f"[b]({encoded})",
        f"| c |\n| - |\n| [c]({encoded}#锚) |",
        f"- 一\n\n  > [d][{form}]\n\n[{form}]: {encoded}?q=1",
        f'<a href="{encoded}">e</a>',
        f"<img src='{encoded}'\n alt='f'>",
        f"[g](\n{encoded}\n'题')",
        f"`[h]({encoded})` and\n\n```text\n[i]({encoded})\n```",
    ]
    return forms[form % len(forms)]


@st.composite
def blogs(draw: st.DrawFn) -> dict[str, str]:
    """The files of a blog by path: some posts, other files, links between all of them and to nothing."""
    posts = draw(
        st.lists(st.tuples(st.sampled_from(DATES), st.sampled_from(SLUGS)), min_size=1, max_size=4, unique=True)
    )
    editions = [
        Edition(*post, code) for post in posts for code in draw(st.sampled_from([("en",), ("zh",), ("en", "zh")]))
    ]
    beside = [
        f"博客/{date}/{name}" for date, _ in posts for name in draw(st.sampled_from([(), ("p.png",), ("图/q.png",)]))
    ]
    paths = [*(each.path for each in editions), *beside, *OTHERS]
    folders = sorted({path.rpartition("/")[0] for path in paths if "/" in path})
    targets = st.sampled_from([*paths, *folders, *GONE])

    def body(path: str, few: int) -> str:
        found = []
        for form, to in enumerate(draw(st.lists(st.tuples(st.integers(0, 17), targets), max_size=few))):
            where = relative(path, to[1])
            where = where if draw(st.booleans()) else where.removeprefix("./")
            found.append(written(to[0] + 18 * form, where))
        return "\n\n".join([*found, ""])

    texts = {path: body(path, 3) if path.endswith(".md") else path for path in [*OTHERS, *beside]}
    for each in editions:
        head = f"date: {each.date}\ncanonical_path: {each.path}\n"
        texts[each.path] = f"---\n{head}---\n\n# {each.slug} 题\n\n{body(each.path, 4)}"
    entries = {post: [each for each in editions if (each.date, each.slug) == post] for post in posts}
    sections = "".join(
        f"## {post[0]}: {post[1]}\n\n"
        + "".join(f"- [{each.language}](./{each.path[3:]})\n" for each in own)
        + "\n人说。\n\n"
        for post, own in sorted(entries.items(), reverse=True)
    )
    texts["博客/README.md"] = f"# 博客\n\n{sections}"
    texts["README.md"] = "# R\n\n" + "".join(
        f"- [{own[0].slug}]({own[0].path})\n" for own in list(entries.values())[:2]
    )
    texts["aiblog.yaml"] = SETTINGS.format(pattern=PATTERNS[0])
    return texts


Step = tuple[str, int, str, str]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["mv", "redate", "archive", "unarchive", "migrate"]),
        st.integers(0, 3),
        st.sampled_from([*SLUGS, "new-name", "旧"]),
        st.sampled_from([*DATES, "2026-03-03"]),
    ),
    min_size=1,
    max_size=5,
)


def asked(folder: Path, step: Step) -> dict[str, object]:
    """The request of a step; which of the posts, slugs, dates and patterns it means."""
    kind, number, slug, date = step
    if kind == "migrate":
        return {"pattern": PATTERNS[number]}
    posts = all_posts(folder)
    to = {"mv": {"slug": slug}, "redate": {"date": date}}.get(kind, {"archived": kind == "archive"})
    return {"relocations": relocations(folder, posts[number % len(posts)].name, **to)}


MERGED = frozenset({"博客/README.md", "归档/README.md"})


@settings(max_examples=30, deadline=None)
@given(blogs(), STEPS)
def test_what_is_linked_stays_linked_and_taken_back_all_is_as_it_was(texts: dict[str, str], steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, texts)
        trees, done = [tree(folder)], []
        for step in steps:
            before = link_graph(folder)
            try:
                made = requested(folder, **asked(folder, step))
            except AiblogError:
                assert tree(folder) == trees[-1]
                continue
            done.append(files.apply(made.root, made.changes))
            assert led_on(link_graph(folder), Moves({}), MERGED) == led_on(before, made.moves, MERGED)
            trees.append(tree(folder))
        for changes in reversed(done):
            assert tree(folder) == trees.pop()
            files.apply(folder, changes.reversed())
        assert tree(folder) == trees.pop()
