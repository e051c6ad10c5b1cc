"""What `init` would write, and that it changes nothing else."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from aiblog.adapters import blog as blogs
from aiblog.adapters.files import apply
from aiblog.adapters.markdown_lint import lint
from aiblog.core.language import default_language
from aiblog.core.settings import Git, Index, Key, Settings
from aiblog.core.settings_yaml import parsed
from aiblog.errors import AiblogError
from aiblog.workflows.init import Init, planned, settings_of, surveyed
from support.program import tree


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def written(folder: Path, said: Init | None = None) -> list[str]:
    """Runs init there; the paths it wrote."""
    survey = surveyed(folder)
    changes = planned(survey, settings_of(survey, said or Init()))
    apply(survey.root, changes)
    return [change.path for change in changes.changes]


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    """Three posts, an index, a habit of messages, a remote; no aiblog.yaml."""
    root = tmp_path / "blog"
    root.mkdir()
    git(root, "init", "--quiet")
    git(root, "remote", "add", "origin", "https://example.org/blog.git")
    for number in (1, 2, 3):
        write(root, f"docs/2026-01-0{number}/p{number}.md", f"---\nstatus: Live\ndate: 2026-01-0{number}\n---\n\n# P\n")
        git(root, "add", ".")
        git(root, "commit", "--quiet", "--message", f"blog: P{number}")
    links = "".join(f"## 2026-01-0{number}: P\n\n- [P](./2026-01-0{number}/p{number}.md)\n\n" for number in (3, 2, 1))
    write(root, "docs/README.md", f"# Posts\n\n{links}")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "Add an index")
    return root


def test_a_blog_that_is_there_gets_aiblog_yaml_and_nothing_else(blog: Path) -> None:
    before = tree(blog)
    assert written(blog / "docs") == ["aiblog.yaml"]
    text = (blog / "aiblog.yaml").read_text(encoding="utf-8")
    settings = parsed(text)
    assert settings == Settings(
        posts="docs",
        front_matter=(
            Key("status", role="status", required=True, published="Live"),
            Key("date", role="date", required=True),
        ),
        indexes=(Index("docs/README.md"),),
        git=Git("main", "origin", message="blog: {title}"),
    )
    assert settings._replace(git=Git()) == blogs.inferred(blog).settings
    for evidence in ("3 of 3 files", "3 files", "no file yet", "lists 3 of 3 published posts", "3 of 4 commits"):
        assert f"# {evidence}" in text
    assert {path: data for path, data in tree(blog).items() if path != "aiblog.yaml"} == before


def test_each_inference_has_its_evidence(blog: Path) -> None:
    git(blog, "remote", "add", "fork", "https://example.org/fork.git")
    write(blog, "old/archive/2024-01-01/p.md", "# P\n")
    write(blog, "README.md", "# B\n\n## 最新\n\n* **[P](docs/2026-01-03/p3.md)**\n* **[P](docs/2026-01-02/p2.md)**\n")
    written(blog)
    lines = [
        re.sub(" +", " ", line.strip()) for line in (blog / "aiblog.yaml").read_text(encoding="utf-8").splitlines()
    ]
    for line in (
        "posts: docs # 3 files",
        "archive: old/archive # 1 file",
        'path: "{date}/{slug}{lang}.md" # 3 of 3 files',
        "status: {draft: Draft, published: Live, required: true} # 3 of 3 files: Live 3",
        "date: {required: true} # 3 of 3 files",
        "title: heading # 3 of 3 files",
        "- path: docs/README.md # lists 3 of 3 published posts",
        'style: sections # "## {date}: {title}", then "- [P](./…)", newest first',
        "- path: README.md # lists 2 of 3 published posts",
        'style: list # "* **[{title}](…)**", newest first',
        "limit: 2",
        "base: main # the branch checked out",
        "remote: origin # one of several remotes",
        'message: "blog: {title}" # 3 of 4 commits',
    ):
        assert line in lines


def test_messages_in_chinese_are_learned_from_the_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    for number, title in enumerate(("显卡调度", "键值缓存", "网络驱动"), 1):
        write(tmp_path, f"posts/2026-01-0{number}/p{number}.md", f"# {title}\n")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--quiet", "--message", f"博客：新文章《{title}》" if number > 1 else "开始")
    survey = surveyed(tmp_path)
    assert survey.git.message == "博客：新文章《{title}》"
    assert survey.git_evidence["git.message"] == "2 of 3 commits"


def test_a_second_run_finds_nothing_to_add(blog: Path) -> None:
    written(blog)
    before = tree(blog)
    assert written(blog) == []
    assert tree(blog) == before


def test_a_second_run_adds_what_is_new_and_keeps_what_a_person_wrote(blog: Path) -> None:
    written(blog)
    path = blog / "aiblog.yaml"
    own = path.read_text(encoding="utf-8").replace("posts: docs", "# ours, by hand\nposts: docs").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + own.encode())
    write(blog, "docs/2026-01-04/p4_ja.md", "---\nstatus: Live\nauthor: Ada\n---\n\n# 四\n")
    bullets = "".join(f"- [P](docs/2026-01-0{number}/p{number}.md)\n" for number in (3, 2, 1))
    write(blog, "README.md", f"# Home\n\n## Blog\n\n{bullets}")
    assert written(blog) == ["aiblog.yaml"]
    after = path.read_bytes().decode()
    settings = parsed(after)
    assert [each.code for each in settings.languages] == ["en", "zh", "ja"]
    assert [each.name for each in settings.front_matter] == ["status", "date", "author"]
    assert settings.indexes[1] == Index("README.md", "list", complete=False, under="Blog")
    lines = own.split("\r\n")
    assert [line for line in after.removeprefix("\ufeff").split("\r\n") if line in lines] == lines
    assert after.startswith("\ufeff")
    assert after.count("\n") == after.count("\r\n")
    assert written(blog) == []


def test_what_a_person_has_decided_is_not_proposed_again(blog: Path) -> None:
    write(blog, "aiblog.yaml", "posts: docs\nlanguages: {en: {}}\nfront_matter:\n  when: {role: date}\n")
    assert written(blog) == ["aiblog.yaml"]
    settings = parsed((blog / "aiblog.yaml").read_text(encoding="utf-8"))
    assert [each.code for each in settings.languages] == ["en"]
    assert [(key.name, key.role) for key in settings.front_matter] == [("when", "date"), ("status", "status")]


def test_a_configuration_for_another_layout_learns_nothing_from_this_one(blog: Path) -> None:
    write(blog, "aiblog.yaml", "posts: elsewhere\nlanguages: {fr: {}}\nindexes: []\nfront_matter: {}\n")
    assert written(blog) == []


@pytest.mark.parametrize("repository", [True, False])
def test_an_empty_place_becomes_a_new_blog(tmp_path: Path, repository: bool) -> None:
    if repository:
        git(tmp_path, "init", "--quiet")
    assert written(tmp_path) == ["posts/README.md", ".markdownlint.json", "aiblog.yaml"]
    settings = parsed((tmp_path / "aiblog.yaml").read_text(encoding="utf-8"))
    assert settings == Settings()._replace(indexes=(Index("posts/README.md"),))
    assert written(tmp_path) == []
    assert blogs.posts(blogs.opened(tmp_path)) == []


def test_a_new_blog_can_have_other_languages(tmp_path: Path) -> None:
    written(tmp_path, Init(languages=("zh", "fr")))
    settings = parsed((tmp_path / "aiblog.yaml").read_text(encoding="utf-8"))
    assert settings.languages == (default_language("zh", ""), default_language("fr", "_fr"))
    assert (tmp_path / "posts/README.md").read_text(encoding="utf-8").startswith("# 文章\n")


def test_a_repository_with_other_files_keeps_every_one(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "README.md", "# Project\n")
    write(tmp_path, "posts/README.md", "# My own words\n")
    write(tmp_path, ".markdownlint.yaml", "MD013: false\n")
    before = tree(tmp_path)
    assert written(tmp_path) == ["aiblog.yaml"]
    assert {path: data for path, data in tree(tmp_path).items() if path != "aiblog.yaml"} == before


def test_a_run_that_stopped_before_aiblog_yaml_is_completed(tmp_path: Path) -> None:
    written(tmp_path)
    whole = tree(tmp_path)
    for path in ("aiblog.yaml", ".markdownlint.json"):
        (tmp_path / path).unlink()
    assert written(tmp_path) == [".markdownlint.json", "aiblog.yaml"]
    assert tree(tmp_path) == whole


def test_the_key_for_new_dates_can_be_chosen(blog: Path) -> None:
    for number in (4, 5, 6, 7):
        write(blog, f"docs/2026-01-0{number}/p{number}.md", f"---\nlast_updated: 2026-01-0{number}\n---\n\n# P\n")
    assert "date_key" in surveyed(blog).learned.unclear
    written(blog, Init(date_key="last_updated"))
    settings = parsed((blog / "aiblog.yaml").read_text(encoding="utf-8"))
    assert settings.key("date") == Key("last_updated", role="date")
    assert settings.key("updated") == Key("date", role="updated")
    assert written(blog, Init(date_key="last_updated")) == []


def test_a_language_can_be_added_later(blog: Path) -> None:
    written(blog, Init(languages=("en",)))
    assert [each.code for each in parsed((blog / "aiblog.yaml").read_text(encoding="utf-8")).languages] == ["en"]
    written(blog, Init(languages=("zh",)))
    assert parsed((blog / "aiblog.yaml").read_text(encoding="utf-8")).languages[1] == default_language("zh", "_zh")
    assert written(blog, Init(languages=("zh",))) == []


@pytest.mark.parametrize(
    ("configuration", "said", "code", "message"),
    [
        ("posts: docs\nlanguges: {}\n", Init(), "settings-invalid", ':2: unknown key "languges"; the nearest is "la'),
        ("posts: docs\n", Init(date_key="when"), "usage", "says already which key holds the date"),
        (None, Init(date_key="when"), "usage", '--date-key "when": one of these was wanted: date'),
    ],
)
def test_a_refusal_changes_nothing(blog: Path, configuration: str | None, said: Init, code: str, message: str) -> None:
    if configuration:
        write(blog, "aiblog.yaml", configuration)
    before = tree(blog)
    with pytest.raises(AiblogError) as error:
        written(blog, said)
    assert error.value.code == code
    assert message in error.value.message
    assert tree(blog) == before


def test_what_a_new_blog_gets_passes_its_own_rules(tmp_path: Path) -> None:
    written(tmp_path)
    entry = "\n## 2026-02-25: 贡献开源的 ROI\n\n- [贡献开源的 ROI (Chinese)](./2026-02-25/roi_zh.md)\n\nA summary.\n"
    index = (tmp_path / "posts/README.md").read_bytes() + entry.encode()
    assert lint(tmp_path, {"posts/README.md": index}) == []
    assert [each.message for each in lint(tmp_path, {"posts/README.md": b"# Long\n\n" + b"x " * 70 + b"\n"})] != []


@pytest.mark.parametrize("place", ["aiblog.yaml", "posts"])
def test_a_link_where_a_file_would_go_is_refused(tmp_path: Path, place: str) -> None:
    root = tmp_path / "blog"
    root.mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / place).symlink_to(outside / "aiblog.yaml" if place == "aiblog.yaml" else outside)
    with pytest.raises(AiblogError) as error:
        written(root)
    assert error.value.code == "unsafe-path"
    assert list(outside.iterdir()) == []
    assert [each.name for each in root.iterdir()] == [place]


def test_what_is_learned_of_the_real_blog_is_read_back(corpus_copy: Path) -> None:
    git(corpus_copy, "init", "--quiet")
    git(corpus_copy, "add", ".")
    git(corpus_copy, "commit", "--quiet", "--message", "All of it")
    before = tree(corpus_copy)
    inferred = blogs.opened(corpus_copy)
    assert written(corpus_copy) == ["aiblog.yaml"]
    assert blogs.opened(corpus_copy).settings == inferred.settings._replace(git=Git(base="main"))
    posts = blogs.posts(blogs.opened(corpus_copy))
    editions = [edition for post in posts for edition in post.editions.values()]
    assert (len(posts), len(editions), sum(not each.has_header for each in editions)) == (21, 38, 4)
    assert posts == blogs.posts(inferred)
    assert written(corpus_copy) == []
    assert {path: data for path, data in tree(corpus_copy).items() if path != "aiblog.yaml"} == before
