"""Numbers as people write them in English and in Chinese: each is found in the other language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.numbers import missing, numbers, plain


def lost(source: str, translation: str) -> list[str]:
    """The numbers of the source that the translation does not have."""
    return [number.written for number in missing(plain(source), plain(translation))]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("October 2025", "2025 年 10 月"),
        ("Nov. 28, 2025", "2025年11月28日"),
        ("2025-11-05", "2025 年 11 月 5 日"),
        ("the 1990s", "90 年代"),
        ("65,000 nodes", "6.5 万个节点"),
        ("65K nodes", "65000 个节点"),
        ("10k+ stars", "1 万多个星"),
        ("about 10,000", "约一万"),
        ("120 million requests", "1.2 亿次请求"),
        ("4.63 million", "463 万"),
        ("1.5 billion", "15 亿"),
        ("2 trillion", "2 万亿"),
        ("3M tokens", "300 万个 token"),
        ("175B parameters", "1750 亿参数"),
        ("20-30 thousand", "2-3 万"),
        ("3–5 million", "300 万到 500 万"),
        ("50%", "百分之五十"),
        ("50 percent", "五成"),
        ("50 percent", "50%"),
        ("50%", "一半"),
        ("30-50%", "三成到五成"),
        ("99.98% of upgrades", "99.98％的升级"),
        ("0.5", "50%"),
        ("3 clusters", "三个集群"),
        ("2 of them", "其中两个"),
        ("12 months", "十二个月"),
        ("25 teams", "二十五个团队"),
        ("128 GPUs", "一百二十八张 GPU"),
        ("120 people", "一百二十人"),
        ("120 people", "一百二的人"),
        ("from 3 to 5", "三到五"),
        ("3 or 5", "三五个"),
        ("3-5 replicas", "3～5 个副本"),
        ("the 3rd attempt", "第三次"),
        ("a 1.5x speedup", "1.5 倍"),
        ("2x faster", "快一倍，即翻倍"),
        ("1.5 hours", "一个半小时，即 1 个半小时"),
        ("v1.34", "v1.34 版"),
        ("Kubernetes 1.34.2", "Kubernetes 1.34.2"),
        ("Q3 2025", "2025 年第三季度"),
        ("1/3 of the cost", "三分之一的成本"),
        ("1/2", "一半"),
        ("3 PM", "15:00"),
        ("3:30 PM", "下午三点半"),
        ("1\u202f000\u202f000", "100 万"),
        ("10 years", "十年"),
        ("8 GB", "８ GB"),
        ("step 1", "步骤①"),
        ("5,000 pods and 1,200 nodes", "五千个 Pod，一千二百个节点"),
        ("twenty-five percent", "25%"),
        ("two hundred thousand", "20 万"),
        ("65,000 nodes", "65.000 Knoten"),
        ("3.5 times", "3,5-mal"),
        ("1,234.56 euros", "1.234,56 Euro"),
        ("nodes 3,5", "节点 3、5"),
        ("FY25 and 1H26", "2025 财年与 2026 年上半年"),
        ("a 25 percent cut", "减少四分之一"),
        ("33.3% and 67%", "三分之一、三分之二"),
        ("1/4 of them", "其中的 25%"),
        ("0.3%", "千分之三"),
        ("65%", "六成五"),
        ("1.5 years, 2.5 times", "一年半，两倍半"),
        ("3½ hours", "三个半小时"),
        ("6 months, 15 minutes", "半年，一刻钟"),
        ("2:30 p.m.", "14:30"),
        ("12:30 a.m.", "0:30"),
        ("half a million", "50 万"),
        ("a million and a half", "150 万"),
        ("two and a half million", "250 万"),
        ("Double 11, on November 11", "双十一"),
        ("", "十分小心，万一，千万不要"),
    ],
)
def test_a_number_is_the_same_in_both_languages(english: str, chinese: str) -> None:
    assert lost(english, chinese) == []
    assert lost(chinese, english) == []


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("65,000 nodes", "65 万个节点", ["65,000"]),
        ("65,000 nodes", "6,500 个节点", ["65,000"]),
        ("120 million", "12 亿", ["120 million"]),
        ("6.5 万个节点", "6.5 thousand nodes", ["6.5 万"]),
        ("in 2024, not 2025", "2025 年", ["2024"]),
        ("by 37%", "提升三成", ["37%"]),
        ("百分之五十", "15 percent", ["百分之五十"]),
        ("三十五个", "thirty-six", ["三十五"]),
        ("v1.10", "v1.1", ["1.10"]),
        ("1.34.2", "1.34", ["1.34.2"]),
        ("Q3", "第四季度", ["3"]),
        ("25 nodes, 25 pods", "若干", ["25"]),
        ("twenty-five nodes", "52 个节点", ["twenty-five"]),
    ],
)
def test_a_number_that_is_another_one_is_missing_once(source: str, translation: str, expected: list[str]) -> None:
    assert lost(source, translation) == expected


@pytest.mark.parametrize(
    "source",
    [
        "K8s on H100 and A100, x86, sha256, IPv6",
        "open 24/7, 7x24",
        "one of the first, a second look, both",
        "万一，千万，十分，一起，三个",
        "see https://example.org/2025/11/28?page=37 and ada99@example.org",
        "no numbers at all",
    ],
)
def test_names_idioms_addresses_and_words_that_may_mean_no_number_are_not_asked_for(source: str) -> None:
    assert lost(source, "没有") == []


def test_newlines_stay_where_they_were() -> None:
    text = "前文\n６５０００ 个节点\n①"
    assert plain(text) == "前文\n65000 个节点\n1"
    assert [(each.start, each.written) for each in numbers(plain(text))] == [(3, "65000"), (13, "1")]


NUMBERS = st.integers(2, 10**9)


@settings(max_examples=200, deadline=None)
@given(NUMBERS)
def test_any_number_is_found_however_it_is_grouped_or_scaled(number: int) -> None:
    ways = [
        str(number),
        f"{number:,}",
        f"{number / 10**4:.4f} 万",
        f"{number / 10**8:.8f} 亿",
        f"{number / 10**6:.6f} million",
    ]
    for one in ways:
        for other in ways:
            assert lost(f"x {one} y", f"这里 {other} 个") == []


@settings(max_examples=200, deadline=None)
@given(NUMBERS, NUMBERS)
def test_any_other_number_is_not_found(number: int, other: int) -> None:
    expected = [] if number == other else [str(number)]
    assert lost(f"has {number} nodes", f"有 {other} 个节点") == expected


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "1," * 50_000,
        "1" + " " * 50_000 + "万",
        "百" * 50_000,
        "a@" * 50_000,
        "one " * 50_000,
        "@" + "a" * 90_000,
        "一分之" + "亿" * 12 + "，" + "亿" * 12 + "分之一",
        "1/" * 50_000,
    ],
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    list(missing(plain(text), plain(f"{text} 甲")))


SIGNS = st.text(st.sampled_from("0123456789.,%kKmM万亿十百千两五点成分之半年 -~/+x第'\n①½５٣"), max_size=24)


@settings(max_examples=500, deadline=None)
@given(SIGNS)
def test_any_text_has_its_own_numbers(text: str) -> None:
    assert lost(text, text) == []
