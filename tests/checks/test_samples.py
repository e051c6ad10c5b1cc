"""Each rule finds the bad sample of its own docstring, nothing in the good one, and stands in docs/rules.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aiblog.checks.blog_rules import BLOG_RULES
from aiblog.checks.description import Description, description
from aiblog.checks.rules import RULES
from aiblog.checks.subject import Subject
from aiblog.checks.whole import Whole
from aiblog.core.settings import Index
from aiblog.workflows.check import descriptions
from support.pairs import pair
from support.subjects import HEADER, PATH, SETTINGS, subject
from support.wholes import whole

RULES_PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
BESIDE = {
    "posts/2026-02-24/costs.md": "",
    "posts/2026-02-24/costs_zh.md": "",
    "posts/2026-02-25/images/roi.png": "",
    "posts/2026-02-25/roi.md": "",
    "posts/2026-02-25/roi_zh.md": "# 回报率\n",
}
TRANSLATION = HEADER.replace("---\n\n", "translation_of: ./roi_zh.md\n---\n\n")


def _described(rule: str) -> Description:
    return description(rule, RULES[rule].severity, RULES[rule].finds)


def _with_sample(rule: str, sample: str) -> Subject:
    """The sample where it belongs: a file's name, lines of the front matter, or of the text; `⏎` is a line's end."""
    if rule == "slug-invalid":
        path = f"posts/2026-02-25/{sample}"
        return subject(HEADER.replace(PATH, path), path)
    text = sample.replace("⏎", "\n")
    if " → " in text:
        times = 100 if rule == "parity-length" else 1
        source, translation = (" ".join([part] * times) for part in text.split(" → "))
        return pair(f"# ROI\n\n{source}\n", f"# 回报率\n\n{translation}\n", BESIDE)
    keys = re.findall(r"(?m)^\w+(?=:)", text)
    if keys:
        places = [match for key in keys if (match := re.search(rf"(?m)^{key}:.*\n", HEADER))]
        at = min((match.start() for match in places), default=HEADER.index("canonical_path"))
        rest = re.sub(rf"(?m)^(?:{'|'.join(keys)}):.*\n", "", HEADER)
        return subject(f"{rest[:at]}{text}\n{rest[at:]}# ROI\n", beside=BESIDE)
    if rule == "stub":
        return pair("# ROI\n\nText.\n", f"# 回报率\n\n{text}\n", keys="translation_of: ./roi.md\n")
    if rule == "switch-line":
        back = {"posts/2026-02-25/roi_zh.md": "# 回报率\n\n[English](./roi.md)\n"}
        return subject(f"{TRANSLATION}# ROI\n\n{text}\n", beside=BESIDE | back)
    return subject(f"{HEADER}# ROI\n\n{text}\n", beside=BESIDE)


def _code(sample: str) -> str:
    """The sample as code in a cell of a table."""
    text = sample.replace("|", r"\|")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


@pytest.mark.parametrize("rule", RULES)
def test_the_bad_sample_is_found_and_the_good_one_is_not(rule: str) -> None:
    described = _described(rule)
    assert len(list(RULES[rule].finds(_with_sample(rule, described.bad)))) == 1
    for each in RULES.values():
        assert list(each.finds(_with_sample(rule, described.good))) == []


def _with_index(rule: str, sample: str) -> Whole:
    """An index that lists the post `roi`; the sample is that post's status, its heading, or in a second entry."""
    status = sample if rule == "index-unlisted" else "status: Active"
    heading = sample if rule == "index-stale-title" else "## 2026-02-25: ROI"
    entry = f"{heading}\n\n- [ROI](./2026-02-25/roi.md)\n"
    more = f"\n## 2026-02-25: Another\n\n{sample}\n" if not {status, heading} & {sample} else ""
    first = "" if rule in {"index-unlisted", "index-moved-link"} else entry
    texts = {
        "posts/README.md": f"# Posts\n\n{first}{more}",
        "posts/2026-02-25/roi.md": f"---\n{status}\n---\n\n# ROI\n",
        "posts/2026-02-26/draft.md": "---\nstatus: Draft\n---\n\n# A draft\n",
    }
    settings = SETTINGS._replace(indexes=(Index("posts/README.md"),))
    return whole(texts, settings, {"posts/2026-02-25/roi.md": {"The old title"}})


def _whole_with_sample(rule: str, sample: str) -> Whole:
    """A blog that the sample is part of: its files, its tags, its index, or what its index has to list."""
    if sample.startswith("posts/"):
        return whole(dict.fromkeys(sample.split(" and "), HEADER))
    if rule == "file-unused":
        return whole({PATH: f"{HEADER}{sample}\n", "posts/2026-02-25/images/roi.png": ""})
    if rule.startswith("index-"):
        return _with_index(rule, sample)
    known, *others = sample.split(", ") if rule == "tag-near-duplicate" else ["kubernetes", sample]
    return whole(
        {
            f"posts/2026-02-{day:02}/post.md": f"---\nstatus: Active\ntags: {tag}\n---\n\n# ROI\n"
            for day, tag in enumerate([known, known, *others], 1)
        }
    )


@pytest.mark.parametrize("rule", BLOG_RULES)
def test_the_bad_sample_of_a_rule_of_the_blog_is_found_and_the_good_one_is_not(rule: str) -> None:
    described = description(rule, BLOG_RULES[rule].severity, BLOG_RULES[rule].finds)
    assert len(list(BLOG_RULES[rule].finds(_whole_with_sample(rule, described.bad)))) == 1
    assert list(BLOG_RULES[rule].finds(_whole_with_sample(rule, described.good))) == []


def test_the_rules_page_says_what_the_docstrings_say() -> None:
    rows = [
        f"| `{each.name}` | {each.severity} | {each.finds} | {_code(each.bad)} | {_code(each.good)} | {each.why} |"
        for each in descriptions()
    ]
    row = re.compile(r"\| `[\w-]+` \| (?:error|warning|information) \|")
    written = [line for line in RULES_PAGE.read_text(encoding="utf-8").splitlines() if row.match(line)]
    assert written == rows


def test_no_message_ends_in_a_full_stop_or_breaks_the_line() -> None:
    for rule in RULES:
        for place in RULES[rule].finds(_with_sample(rule, _described(rule).bad)):
            assert not place.message.endswith(".")
            assert "\n" not in place.message
