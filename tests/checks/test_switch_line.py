"""switch-line, and what link-missing mends in that line."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from aiblog.checks.rules import RULES
from aiblog.core.edit import applied
from aiblog.core.language import default_language
from aiblog.core.switch_line import SwitchStyle
from support.subjects import HEADER, SETTINGS, subject

EN, ZH, JA = (f"posts/2026-02-25/roi{suffix}.md" for suffix in ("", "_zh", "_ja"))
THREE = SETTINGS._replace(languages=(*SETTINGS.languages, default_language("ja", "_ja")))
ACTIVE = HEADER.replace("Draft", "Active")
OF_EN = "---\nstatus: Active\ntranslation_of: ./roi.md\n---\n\n"


@dataclass
class Page:
    """An English page with that body, beside other editions; what the rules find there, and what mends it."""

    body: str
    beside: dict[str, str] = field(default_factory=lambda: {ZH: f"{OF_EN}# 回报\n\n[English](roi.md)\n"})
    settings: object = THREE
    style: SwitchStyle | None = None
    published: bool = True

    def _subject(self, text: str) -> object:
        made = subject(text, EN, self.beside, self.settings)  # type: ignore[arg-type]
        return made._replace(switch_style=lambda: self.style, published=self.published)

    def found(self, rule: str = "switch-line") -> list[str]:
        places = RULES[rule].finds(self._subject(ACTIVE + self.body))  # type: ignore[arg-type]
        return [f"{each.line - ACTIVE.count(chr(10))}:{each.column} {each.message}" for each in places]

    def mended(self, rule: str = "switch-line") -> str:
        text = ACTIVE + self.body
        places = RULES[rule].finds(self._subject(text))  # type: ignore[arg-type]
        after = applied(text.encode(), [edit for place in places for edit in place.edits]).decode()
        assert not list(RULES["switch-line"].finds(self._subject(after)))  # type: ignore[arg-type]
        return after.removeprefix(ACTIVE)


def test_a_linked_page_that_leads_nowhere_gets_the_line_that_the_other_edition_has() -> None:
    page = Page("# ROI\n\nText.\n")
    assert page.found() == ["1:1 no line here leads to ./roi_zh.md"]
    assert page.mended() == "# ROI\n\nEnglish | [中文](./roi_zh.md)\n\nText.\n"
    page.style = SwitchStyle(alone=True, labels={"zh": "中文版"})
    assert page.mended() == "# ROI\n\n[中文版](./roi_zh.md)\n\nText.\n"


def test_a_line_that_lacks_an_edition_gains_it_whether_the_post_is_linked_or_not() -> None:
    for head in (OF_EN, "---\nstatus: Active\n---\n\n", ""):
        page = Page("# ROI\r\n\r\n*[汉语](roi_zh.md)*\r\n\r\nText.", {ZH: f"{head}# 回报\n", JA: f"{head}# 利益\n"})
        assert page.found() == ["3:1 the line does not lead to ./roi_ja.md"]
        assert page.mended() == "# ROI\r\n\r\n*[汉语](roi_zh.md) | [日本語](./roi_ja.md)*\r\n\r\nText."


@pytest.mark.parametrize(
    "beside",
    [
        {},
        {ZH: "# 回报\n"},
        {ZH: "---\nstatus: Draft\ntranslation_of: ./roi.md\n---\n\n# 回报\n"},
        {ZH: f"{OF_EN}# 回报\n\n<!-- aiblog:todo -->\nText.\n"},
        {ZH: "---\nstatus: [\n---\n\n# 回报\n"},
    ],
)
def test_nothing_is_asked_for_a_pair_that_is_not_linked_or_an_edition_that_readers_do_not_have(
    beside: dict[str, str],
) -> None:
    stated = THREE._replace(switch_line="all")
    assert Page("# ROI\n\nText.\n", beside, stated).found() == []


def test_editions_without_any_line_are_asked_for_one_where_the_blog_states_it() -> None:
    page = Page("# ROI\n\nText.\n", {ZH: f"{OF_EN}# 回报\n"})
    assert page.found() == []
    page.settings = THREE._replace(switch_line="others")
    assert page.found() == ["1:1 no line here leads to ./roi_zh.md"]


@pytest.mark.parametrize(
    "body",
    [
        "# ROI\n\nEnglish | [中文](./roi_zh.md)\n",
        "[中文](roi_zh.md)\n\n# ROI\n",
        "# ROI\n\n- [English](roi.md)\n- [中文](roi_zh.md)\n",
        '# ROI\n\n<p><a href="roi_zh.md">中文</a></p>\n',
    ],
)
def test_a_page_that_leads_to_its_editions_in_any_way_is_no_finding(body: str) -> None:
    assert Page(body).found() == []


def test_a_draft_and_a_blog_whose_theme_has_the_line_are_not_asked_for_one() -> None:
    assert Page("# ROI\n", published=False).found() == []
    none = THREE._replace(switch_line="none")
    assert Page("# ROI\n", settings=none).found() == []
    both = {ZH: f"{OF_EN}# 回报\n", JA: f"{OF_EN}# 利益\n"}
    assert Page("# ROI\n\n[中文](roi_zh.md)\n", both, none).found() == ["3:1 the line does not lead to ./roi_ja.md"]


def test_a_link_of_the_line_that_leads_to_nothing_is_mended_there_and_found_once() -> None:
    page = Page("# ROI\n\nEnglish / [中文](roi_zh.md) / [日本語](roi_ja.md)\n\nText.\n")
    assert page.found() == []
    assert page.found("link-missing") == ["3:35 roi_ja.md does not exist (there is ./roi.md)"]
    assert page.mended("link-missing") == "# ROI\n\nEnglish / [中文](roi_zh.md)\n\nText.\n"
    moved = Page("# ROI\n\nEnglish | [中文版](./roi.zh.md)\n\nText.\n")
    assert moved.found() == moved.found("link-missing") == []
    assert moved.found("moved-link") == ["3:17 ./roi.zh.md has moved to ./roi_zh.md (found by its slug)"]
    assert moved.mended("moved-link") == "# ROI\n\nEnglish | [中文版](./roi_zh.md)\n\nText.\n"
    gone = Page("# ROI\n\nEnglish | [中文](./roi_zh.md)\n\nText.\n", {})
    assert gone.mended("link-missing") == "# ROI\n\nText.\n"


def test_a_link_in_the_text_that_leads_to_nothing_is_left_to_its_author() -> None:
    page = Page("# ROI\n\nEnglish | [中文](./roi_zh.md)\n\nSee [日本語](./roi_ja.md).\n")
    assert page.mended("link-missing") == page.body
