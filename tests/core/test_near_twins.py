"""Posts of one day that are probably one."""

from __future__ import annotations

import pytest

from aiblog.core.layout import Found
from aiblog.core.near_twins import near_twins


def found(slug: str, language: str, date: str = "2026-02-25") -> Found:
    return Found(f"{date}/{slug}_{language}.md", date, slug, language, f"_{language}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gpu-scheduling", "gpu-schedulling"),
        ("gpu-scheduling", "gpu-shceduling"),
        ("gpu-scheduling", "gpu-sheduling"),
        ("gpu-scheduling", "gpu-schedulinh"),
        ("gpu-scheduling", "GPU_Scheduling"),
        ("kubernetes-1.35", "kubernetes-135"),
        ("显卡调度与网络驱动", "显卡调度和网络驱动"),
    ],
)
def test_slugs_that_differ_a_little_are_near(one: str, other: str) -> None:
    paths = sorted((f"2026-02-25/{one}_en.md", f"2026-02-25/{other}_zh.md"))
    assert near_twins([found(one, "en"), found(other, "zh")]) == [tuple(paths)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("part-1", "part-2"),
        ("kubernetes-1.35", "kubernetes-1.36"),
        ("gpu", "cpu"),
        ("gpu-scheduling", "gpu-shedulinng-x"),
        ("gpu-scheduling", "gang-scheduling"),
        ("scheduling-ab", "scheduling-cd"),
        ("abcdefgh", "hbcdefga"),
    ],
)
def test_other_slugs_are_two_posts(one: str, other: str) -> None:
    assert near_twins([found(one, "en"), found(other, "zh")]) == []


def test_posts_with_the_same_language_or_of_other_days_or_without_one_are_two() -> None:
    one, other = "gpu-scheduling", "gpu-schedulling"
    assert near_twins([found(one, "en"), found(other, "en")]) == []
    assert near_twins([found(one, "en"), found(one, "zh"), found(other, "zh")]) == []
    assert near_twins([found(one, "en"), found(other, "zh", "2026-02-26")]) == []
    assert near_twins([found(one, "en", ""), found(other, "zh", "")]) == []


def test_many_posts_of_one_day_are_compared_all_the_same() -> None:
    many = [found(f"a-topic-like-{number}-others", "en") for number in range(2000)]
    assert near_twins([*many, found("a-topic-like-77-other", "zh")]) == [
        ("2026-02-25/a-topic-like-77-other_zh.md", "2026-02-25/a-topic-like-77-others_en.md")
    ]
