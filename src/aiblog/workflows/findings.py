"""What the checks find in posts that are to be published, and whether it stops them."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from functools import partial

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.adapters.markdown_lint import RULE as MARKDOWN
from aiblog.adapters.markdown_lint import SPACING, lint
from aiblog.checks.repeated import not_repeated
from aiblog.checks.rules import RULES, admitted, findings
from aiblog.checks.subject import Subject
from aiblog.core import header
from aiblog.core.finding import Finding
from aiblog.core.index import entry_lines
from aiblog.core.nearest import nearest
from aiblog.core.post import Edition
from aiblog.errors import AGAIN, AiblogError
from aiblog.workflows.gone import Gone
from aiblog.workflows.publish_plan import Plan
from aiblog.workflows.ready import LARGEST, Ready, linked

FILE_IGNORED = "file-ignored"
FILE_TOO_LARGE = "file-too-large"
UNPUBLISHED = "link-unpublished"
ALL_RULES = (*RULES, MARKDOWN, SPACING, FILE_IGNORED, FILE_TOO_LARGE, UNPUBLISHED)
"""Every rule of a publish, by the name that `--allow` takes."""


def findings_of(blog: Blog, plan: Plan, allowed: Collection[str] = ()) -> list[Finding]:
    """What the checks find in the plan's posts, in their order, and in the entries they get; no information.

    Where `markdown` is allowed the linter is not called: rules that cannot be read stop nothing then.
    """
    found: list[Finding] = []
    of_rules = _of_rules(blog, plan)
    for each in plan.posts:
        for edition in each.editions.values():
            found += [finding for finding in of_rules[edition.path] if not _needless(blog, each, finding)]
        found += _unpublished(plan, each)
    found += [_left_out(blog, path) for path in plan.left_out]
    return found if MARKDOWN in allowed else [*found, *not_repeated(_markdown(blog, plan), found)]


def _of_rules(blog: Blog, plan: Plan) -> dict[str, list[Finding]]:
    """What the rules find in each edition, by its path."""
    gone = Gone(
        blog,
        lambda: [*plan.all_editions.values(), *blogs.posts(blog, archived=True)],
        lambda path: blog.kind_of(path) == "file",
    )
    today = blogs.today(blog.settings)
    subjects = {
        edition.path: _subject(blog, plan, each, edition, today)._replace(moved=partial(gone.moved, by=edition.path))
        for each in plan.posts
        for edition in each.editions.values()
    }
    found = {path: findings(subject) for path, subject in subjects.items()}
    return found | {path: findings(subjects[path]) for path in gone.look()}


def _subject(blog: Blog, plan: Plan, each: Ready, edition: Edition, today: str) -> Subject:
    return Subject(
        post=each.post,
        edition=edition,
        data=each.before[edition.path],
        settings=blog.settings,
        kind_of=blog.kind_of,
        names_in=blog.names_in,
        read=blog.find,
        posts=plan.all_editions,
        today=today,
    )


def _needless(blog: Blog, each: Ready, finding: Finding) -> bool:
    """Whether it stops and warns of nothing: information, or a status that publishing sets."""
    key = blog.settings.key("status")
    if finding.rule == "status-unknown" and key is not None:
        return header.read(each.after[finding.path]).values.get(key.name) == key.published
    return finding.severity == "information"


def _unpublished(plan: Plan, each: Ready) -> list[Finding]:
    """Links to editions that will not be on the branch: they lead nowhere until those are published."""
    repository = plan.place.repository
    there = {*plan.content.files, *plan.content.parent}
    message = f"is neither on {plan.place.base.name} nor part of this publish"
    return [
        Finding(path, link.line, link.column, UNPUBLISHED, f"{link.destination} {message}", "warning")
        for path, link, target in linked(each.before)
        if target in plan.all_editions and repository.path(target) not in there
    ]


def _left_out(blog: Blog, path: str) -> Finding:
    if blog.size_of(path) > LARGEST:
        message = f"the file is larger than {LARGEST // 1024 // 1024} MiB, which hosting services refuse"
        return Finding(path, 1, 1, FILE_TOO_LARGE, message)
    return Finding(path, 1, 1, FILE_IGNORED, "the post links to this file, but git ignores it")


def _markdown(blog: Blog, plan: Plan) -> list[Finding]:
    """What the blog's own Markdown rules reject in the editions, and in the entries (not in the rest of an index)."""
    prefix = plan.place.repository.prefix
    texts = {path: data for each in plan.posts for path, data in each.before.items()}
    entries = {edit.index.path: plan.content.blobs[prefix + edit.index.path] for edit in plan.edits}
    contents = {**texts, **entries}
    linted = lint(blog.root, contents, spacing=blog.settings.check.spacing)
    found = [finding for each in linted for finding in admitted([each], blog.settings, contents[each.path])]
    own = [finding for finding in found if finding.path in texts]
    for edit in plan.edits:
        data = entries[edit.index.path]
        for each in plan.posts:
            lines = entry_lines(data, edit.index, each.post.paths, edit.editions)
            own += [
                _naming_the_flag(finding, data)
                for finding in found
                if finding.path == edit.index.path and lines is not None and finding.line - 1 in lines
            ]
    return own


def _naming_the_flag(finding: Finding, data: bytes) -> Finding:
    """The finding with the flag that says it otherwise: the words of an entry come from flags, not from a file."""
    line = data.split(b"\n")[finding.line - 1].strip()
    flag = "--index-title" if line.startswith((b"#", b"- [", b"* [", b"+ [")) else "--summary"
    if flag == "--index-title" and not line.startswith(b"#"):
        flag = "--link-label or --index-title"
    return Finding(finding.path, finding.line, finding.column, finding.rule, f"{finding.message} ({flag} says this)")


def require_known_rules(names: Collection[str]) -> None:
    """Refuses (`usage`) a rule nobody knows, with the nearest one."""
    for name in names:
        if name not in ALL_RULES:
            sentence = f'--allow: no rule "{name}"{nearest(name, ALL_RULES)}'
            raise AiblogError("usage", sentence, "aiblog check --list-rules")


def as_they_are(plan: Plan, found: Sequence[Finding]) -> list[Finding]:
    """The findings at the paths that their files have now, before posts move that do."""
    moved = plan.moved
    return [each._replace(path=moved.is_at(each.path)) for each in found] if moved else list(found)


def require_passed(plan: Plan, found: Sequence[Finding], allowed: Collection[str]) -> None:
    """Refuses (`check-failed`, carrying the findings) where errors are found that are not allowed by name.

    Nothing has moved then: paths are those of now.
    """
    stopping = [finding for finding in found if finding.severity == "error" and finding.rule not in allowed]
    if not stopping:
        return
    texts = {path for each in plan.posts for path in each.before}
    own = [finding for finding in stopping if finding.path in texts]
    paths = dict.fromkeys(finding.path for finding in as_they_are(plan, own))
    hints = [f"edit {shlex.join(paths)}"] if paths else []
    if mended := dict.fromkeys(finding.path for finding in as_they_are(plan, own) if finding.fixable):
        hints.append(f"aiblog check {shlex.join(mended)} --fix")
    stubs = {finding.path for finding in stopping if finding.rule == "stub"}
    written = list(dict.fromkeys(code for each in plan.posts for code in each.linked))
    if written and {finding.path for finding in stopping} == stubs:
        hints.append(f"{AGAIN} {' '.join(f'--lang {code}' for code in written)}")
    rules = sorted({finding.rule for finding in stopping})
    hints.append(f"{AGAIN} {' '.join(f'--allow {rule}' for rule in rules)}")
    count = "1 finding stops" if len(stopping) == 1 else f"{len(stopping)} findings stop"
    what = "the post" if len(plan.posts) == 1 else "the posts"
    raise AiblogError("check-failed", f"{count} {what}", *hints, findings=as_they_are(plan, stopping))
