"""`aiblog publish`: a commit on a branch that holds the post and its index entries, and nothing else."""

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.adapters.markdown_lint import RULE as MARKDOWN
from aiblog.cli.inputs import NO_TERMINAL, comma_parts, date_of, known_languages, require_confirmable, text_from
from aiblog.cli.output import Run
from aiblog.cli.post_argument import PostArguments
from aiblog.cli.publish_done import as_json, done, require_own_branch, say_plan
from aiblog.cli.publish_given import After, commit_message, entry_words, require_one_post, selections, words_of
from aiblog.cli.told import repeated_as
from aiblog.core.finding import Finding
from aiblog.core.post import Post, require_post, selector
from aiblog.core.title import visible
from aiblog.errors import AGAIN, AiblogError
from aiblog.workflows.findings import as_they_are, findings_of, require_known_rules, require_passed
from aiblog.workflows.publish_plan import Place, Plan, Publish, branch_with, changed_paths, place_of, planned

if TYPE_CHECKING:
    from aiblog.workflows.publish_move import Moved


def publish(
    run: Run,
    post: PostArguments = None,
    lang: Annotated[
        list[str] | None, typer.Option("--lang", "-l", metavar="LANG", help="This edition only, again for each.")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="DATE|today", help="Give it that date first: all that has the old one follows."),
    ] = None,
    summary: Annotated[str | None, typer.Option(metavar="TEXT", help="The entry's prose in the index.")] = None,
    summary_file: Annotated[
        str | None, typer.Option(metavar="FILE", help="The same from a file, - for standard input.")
    ] = None,
    index_title: Annotated[
        list[str] | None,
        typer.Option(metavar="[LANG=]TEXT", help="The entry's title; with LANG= the one in lists of that language."),
    ] = None,
    link_label: Annotated[
        list[str] | None, typer.Option(metavar="LANG=TEXT", help="The label of an edition's link, again for each.")
    ] = None,
    list_: Annotated[
        list[str] | None,
        typer.Option("--list", metavar="PATH|all", help="Enter it into that selection too, or into all of them."),
    ] = None,
    base: Annotated[str | None, typer.Option(metavar="REF", help="Start from REF instead of the blog's base.")] = None,
    branch: Annotated[str | None, typer.Option(metavar="NAME", help="The branch, instead of the post's own.")] = None,
    no_branch: Annotated[bool, typer.Option("--no-branch", help="Commit to the branch checked out.")] = False,
    switch: Annotated[
        bool, typer.Option("--switch/--no-switch", help="Go to the branch, from wherever you are.", show_default=False)
    ] = False,
    message: Annotated[str | None, typer.Option(metavar="TEXT", help="The commit message.")] = None,
    no_verify: Annotated[bool, typer.Option("--no-verify", help="Run no pre-commit and commit-msg hook.")] = False,
    push: Annotated[
        bool | None, typer.Option("--push/--no-push", help="Push the branch, and nothing else.", show_default=False)
    ] = None,
    pr: Annotated[
        bool | None, typer.Option("--pr/--no-pr", help="Push, and open a pull request.", show_default=False)
    ] = None,
    draft_pr: Annotated[bool, typer.Option("--draft-pr", help="The same, as a draft.")] = False,
    allow: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="Publish in spite of that rule's findings.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
) -> None:
    """Check posts, enter them into indexes, commit on a branch.

    Their status becomes the published one. The commit holds the posts' own files and their
    entries, whatever else is changed or staged.
    """
    if summary is not None and summary_file is not None:
        raise AiblogError("usage", "--summary and --summary-file exclude each other")
    if branch and no_branch:
        raise AiblogError("usage", "--branch and --no-branch exclude each other")
    require_known_rules(comma_parts(allow or []))
    blog = blogs.opened(run.folder)
    prose = text_from(run.folder, summary_file, "--summary-file") if summary_file is not None else summary
    request = Publish(
        languages=tuple(known_languages(comma_parts(lang or []), blog.settings)),
        words=entry_words(blog.settings, prose, index_title or [], link_label or []),
        lists=selections(run, blog, list_ or []),
        allow=frozenset(comma_parts(allow or [])),
        base=base,
        branch=branch,
        no_branch=no_branch,
        switch=switch,
        message=commit_message(message),
        verify=not no_verify,
        date=date_of(date, blog) if date is not None else None,
    )
    after = After(bool(push or pr or draft_pr), bool(pr or draft_pr), draft_pr)
    if (push is False or pr is False) and after.push:
        raise AiblogError("usage", "--no-push and --no-pr exclude --pr and --draft-pr")
    decided = push is not None or pr is not None or draft_pr
    _publish(run, blog, post or [], request, after, yes=yes, decided=decided)


def _publish(
    run: Run, blog: Blog, words: Sequence[str], request: Publish, after: After, *, yes: bool, decided: bool
) -> None:
    asks = not yes and run.asks
    _require_answers(run, words, asks=asks, yes=yes)
    chosen = _chosen(run, blog, words, request)
    if chosen is None:
        run.say("No post waits to be published.")
        return
    plan, found = chosen.checked(request)
    command = chosen.command
    if asks and changed_paths(plan):
        answered = chosen.asked(plan, found, request, after, decided=decided)
        if answered is None:
            run.say("Nothing was written.")
            return
        plan, found, request, after = answered
        command = run.command(*words_of(chosen.names, request, after))
    require_own_branch(plan, after)
    if run.dry_run:
        files = changed_paths(plan)
        run.plan(plan.shown.diff(), as_json(plan, None, files, found))
        say_plan(run, chosen.blog, plan, files)
        return
    with repeated_as(command):
        done(run, chosen.blog, plan, chosen.names_then, request, after, found)
    if asks and command != chosen.command:
        run.say(f"Without questions:  {command}")


def _require_answers(run: Run, words: Sequence[str], *, asks: bool, yes: bool) -> None:
    """Refuses (`usage`) what nobody is there to be asked, with the flag that says it."""
    why = "--no-input forbids to ask" if run.no_input else NO_TERMINAL
    if not words and not asks:
        line = f"{AGAIN} POST" if yes or run.dry_run else f"{AGAIN} POST --yes"
        why = "--yes forbids to ask" if yes else why
        raise AiblogError("usage", f"a post is needed (POST), and {why}", line, "aiblog list")
    require_confirmable(run, asks=asks, yes=yes)


class _Chosen(NamedTuple):
    """The posts of a run: what their plan is made from, the words that select them, the command that names them."""

    run: Run
    blog: Blog
    place: Place
    all_posts: list[Post]
    posts: list[Post]
    names: list[str]
    command: str
    moved: "Moved | None" = None

    @property
    def names_then(self) -> list[str]:
        """The words that select the posts once they have moved."""
        return [selector(self.all_posts, post) for post in self.posts]

    def checked(self, request: Publish, told: Sequence[Finding] = ()) -> tuple[Plan, list[Finding]]:
        """The plan and what the checks found in it, which is told but for `told`; refused where it is not allowed."""
        with repeated_as(self.command):
            plan = planned(self.blog, self.place, self.posts, self.all_posts, request, self.moved)
            found = findings_of(self.blog, plan, request.allow)
            try:
                require_passed(plan, found, request.allow)
            except AiblogError as error:
                if not self.run.json:
                    self.run.findings(self.blog.root, error.findings)
                raise
        if not self.run.json:
            new = [finding for finding in found if finding not in told]
            self.run.findings(self.blog.root, as_they_are(plan, new) if self.run.dry_run else new)
        return plan, found

    def asked(
        self, plan: Plan, found: list[Finding], request: Publish, after: After, *, decided: bool
    ) -> tuple[Plan, list[Finding], Publish, After] | None:
        """The plan with a person's words, and what shall follow the commit; None for no."""
        from aiblog.cli.publish_questions import asked_words, confirmed  # noqa: PLC0415 - only where a person is asked

        self.run.say(f"Checked {', '.join(visible(post.slug) for post in self.posts)}: {_told(found, request)}.")
        asked = asked_words(self.run, self.blog, plan, self.all_posts, request)
        if asked != request:
            command = self.run.command(*words_of(self.names, asked, after)).removesuffix(" --yes")
            plan, found = self._replace(command=command).checked(asked, found)
        answered = after if self.run.dry_run else confirmed(self.run, plan, after, decided=decided)
        return (plan, found, asked, answered) if answered is not None else None


def _chosen(run: Run, blog: Blog, words: Sequence[str], request: Publish) -> _Chosen | None:
    """The posts that were named, or one that a person chooses; None where none waits."""
    place = place_of(blog, request.base)
    all_posts = blogs.posts(blog)
    named = [_named(run, blog, place, all_posts, word) for word in words]
    require_one_post(named, request)
    if place.notice:
        run.say(f"Note: {visible(place.notice)}")
    if not blog.settings.indexes_of(complete=True):
        run.say("Note: no file lists every post of this blog, so no entry is written (`indexes` in aiblog.yaml)")
    command = AGAIN
    if not named:
        from aiblog.cli.publish_questions import asked_post  # noqa: PLC0415 - start-up: only where a person is asked

        waiting = asked_post(run, blog, all_posts)
        if waiting is None:
            return None
        named = [waiting]
        command = f"{AGAIN} {shlex.quote(selector(all_posts, waiting))}"
    posts = list({post.name: post for post in named}.values())
    chosen = _Chosen(run, blog, place, all_posts, posts, [selector(all_posts, post) for post in posts], command)
    return chosen if request.date is None else _redated(chosen, request.date)


def _redated(chosen: _Chosen, date: str) -> _Chosen:
    """The posts with another date, to be published from there."""
    from aiblog.workflows.publish_move import redated  # noqa: PLC0415 - start-up: only where one is given

    with repeated_as(chosen.command):
        blog, all_posts, posts, moved = redated(
            chosen.blog, chosen.place.repository, chosen.all_posts, chosen.posts, date
        )
    for notice in moved.move.notices if moved else ():
        chosen.run.say(f"Note: {visible(notice)}")
    return chosen._replace(blog=blog, all_posts=all_posts, posts=posts, moved=moved)


def _named(run: Run, blog: Blog, place: Place, posts: Sequence[Post], word: str) -> Post:
    """The post that the word selects; where there is none, a branch that seems to hold it is a hint."""
    try:
        return require_post(posts, word, blog.path_in(run.folder, word))
    except AiblogError as error:
        if error.code == "post-not-found" and (branch := branch_with(blog, place, word)):
            error.hints = (f"git switch {branch}", *error.hints)
        raise


def _told(found: Sequence[Finding], request: Publish) -> str:
    count = "1 finding is" if len(found) == 1 else f"{len(found)} findings are"
    unasked = ", every Markdown rule let through" if MARKDOWN in request.allow else ""
    return (f"{count} let through" if found else "nothing wrong") + unasked
