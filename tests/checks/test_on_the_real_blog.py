"""Every finding of the rules on the real blog was read: each is true. The lists hold them all."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from aiblog.adapters.blog import opened
from aiblog.adapters.markdown_lint import RULE as MARKDOWN
from aiblog.workflows.check import Request, checked

KEYS = "status, maintainer, date, last_updated, tags, canonical_path"
NO_HEADER = f"there is no front matter; this blog's posts have one ({KEYS})"
DRANET = "docs/blog/2025-12-17/dranet-kubernetes-network-driver_zh.md"

LINKS = [
    # Its links count from docs/kubernetes and docs, where the post does not lie.
    f"{DRANET}:303:36 error link-missing ../kubernetes/dra.md does not exist",
    f"{DRANET}:304:14 error link-missing ../kubernetes/dra-performance-testing.md does not exist",
    f"{DRANET}:305:12 error link-missing ../kubernetes/scheduling-optimization.md does not exist",
    f"{DRANET}:319:32 error link-missing ../kubernetes/nri.md does not exist",
    # Of posts each one is where the blog has it, and is what the link's text says.
    (
        f"{DRANET}:330:21 error moved-link ../blog/2025-11-25/gang-scheduling_zh.md has moved to"
        " ../2025-11-25/gang-scheduling_zh.md (found by its slug)"
    ),
    (
        f"{DRANET}:331:31 error moved-link ../blog/2025-11-25/topology-aware-scheduling_zh.md has moved to"
        " ../2025-11-25/topology-aware-scheduling_zh.md (found by its slug)"
    ),
    (
        f"{DRANET}:332:19 error moved-link ../blog/2025-12-08/gke-65k-nodes_zh.md has moved to"
        " ../2025-12-08/gke-65k-nodes_zh.md (found by its slug)"
    ),
]

FRONT_MATTER = [
    # Four files of the blog begin with their heading.
    f"docs/blog/2025-12-08/agones.md:1:1 error metadata-missing {NO_HEADER}",
    f"docs/blog/2025-12-08/agones_zh.md:1:1 error metadata-missing {NO_HEADER}",
    f"docs/blog/2025-11-28/agent-sandbox.md:1:1 error metadata-missing {NO_HEADER}",
    f"docs/blog/2025-11-28/agent-sandbox_zh.md:1:1 error metadata-missing {NO_HEADER}",
    # Written the day before.
    "docs/blog/2025-11-25/gang-scheduling.md:4:1 error date-mismatch date is 2025-11-24; the path says 2025-11-25",
    "docs/blog/2025-11-25/gang-scheduling_zh.md:4:1 error date-mismatch date is 2025-11-24; the path says 2025-11-25",
]

NAMES = [
    # The blog's other English editions have no suffix.
    (
        "docs/blog/2025-12-22/oci-taking-over-everything_en.md:1:1 warning path-stray"
        ' the name ends in "_en"; this blog writes oci-taking-over-everything.md; `aiblog migrate --repair` renames it'
    ),
    (
        "docs/blog/2025-12-22/vllm-2025-retro-2026-roadmap_en.md:1:1 warning path-stray"
        ' the name ends in "_en"; this blog writes vllm-2025-retro-2026-roadmap.md;'
        " `aiblog migrate --repair` renames it"
    ),
]

CHINESE = [
    # Each was rendered: readers see the asterisks. The rest of the blog's literal asterisks are the name L*x.
    (
        "docs/blog/2025-12-01/safe-upgrade-rollback_zh.md:16:3 error emphasis-unclosed"
        ' "**模拟版本（Emulation Version…y Version）**"'
        ' shows its asterisks: the closing ** stands between "）" and "的"'
    ),
    (
        'docs/blog/2025-12-01/safe-upgrade-rollback_zh.md:43:1 error emphasis-unclosed "*注意：这不是停止升级的借口！*"'
        ' shows its asterisks: the closing * stands between "！" and "定"'
    ),
    (
        "docs/blog/2025-11-25/gang-scheduling_zh.md:15:1 error emphasis-unclosed"
        ' "**工作负载感知调度（Workload Aware Scheduling）**"'
        ' shows its asterisks: the closing ** stands between "）" and "计"'
    ),
    # The first ** and the last one; between them "和" is what became bold.
    (
        "docs/blog/2025-11-25/topology-aware-scheduling_zh.md:130:7 error emphasis-unclosed"
        ' "**属性（attributes）**和**约束（constraints）**"'
        ' shows its asterisks: the closing ** stands between "）" and "配"'
    ),
]

HALF_WIDTH = {
    # Two posts have half-width punctuation between Chinese characters throughout; no other one has any.
    "docs/blog/2025-12-15/multi-tenancy-isolation_zh.md": 59,
    "docs/blog/2025-12-05/kubernetes-community-operations_zh.md": 12,
}

PAIRS = [
    # The Chinese edition alone has a section of references in Chinese.
    (
        "docs/blog/2025-12-22/oci-taking-over-everything_zh.md:396:1 error parity-headings"
        ' "中文参考" (level 3) is no heading of the source'
    ),
    # Two points that the English edition says in one sentence.
    (
        "docs/blog/2025-12-22/oci-taking-over-everything_zh.md:40:1 warning parity-lists"
        " 2 list items here; the source has none below line 29"
    ),
    # A section with a video in Chinese, which the English edition does not have.
    (
        "docs/blog/2025-12-05/kubernetes-community-operations_zh.md:335:1 error parity-headings"
        ' "视频资源" (level 2) is no heading of the source'
    ),
    (
        "docs/blog/2025-12-05/kubernetes-community-operations_zh.md:337:1 error parity-images the image"
        " https://github.com/user-attachments/assets/cf2c1e26-bec9-414e-b2f5-b6e97c20ff0e is none of the source's"
    ),
    # Five images; the English edition has four, and shows nothing behind its table of three problems.
    (
        "docs/blog/2025-12-02/kcd-hangzhou-observability_zh.md:78:1 error parity-images the image"
        " https://github.com/user-attachments/assets/483edcf4-19df-4c4a-8f22-040f36bfb390 is none of the source's"
    ),
    # Lines of a link's text that begin with "- Name": rendered, they are items of a list, and the links are broken.
    (
        "docs/blog/2025-12-03/ant-group-large-scale-k8s_zh.md:455:1 warning parity-lists"
        " 6 list items here; the source has 4 from line 508 on"
    ),
    (
        "docs/blog/2025-12-01/safe-upgrade-rollback_zh.md:241:1 warning parity-lists"
        " 2 list items here; the source has 1 from line 263 on"
    ),
]

PAIRS_INFORMATION = {
    # Chinese links that the English edition lacks.
    ("docs/blog/2025-12-22/oci-taking-over-everything_zh.md", "parity-links"): 3,
    ("docs/blog/2025-12-05/kubernetes-community-operations_zh.md", "parity-links"): 1,
    # More was written in Chinese than is said in English, a paragraph on what the last list means for one.
    ("docs/blog/2025-12-22/oci-taking-over-everything_zh.md", "parity-length"): 1,
    ("docs/blog/2025-12-22/oci-taking-over-everything_zh.md", "parity-paragraphs"): 1,
    # Behind the section that is Chinese only stands the closing paragraph.
    ("docs/blog/2025-12-05/kubernetes-community-operations_zh.md", "parity-paragraphs"): 1,
    # Five headings of the English edition were broken over two lines: their second halves are paragraphs.
    ("docs/blog/2025-12-03/ant-group-large-scale-k8s_zh.md", "parity-paragraphs"): 5,
}
"""Of the 17 pairs; all were read. Every number, footnote and piece of inline code of the sources is there."""

TAGS_USED_ONCE = 65
"""Counted from the tags of all posts: names of projects and companies, most of them."""

COUNTED = {"punctuation-half-width", "tag-once", *(rule for _, rule in PAIRS_INFORMATION)}

VERDICTS = [*LINKS, *FRONT_MATTER, *NAMES, *CHINESE, *PAIRS]


def test_the_rules_find_these_true_things_and_no_other(corpus_copy: Path) -> None:
    found = checked(opened(corpus_copy), Request(ignore=frozenset({MARKDOWN}))).findings
    said = [
        f"{each.path}:{each.line}:{each.column} {each.severity} {each.rule} {each.message}"
        for each in found
        if each.rule not in COUNTED
    ]
    assert sorted(said) == sorted(VERDICTS)
    assert Counter(each.path for each in found if each.rule == "punctuation-half-width") == HALF_WIDTH
    assert sum(each.rule == "tag-once" for each in found) == TAGS_USED_ONCE
    in_pairs = Counter((each.path, each.rule) for each in found if each.rule.startswith(("parity-", "source-")))
    assert {each: in_pairs[each] for each in in_pairs if each[1] in COUNTED} == PAIRS_INFORMATION
