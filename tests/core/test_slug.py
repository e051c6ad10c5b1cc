"""Case 16: slugs: refused, proposed, suggested."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiblog.core.slug import LONGEST, slug_error, slug_from_title, slug_proposal


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "..",
        ".git",
        "-rf",
        "a/b",
        "CON",
        "con",
        "nul",
        "com1",
        "a.",
        "a b",
        "贡献",
        "Upper",
        "a--b",
        "a-",
        "x" * 81,
        "é",
        "a\n",
    ],
)
def test_a_slug_that_will_not_do_is_refused_and_has_a_proposal_that_does(slug: str) -> None:
    assert slug_error(slug)
    assert slug_error(slug_proposal(slug)) is None


def test_twins_by_case_and_unicode_form_are_refused() -> None:
    assert "already" in (slug_error("intro", ["Intro"]) or "")
    assert "already" in (slug_error("Intro", ["intro"]) or "")
    assert "already" in (slug_error("intro", ["intro"]) or "")
    assert slug_error("intro", ["outro"]) is None


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_title_gets_a_slug_that_will_do(title: str) -> None:
    slug = slug_from_title(title.encode("utf-8", "ignore").decode())
    assert slug_error(slug) is None
    assert len(slug.encode()) <= LONGEST


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Hello, World", "hello-world"),
        ("贡献开源的 ROI：LF Research 2025 年调查报告解读", "roi-lf-research-2025"),
        ("贡献开源", "gong-xian-kai-yuan"),
        ("Été à Paris", "ete-a-paris"),
        ("🎉", "post"),
        ("CON", "con-post"),
        ("README", "readme-post"),
        ("Summary", "summary-post"),
        (
            "OCI Is Quietly Taking Over Everything: How Images and Registries Became the Backbone",
            "oci-quietly-taking-over-everything-how-images-registries",
        ),
    ],
)  # fmt: skip
def test_a_suggestion_is_short_and_readable(title: str, slug: str) -> None:
    assert slug_from_title(title) == slug
