"""`aiblog publish`, the end: the commit made, pushed and shown; what to do next."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from aiblog.adapters import remote
from aiblog.adapters.blog import Blog
from aiblog.adapters.branches import short_name
from aiblog.adapters.hooks import hooks_of
from aiblog.adapters.remote import compare_url
from aiblog.cli.output import Run
from aiblog.cli.publish_given import After, words_of
from aiblog.core.finding import Finding
from aiblog.core.title import visible
from aiblog.errors import AiblogError
from aiblog.workflows import publish as publishing
from aiblog.workflows.entries import Words
from aiblog.workflows.publish import Published
from aiblog.workflows.publish_plan import Place, Plan, Publish

NOTHING_NEW = "Nothing to commit: it is all there."


def done(
    run: Run, blog: Blog, plan: Plan, names: Sequence[str], request: Publish, after: After, found: list[Finding]
) -> None:
    """Commits, then pushes and opens a pull request if asked; says what was done and how to go on.

    `names` select the plan's posts, in the commands that go on.
    """
    if hooks_of(plan.place.repository).present(verify=request.verify):
        run.progress("Running the commit hooks …")
    made = publishing.apply(blog, plan, switch=request.switch, verify=request.verify)
    for path in made.left:
        run.warn(f"{run.shown(blog.root, path)} changed meanwhile; it is left as it is now, not as committed")
    result = as_json(plan, made, made.files, found)
    if _exists(plan, made):
        lines = [f"{made.commit[:7]}  {visible(plan.target.name)}"]
        try:
            result |= _pushed(run, plan, made, after, lines) if after.push else {}
        except AiblogError:
            with suppress(BrokenPipeError):
                run.result(lines[0])
            raise
        run.result("\n".join(lines))  # last: a reader that has gone stops nothing that was asked for
    run.report(result)
    if not run.json:
        _say_how_to_go_on(run, plan, made, names, request, after)
        _say_what_is_behind(run, blog, plan)


def say_plan(run: Run, blog: Blog, plan: Plan, files: Sequence[str]) -> None:
    """What the diff of a dry run does not show: where the commit goes, and those of its files that stay as they are."""
    if run.json:
        return
    kept = [run.shown(blog.root, path) for path in files if path not in {each.path for each in plan.shown.changes}]
    if kept:
        run.say(f"In the commit as on the disk: {', '.join(kept)}")
    run.say(where_it_goes(plan) if files else NOTHING_NEW)


def where_it_goes(plan: Plan) -> str:
    """The branch of the commit, and what goes there, as one line."""
    posts = "1 post" if len(plan.posts) == 1 else f"{len(plan.posts)} posts"
    indexes = "1 index" if len(plan.edits) == 1 else f"{len(plan.edits)} indexes"
    start = f", from {plan.place.base.name}" if plan.target.tip is None else ""
    beside = len({path for each in plan.posts for path in each.beside})
    more = f", {beside} linked file{'s' if beside > 1 else ''}" if beside else ""
    return f"On branch {plan.target.name}{start}: {posts}, {indexes}{more}. Your other changes stay as they are."


def require_own_branch(plan: Plan, after: After) -> None:
    """Refuses (`usage`) a pull request from the base to itself."""
    if after.pull_request and plan.target.name == _base_branch(plan.place):
        raise AiblogError("usage", f'a pull request needs a branch of its own; "{plan.target.name}" is the base')


def _exists(plan: Plan, made: Published | None) -> bool:
    """Whether the branch is there (before the run is done: will be); a base that has it all already needs none."""
    return made is None or made.new or plan.target.tip is not None


def _pushed(run: Run, plan: Plan, made: Published, after: After, lines: list[str]) -> dict[str, Any]:
    """Pushes, opens a pull request if asked, and adds the page's address to the lines of the result."""
    repository, name = plan.place.repository, plan.target.name
    base = _base_branch(plan.place)
    run.progress(f"Pushing {visible(name)} to {visible(plan.place.remote or 'the remote')} …")
    pushed = remote.pushed(repository, plan.place.remote, name, made.commit)
    if not pushed:
        run.say(f"{visible(plan.place.remote or 'The remote')} has it already.")
    address = None
    if after.pull_request:
        program = remote.gh(repository)
        if program is None:
            page = remote.compare_url(repository, plan.place.remote, base, name)
            where = "on the page below" if page else "where the remote is hosted"
            run.say(f"gh is not on PATH: the pull request can be opened {where}.")
        else:
            address = remote.pull_request(
                repository,
                program,
                base=base,
                branch=name,
                title=plan.message.split("\n", maxsplit=1)[0],
                body=plan.posts[0].post.title or "",
                draft=after.draft,
                commit=made.commit,
            )
    url = address or remote.compare_url(repository, plan.place.remote, base, name)
    if url and name != base:
        lines.append(visible(url))
    return {"pushed": pushed, "pull_request": address}


def _base_branch(place: Place) -> str:
    """The base as the remote names it."""
    tracking = place.base.ref is not None and place.base.ref.startswith("refs/remotes/")
    return place.base.name.removeprefix(f"{place.remote}/") if tracking else place.base.name


def as_json(plan: Plan, made: Published | None, files: Sequence[str], found: Sequence[Finding]) -> dict[str, Any]:
    """The result as `--json` prints it; `made` is None for a dry run."""
    base = _base_branch(plan.place)
    exists = _exists(plan, made)
    url = compare_url(plan.place.repository, plan.place.remote, base, plan.target.name)
    posts = [
        {
            "date": each.post.date,
            "slug": each.post.slug,
            "title": each.post.title,
            "editions": {code: edition.path for code, edition in each.editions.items()},
        }
        for each in plan.posts
    ]
    return {
        "posts": posts,
        "branch": plan.target.name if exists else None,
        "base": plan.place.base.name,
        "commit": made.commit if made and exists else None,
        "files": sorted(files),
        "pushed": False,
        "pull_request": None,
        "compare_url": url if exists and plan.target.name != base else None,
        "findings": [finding.as_json() for finding in found],
    }


def _say_how_to_go_on(
    run: Run, plan: Plan, made: Published, names: Sequence[str], request: Publish, after: After
) -> None:
    same = request._replace(words=Words(), lists=(), message=None, switch=False)
    head = plan.place.repository.head
    if not made.new:
        run.say(NOTHING_NEW)
    if plan.target.head == "stays" and not request.switch and _exists(plan, made):
        where = f"Still on {visible(short_name(head))}." if head else "Still on no branch."
        run.say(f"{where} To go to the branch:  {run.command(*words_of(names, same._replace(switch=True), After()))}")
    if made.new and not after.push and plan.place.remote:
        run.say(f"To push it:  {run.command(*words_of(names, same, After(push=True)))}")


def _say_what_is_behind(run: Run, blog: Blog, plan: Plan) -> None:
    """Names each translation of the posts, published with them or before, that their sources are ahead of."""
    posts = [each.post for each in plan.posts]
    if all(len(each.editions) < 2 for each in posts):
        return
    from aiblog.workflows.translate_diff import outdated  # noqa: PLC0415 - start-up: only for a post with a translation

    for each in outdated(blog, posts):
        if each.target:
            command = run.command("translate-diff", each.post.name, "--to", each.language)
            run.say(f"{run.shown(blog.root, each.target.path)} is behind its source:  {command}")
