"""The questions of `aiblog publish`; each is left out where a flag has answered it."""

from collections.abc import Sequence

from aiblog.adapters import editor
from aiblog.adapters.blog import Blog
from aiblog.adapters.prompts import Choice, Terminal
from aiblog.cli.output import Run
from aiblog.cli.publish_done import where_it_goes
from aiblog.cli.publish_given import After
from aiblog.core.index import entry_lines, listed, summary_error
from aiblog.core.index_entry import label_text
from aiblog.core.post import Edition, Post, is_draft
from aiblog.core.settings import Index
from aiblog.core.title import plain_title, title_error
from aiblog.workflows.entries import IndexEdit, Words
from aiblog.workflows.listing import status_of
from aiblog.workflows.publish_plan import Plan, Publish, listed_on_disk


def asked_post(run: Run, blog: Blog, posts: Sequence[Post]) -> Post | None:
    """One of the posts that wait: drafts, and those a complete index lacks; None where none does."""
    waiting = waiting_posts(blog, posts)
    if not waiting:
        return None
    choices = [
        Choice(post.name, f"{post.date}  {post.slug}", f"{' '.join(post.editions)}  {_status(blog, post.source)}")
        for post in waiting
    ]
    name = run.terminal().select("Which post", choices)
    return next(post for post in waiting if post.name == name)


def waiting_posts(blog: Blog, posts: Sequence[Post]) -> list[Post]:
    """Drafts, and posts that a complete index lacks, newest first."""
    editions = frozenset(path for post in posts for path in post.paths)
    there = [listed_on_disk(blog, index, editions) for index in blog.settings.indexes_of(complete=True)]

    def waits(post: Post) -> bool:
        drafts = any(is_draft(each, blog.settings) for each in post.editions.values())
        return drafts or any(not paths & set(post.paths) for paths in there)

    return [post for post in posts if waits(post)]


def _status(blog: Blog, edition: Edition) -> str:
    return status_of(edition, blog.settings) or "no status"


def asked_words(run: Run, blog: Blog, plan: Plan, posts: Sequence[Post], request: Publish) -> Publish:
    """The request with the entry's words and the selections, where they are open; nothing for a post listed already."""
    terminal = run.terminal()
    if len(plan.posts) > 1:
        return request
    words = request.words
    sections = next((edit for edit in plan.edits if edit.index.style == "sections" and _is_new(edit)), None)
    if sections:
        words = _entry_words(terminal, blog, sections, words)
    lists = request.lists or _selections(terminal, blog, plan, posts)
    return request._replace(words=words, lists=lists)


def _is_new(edit: IndexEdit) -> bool:
    """Whether the entry is new to the index."""
    return any(entry.title is not None for entry in edit.entries)


def _entry_words(terminal: Terminal, blog: Blog, edit: IndexEdit, words: Words) -> Words:
    (entry,) = edit.entries
    title, labels = words.title, dict(words.labels)
    if title is None:
        suggested = plain_title(entry.title or "")
        answer = terminal.text("Title in the index", suggested, title_error)
        title = answer if answer != suggested else None
    for link in entry.links:
        if link.language.code not in labels:
            suggested = plain_title(label_text(link, edit.shape))
            answer = terminal.text(f"Link label ({link.language.name})", suggested, title_error)
            if answer != suggested:
                labels[link.language.code] = answer
    summary = words.summary if words.summary is not None else _summary(terminal, blog, edit)
    return Words(summary, title, words.titles, labels)


def _summary(terminal: Terminal, blog: Blog, edit: IndexEdit) -> str | None:
    """The entry's prose: in the editor, with the newest entry as a model, or one line; None for none."""

    def problem(text: str) -> str | None:
        return summary_error(text, edit.shape) if text else None

    def line(message: str) -> str | None:
        return terminal.text(message, "", lambda text: (text and title_error(text, "summary")) or problem(text)) or None

    name = editor.name_of_editor()
    if name is None:
        return line("Summary for the index (empty: none)")
    choices = [
        Choice("editor", f"in {name}, with the newest entry as a model"),
        Choice("line", "one line, here"),
        Choice("none", "none"),
    ]
    how = terminal.select("Summary for the index", choices, "editor")
    if how == "line":
        return line("Summary")
    text = editor.written("", _newest_entry(blog, edit)) if how == "editor" else ""
    while (wrong := problem(text)) and terminal.confirm(f"{wrong[0].upper()}{wrong[1:]}. Open it again?"):
        text = editor.written(text, _newest_entry(blog, edit))
    return text or None


def _newest_entry(blog: Blog, edit: IndexEdit) -> str:
    data = blog.read(edit.index.path) or b""
    there = listed(data, edit.index, edit.editions)
    spans = [entry_lines(data, edit.index, [path], edit.editions) for path in there]
    first = min((span for span in spans if span), key=lambda span: span.start, default=None)
    if first is None:
        return ""
    return "\n".join(data.decode("utf-8", "replace").split("\n")[first.start : first.stop])


def _selections(terminal: Terminal, blog: Blog, plan: Plan, posts: Sequence[Post]) -> tuple[str, ...]:
    """The selections to enter it into, none chosen to begin with; those that list it already are not offered."""
    own = {path for each in plan.posts for path in each.post.paths}
    offered: list[tuple[Index, int]] = []
    for index in blog.settings.indexes_of(complete=False):
        there = listed_on_disk(blog, index, plan.all_editions)
        if not there & own:
            offered.append((index, sum(1 for post in posts if there & set(post.paths))))
    if not offered:
        return ()
    choices = [Choice(index.path, index.path, f"{count} of {len(posts)} posts") for index, count in offered]
    return tuple(terminal.checkbox("Also in the selections", choices))


def confirmed(run: Run, plan: Plan, after: After, *, decided: bool) -> After | None:
    """Shows the plan and asks; None for no. Where it is not decided, what follows the commit is asked too."""
    run.diff(plan.shown.diff())
    run.say(where_it_goes(plan))
    remote = plan.place.remote
    choices = [Choice("commit", "Commit" if decided or not remote else "Commit, nothing more")]
    if remote and not decided:
        choices += [
            Choice("push", f"Commit, and push to {remote}"),
            Choice("pr", "Commit, push and open a pull request"),
        ]
    choices.append(Choice("no", "No"))
    answer = run.terminal().select("Publish it", choices, "commit", fresh=True)
    if answer == "no":
        return None
    return after if decided else After(push=answer in {"push", "pr"}, pull_request=answer == "pr")
