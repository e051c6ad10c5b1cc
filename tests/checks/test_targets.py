"""link-missing and image-missing, and how the case of a name is mended."""

import pytest

from aiblog.checks.rules import found as found_with_places
from aiblog.core.edit import applied
from support.subjects import HEADER, found, subject

BODY_LINE = HEADER.count("\n") + 1


def _body(text: str, *beside: str, newline: str = "\n") -> list[str]:
    """What is found in a body, its first line being line 1, beside files of the post's folder."""
    files = {each if each.startswith("/") else f"posts/2026-02-25/{each}": "" for each in beside}
    result = found((HEADER + text).replace("\n", newline), beside={path.lstrip("/"): "" for path in files})
    return [f"{int(each.split(':')[0]) - BODY_LINE + 1}:{each.split(':', 1)[1]}" for each in result]


def test_the_place_of_a_broken_target_is_that_of_its_destination() -> None:
    text = "中文 [甲](./a.md) 和 ![乙](图/b.png)\n"
    expected = ["1:8 link-missing ./a.md does not exist", "1:23 image-missing 图/b.png does not exist"]
    assert _body(text) == expected
    assert _body(text, newline="\r\n") == expected
    assert _body(text, "a.md", "图/b.png") == []


def test_a_bom_shifts_no_column() -> None:
    (missing, link) = found("\ufeff[a](b.md)\n")
    assert "metadata-missing" in missing
    assert link == "1:5 link-missing b.md does not exist"


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("[a](a%20b.md)", "a b.md"),
        ("[a](<a b.md>)", "a b.md"),
        ("[a](%E4%B8%AD%E6%96%87.md)", "中文.md"),
        ("[a](./x_(1).md#L1)", "x_(1).md"),
        ("[a](x.md?plain=1)", "x.md"),
        ("[a](images/)", "images/x.png"),
        ("[a](../../README.md)", "/README.md"),
        ("[a](../)", "x.md"),
        ("[a](../..)", "x.md"),
        ('<img src="x.png" alt="x">', "x.png"),
        ("[a]: ./x.md\n\n[a]", "x.md"),
    ],
)
def test_a_target_that_is_there_is_no_finding(text: str, there: str) -> None:
    assert _body(f"{text}\n", there) == []


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://example.org/x.md) <https://example.org> [b](mailto:a@example.org) [c](//example.org/x.md)",
        "[a](#) [b](/absolute.md) [c](../../../outside.md) ![d](data:image/png;base64,AA)",
        "`[a](x.md)` <!-- [a](x.md) -->\n\n```md\n[a](x.md) ![a](x.png)\n```\n\n    [a](x.md)",
        "[a]({{site.url}}/x.md) ![b]({{site.url}}/x.png)",
        "<!--\n[a]: x.md\n-->",
        "正文。[^1]\n\n[^1]: 来源：某报告",
        "[a](C%23.md) ![b](what%3F.png)",
    ],
)
def test_what_is_no_relative_link_is_no_finding(text: str) -> None:
    assert _body(f"{text}\n") == []


def test_a_definition_that_nothing_uses_leads_nobody_anywhere() -> None:
    assert _body("text\n\n[a]: x.md\n") == []


def test_definitions_tables_and_html_count() -> None:
    text = "| a |\n| --- |\n| ![x](t.png) |\n\n[ref] ![pic]\n\n[ref]: r.md\n[pic]: p.png\n\n"
    text += "<a href='h.html'><img src=\"s.png\"></a>\n"
    assert [each.split(" does")[0] for each in _body(text)] == [
        "3:8 image-missing t.png",
        "7:8 link-missing r.md",
        "8:8 image-missing p.png",
        "10:10 link-missing h.html",
        "10:28 image-missing s.png",
    ]


@pytest.mark.parametrize(
    ("written", "there", "offered"),
    [
        ("./img/roi.png", ["images/roi.png"], "./images/roi.png"),
        ("images/roi.png", ["roi.png"], "./roi.png"),
        ("roi.jpg", ["roi.png"], "./roi.png"),
        ("images/chart-2025.png", ["images/chart-2026.png"], "./images/chart-2026.png"),
        ("../2026-02-24/roi.png", ["/posts/2026-02-25/img/roi.png"], "./img/roi.png"),
        ("img/roi.png", ["/posts/2026-02-24/roi.png"], "../2026-02-24/roi.png"),
        ("./Images/ROI.png", ["images/roi.png"], "./images/roi.png; upper and lower case matter"),
        ("cafe\u0301.png", ["caf\u00e9.png"], "./caf\u00e9.png; in another Unicode form"),
    ],
)
def test_a_near_file_is_offered(written: str, there: list[str], offered: str) -> None:
    assert _body(f"![a]({written})\n", *there) == [f"1:6 image-missing {written} does not exist (there is {offered})"]


def test_nothing_is_offered_where_nothing_is_near() -> None:
    assert _body("![a](img/chart.png)\n", "notes.txt") == ["1:6 image-missing img/chart.png does not exist"]


def test_an_image_that_is_a_folder_is_found() -> None:
    assert _body("![a](images)\n", "images/x.png") == ["1:6 image-missing images is a folder; an image was wanted"]


def test_a_page_with_many_broken_links_is_checked_in_order() -> None:
    places = [each.split()[0] for each in _body("[a](x.md)\n" * 30)]
    assert places == [f"{line}:5" for line in range(1, 31)]


def _mended(text: str | bytes, *beside: str) -> bytes:
    """The body after the edits of what is found in it, beside files of the post's folder."""
    header = HEADER.encode()
    data = header + (text.encode() if isinstance(text, str) else text)
    made = subject(data, beside={f"posts/2026-02-25/{each}": "" for each in beside})
    return applied(data, (edit for _, place in found_with_places(made) for edit in place.edits)).removeprefix(header)


@pytest.mark.parametrize(
    ("written", "there", "mended"),
    [
        ("![图](./Images/ROI.png)", "images/roi.png", "![图](./images/roi.png)"),
        ("![图](Images/ROI.png 'a title')", "images/roi.png", "![图](images/roi.png 'a title')"),
        ("[甲](<./A b.md?plain=1#Part>)", "a b.md", "[甲](<./a b.md?plain=1#Part>)"),
        ("[甲](A%20b.md#Part)", "a b.md", "[甲](a%20b.md#Part)"),
        ("[甲](Images/)", "images/x.png", "[甲](images/)"),
        ("[甲](./A&amp;b.md)", "a&b.md", "[甲](./a&b.md)"),
        (r"[甲](B\_c/A\_b.md)", "B_c/a_b.md", r"[甲](B\_c/a_b.md)"),
        ("![a](cafe\u0301.png)", "caf\u00e9.png", "![a](caf\u00e9.png)"),
        ("[a](%E4%B8%AD%E6%96%87A.md)", "中文a.md", "[a](%E4%B8%AD%E6%96%87a.md)"),
        ("[x]\n\n[x]: ../2026-02-25/A.md\n\n", "a.md", "[x]\n\n[x]: ./a.md\n\n"),
        ("<img src=\"Images/x.png\" alt='甲'>", "images/x.png", "<img src=\"images/x.png\" alt='甲'>"),
    ],
)
def test_a_name_of_another_case_or_unicode_form_is_mended_and_nothing_else(
    written: str, there: str, mended: str
) -> None:
    assert _mended(f"前文 {written} 后文\r\n", there).decode() == f"前文 {mended} 后文\r\n"


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("[a](A.md)", ["a.MD", "a.md"]),
        ("[a](img/a.md)", ["images/a.md"]),
    ],
)
def test_what_has_more_than_one_right_answer_is_left(written: str, there: list[str]) -> None:
    assert _mended(f"{written}\n", *there).decode() == f"{written}\n"
    assert len(_body(f"{written}\n", *there)) == 1


def test_a_file_that_is_no_utf_8_is_not_mended_by_characters() -> None:
    assert _mended(b"\xff [a](A.md)\n", "a.md") == b"\xff [a](A.md)\n"
