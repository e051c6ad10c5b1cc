"""Every finding of the rules on the real blog was read: each is true. The list holds them all."""

from __future__ import annotations

from pathlib import Path

from aiblog.adapters.blog import opened, posts
from aiblog.checks.rules import findings
from aiblog.checks.subject import Subject

KEYS = "status, maintainer, date, last_updated, tags, canonical_path"
NO_HEADER = f"there is no front matter; this blog's posts have one ({KEYS})"
DRANET = "docs/blog/2025-12-17/dranet-kubernetes-network-driver_zh.md"

VERDICTS = [
    # Its links count from docs/kubernetes and docs, where the post does not lie.
    f"{DRANET}:303:36 link-missing ../kubernetes/dra.md does not exist",
    f"{DRANET}:304:14 link-missing ../kubernetes/dra-performance-testing.md does not exist",
    f"{DRANET}:305:12 link-missing ../kubernetes/scheduling-optimization.md does not exist",
    f"{DRANET}:319:32 link-missing ../kubernetes/nri.md does not exist",
    (
        f"{DRANET}:330:21 link-missing ../blog/2025-11-25/gang-scheduling_zh.md does not exist"
        " (there is ../2025-11-25/gang-scheduling_zh.md)"
    ),
    (
        f"{DRANET}:331:31 link-missing ../blog/2025-11-25/topology-aware-scheduling_zh.md does not exist"
        " (there is ../2025-11-25/topology-aware-scheduling_zh.md)"
    ),
    (
        f"{DRANET}:332:19 link-missing ../blog/2025-12-08/gke-65k-nodes_zh.md does not exist"
        " (there is ../2025-12-08/gke-65k-nodes_zh.md)"
    ),
    # Four files of the blog begin with their heading.
    f"docs/blog/2025-12-08/agones.md:1:1 metadata-missing {NO_HEADER}",
    f"docs/blog/2025-12-08/agones_zh.md:1:1 metadata-missing {NO_HEADER}",
    f"docs/blog/2025-11-28/agent-sandbox.md:1:1 metadata-missing {NO_HEADER}",
    f"docs/blog/2025-11-28/agent-sandbox_zh.md:1:1 metadata-missing {NO_HEADER}",
    # Written the day before.
    "docs/blog/2025-11-25/gang-scheduling.md:4:1 date-mismatch date is 2025-11-24; the path says 2025-11-25",
    "docs/blog/2025-11-25/gang-scheduling_zh.md:4:1 date-mismatch date is 2025-11-24; the path says 2025-11-25",
]


def test_the_rules_find_these_true_things_and_no_other(corpus: Path) -> None:
    blog = opened(corpus)

    def kind_of(path: str) -> str | None:
        return "folder" if (corpus / path).is_dir() else "file" if (corpus / path).is_file() else None

    def names_in(folder: str) -> list[str]:
        return [each.name for each in (corpus / folder).iterdir()] if (corpus / folder).is_dir() else []

    found = [
        f"{each.path}:{each.line}:{each.column} {each.rule} {each.message}"
        for post in posts(blog)
        for edition in post.editions.values()
        for each in findings(
            Subject(post, edition, (corpus / edition.path).read_bytes(), blog.settings, kind_of, names_in)  # type: ignore[arg-type]
        )
    ]
    assert sorted(found) == sorted(VERDICTS)
