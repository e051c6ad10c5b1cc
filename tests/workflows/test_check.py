"""A check of a blog on the disk: what is mended there, and files that are not regular ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiblog.adapters.blog import opened
from aiblog.adapters.files import apply
from aiblog.workflows import check
from aiblog.workflows.check import Request, checked
from support.repositories import SETTINGS, made_blog, write

VALUES = "status: active # 发布\ndate: 2026-02-25\ntags: >\n  - 大模型\n  - gpu\nlang: {}\n"
TEXT = f"\ufeff---\n{VALUES}---\n\n# 标题\n\n正文。"


def _found(folder: Path, **words: object) -> list[str]:
    return [f"{each.path} {each.rule}" for each in checked(opened(folder), Request(**words)).findings]  # type: ignore[arg-type]


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    write(tmp_path, {"aiblog.yaml": SETTINGS.replace("posts/README.md", "posts/none.md")})
    (tmp_path / "posts/2026-02-25").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_front_matter_is_mended_other_bytes_stay_and_nothing_is_left(blog: Path, newline: str) -> None:
    text = TEXT.replace("\n", newline)
    for name, lang in (("roi.md", "zh"), ("roi_zh.md", "en")):
        (blog / "posts/2026-02-25" / name).write_bytes(text.format(lang).encode())
    rules = frozenset({"status-unknown", "list-in-block-scalar", "lang-mismatch"})
    assert len(_found(blog, select=rules)) == 6
    apply(blog, checked(opened(blog), Request(select=rules, fix=True)).changes)
    assert _found(blog, select=rules) == []
    wanted = text.replace("active", "Active").replace(newline.join([">", "  - 大模型", "  - gpu"]), "大模型, gpu")
    for name, lang in (("roi.md", "en"), ("roi_zh.md", "zh")):
        assert (blog / "posts/2026-02-25" / name).read_bytes() == wanted.format(lang).encode()


def test_a_link_with_a_posts_name_is_a_stray_and_is_not_read(blog: Path) -> None:
    (blog / "posts/2026-02-25-roi.md").symlink_to("/dev/zero")
    (blog / "posts/2026-02-26-gone.md").symlink_to("nowhere")
    assert _found(blog, select=frozenset({"path-stray"})) == [
        "posts/2026-02-25-roi.md path-stray",
        "posts/2026-02-26-gone.md path-stray",
    ]


PAGE = "# 标题title \n\n\n* 甲\n* 乙\n\n<!-- aiblog:disable-next-line markdown -->\n尾 \n\n## 结束!\n"


@pytest.mark.parametrize(
    ("setting", "select", "left", "after"),
    [
        (
            "check: {spacing: true}\n",
            (),
            ["markdown"],
            PAGE.replace("题title ", "题 title").replace("\n\n\n", "\n\n"),
        ),
        ("", ("spacing",), [], PAGE.replace("题title", "题 title")),
        ("", ("markdown",), ["markdown"], PAGE.replace("title ", "title").replace("\n\n\n", "\n\n")),
        ("check: {ignore: [markdown]}\n", ("markdown",), [], PAGE),
    ],
)
def test_what_the_linter_corrects_is_mended_where_it_is_asked_for(
    blog: Path, setting: str, select: tuple[str, ...], left: list[str], after: str
) -> None:
    (blog / "aiblog.yaml").write_text((blog / "aiblog.yaml").read_text() + setting)
    (blog / ".markdownlint.json").write_text("{}")
    path = blog / "posts/2026-02-25/roi.md"
    path.write_text(PAGE)
    rules = frozenset(select or ("markdown", "spacing"))
    result = checked(opened(blog), Request(select=rules, fix=True))
    assert path.read_text() == PAGE, "a check writes nothing by itself"
    apply(blog, result.changes)
    assert path.read_text() == after
    assert [each.rule for each in result.findings] == left
    assert [each.rule for each in checked(opened(blog), Request(select=rules, fix=True)).findings] == left
    assert checked(opened(blog), Request(select=rules, fix=True)).changes.changes == ()


def test_a_post_that_cannot_be_read_any_more_is_a_finding_and_the_others_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made_blog(tmp_path / "blog")
    first, last = folder / "posts/2026-02-25/new.md", folder / "posts/2026-01-10/old.md"
    write(folder, {"posts/2026-02-25/new.md": "---\nstatus: Draft\n---\n\n# 新\n\n[a](./nowhere.md)\n"})
    monkeypatch.setattr(check, "BATCH", 1)

    def take_away(_done: int, _count: int, _what: str) -> None:
        last.unlink(missing_ok=True)

    found = check.checked(opened(folder), check.Request(), take_away).findings
    said = [f"{each.path} {each.rule} {each.message}" for each in found if each.severity == "error"]
    assert first.exists()
    assert "posts/2026-02-25/new.md link-missing ./nowhere.md does not exist" in said
    assert any(each.startswith("posts/2026-01-10/old.md metadata-invalid") for each in said)


def test_a_file_that_only_an_index_links_is_used_whichever_rules_are_asked_for(tmp_path: Path) -> None:
    folder = made_blog(tmp_path / "blog")
    index = (folder / "posts/README.md").read_text(encoding="utf-8")
    write(folder, {"posts/README.md": f"{index}\n![图](./2026-01-10/map.png)\n", "posts/2026-01-10/map.png": "PNG"})
    assert _found(folder, select=frozenset({"file-unused"})) == []
