"""The habit of a blog's commit messages."""

import pytest

from aiblog.core.learn_messages import message_habit


@pytest.mark.parametrize(
    ("subjects", "habit"),
    [
        (["Add blog post: A", "Add blog post: B", "Fix a typo"], ("Add blog post: {title}", "2 of 3 commits")),
        (["新文章：甲", "docs: A", "docs: B", "docs: C"], ("docs: {title}", "3 of 4 commits")),
        (["博客：显卡调度", "博客：键值缓存", "修正"], ("博客：{title}", "2 of 3 commits")),
        (["docs: A", "Fix it", "More", "Again"], None),
        (["Add blog post: A"], None),
        ([], None),
    ],
)
def test_a_habit_is_a_prefix_of_most(subjects: list[str], habit: tuple[str, str] | None) -> None:
    assert message_habit(subjects) == habit


TITLES = ("GPU Scheduling", "GPU Scheduling, Part 2", "显卡调度", "AI")


@pytest.mark.parametrize(
    ("subjects", "habit"),
    [
        (["新文章《显卡调度》", "新文章《GPU Scheduling》"], ("新文章《{title}》", "2 of 2 commits")),
        (["Post GPU Scheduling (#12)", "Post 显卡调度 (#13)", "x"], ("Post {title}", "2 of 3 commits")),
        (["blog: GPU Scheduling, Part 2", "blog: GPU Scheduling"], ("blog: {title}", "2 of 2 commits")),
        (["AI: one", "AI: two"], ("AI: {title}", "2 of 2 commits")),
        (["{x} GPU Scheduling", "{x} 显卡调度"], None),
    ],
)
def test_a_habit_is_what_stands_around_the_posts_titles(subjects: list[str], habit: tuple[str, str] | None) -> None:
    assert message_habit(subjects, TITLES) == habit
