"""metadata-missing, metadata-invalid, date-mismatch and slug-invalid."""

import pytest

from aiblog.core.settings import Settings
from support.subjects import HEADER, PATH, SETTINGS, found


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_complete_front_matter_is_no_finding_whatever_its_newlines(bom: str, newline: str) -> None:
    assert found(bom + f"{HEADER}# ROI\n".replace("\n", newline)) == []


def test_no_front_matter_is_one_finding_that_names_the_keys() -> None:
    assert found("# ROI\n") == [
        (
            "1:1 metadata-missing there is no front matter; this blog's posts have one "
            "(status, maintainer, date, last_updated, tags, canonical_path)"
        )
    ]


def test_a_blog_without_front_matter_misses_none() -> None:
    assert found("# ROI\n", settings=SETTINGS._replace(front_matter=())) == []


def test_a_required_key_is_found_absent_and_empty_but_not_one_that_publish_fills() -> None:
    assert found("---\ntags: a\n---\n") == ["1:1 metadata-missing maintainer is missing; this blog requires it"]
    assert found("---\nstatus:\nmaintainer: ''\ndate:\n---\n") == [
        "3:1 metadata-missing maintainer is empty; this blog requires it"
    ]
    assert found("---\nmaintainer: []\n---\n") == ["2:1 metadata-missing maintainer is empty; this blog requires it"]
    assert found("---\r\n# who\r\nmaintainer:\r\n---\r\n") == [
        "3:1 metadata-missing maintainer is empty; this blog requires it"
    ]


def test_a_front_matter_that_cannot_be_read_is_one_finding_on_its_line() -> None:
    assert found("---\nmaintainer: x\nmaintainer: y\n---\n") == [
        '3:1 metadata-invalid "maintainer" twice; simple YAML was wanted'
    ]
    assert found("---\nmaintainer: x\n") == ["1:1 metadata-invalid the front matter is not closed by a --- line"]


def test_a_derived_path_that_is_another_files_is_found() -> None:
    other = HEADER.replace(f"canonical_path: {PATH}", "canonical_path: posts/2026-02-25/other.md")
    assert found(other) == [
        (
            '5:1 metadata-invalid canonical_path is "posts/2026-02-25/other.md"; the file\'s own path '
            '"posts/2026-02-25/roi.md" was wanted'
        )
    ]


@pytest.mark.parametrize(
    "date", ["25.2.2026", "2026-02-30", "2026-2-5", "today", "[2026-02-25]", "{a: b}", "2026-02-25x"]
)
def test_a_value_that_is_no_date_is_found_once(date: str) -> None:
    for key in ("date", "last_updated"):
        header = f"---\nmaintainer: x\n{key}: {date}\n---\n"
        (finding,) = found(header)
        assert finding.startswith(f"3:1 metadata-invalid {key} is ")
        assert finding.endswith("; a date such as 2026-02-25 was wanted")


@pytest.mark.parametrize("date", ["2026-02-25", '"2026-02-25"', "2026-02-25 10:00:00", "2026-02-25T10:00:00+08:00", ""])
def test_a_date_may_have_quotes_and_a_time_of_day(date: str) -> None:
    assert found(f"---\nmaintainer: x\ndate: {date}\n---\n") == []


def test_a_date_that_is_not_the_paths_is_found_but_an_update_on_another_day_is_not() -> None:
    assert found("---\nmaintainer: x\ndate: 2026-02-24T23:00\n---\n") == [
        "3:1 date-mismatch date is 2026-02-24; the path says 2026-02-25"
    ]
    assert found("---\nmaintainer: x\ndate: 2026-02-25\nlast_updated: 2026-03-01\n---\n") == []


def test_a_path_without_a_date_mismatches_none() -> None:
    settings: Settings = SETTINGS._replace(path="{slug}{lang}.md")
    assert found("---\nmaintainer: x\ndate: 2020-01-01\n---\n", "posts/roi.md", settings=settings) == []


def test_a_slug_of_other_characters_is_found_but_a_languages_suffix_is_not() -> None:
    header = "---\nmaintainer: x\n---\n"
    assert found(header, "posts/2026-02-25/roi_zh.md") == []
    assert found(header, "posts/2026-02-25/roi_en.md") == []
    assert found(header, "posts/2026-02-25/开源_zh.md") == [
        '1:1 slug-invalid the slug "开源" of this file\'s name will not do: letters a-z, digits and hyphens were wanted'
    ]
