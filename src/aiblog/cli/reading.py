"""What a command that only reads says of the blog it read."""

from collections.abc import Sequence

from aiblog.adapters.blog import Blog
from aiblog.cli.output import Run
from aiblog.core.post import Post
from aiblog.core.title import visible


def say_problems(run: Run, posts: Sequence[Post]) -> None:
    """Says which editions cannot be read, and why."""
    for problem in (edition.problem for post in posts for edition in post.editions.values() if edition.problem):
        run.say(visible(problem))


def say_no_posts(run: Run, blog: Blog) -> None:
    """Says that there is no post yet, and what comes first."""
    if blog.configured:
        where = run.shown(blog.root, blog.settings.posts)
        run.say(f"No posts in {where} yet. `{run.command('new')}` writes the first.")
    else:
        run.say(f"No posts here yet. `{run.command('init')}` lays out a blog, `{run.command('new')}` writes a post.")


def say_what_is_inferred(run: Run, blog: Blog, posts: Sequence[Post]) -> None:
    """Says that the layout is not written down, where it is not; nothing in a blog without posts."""
    if not posts or blog.configured:
        return
    count = sum(len(post.editions) for post in posts)
    files = "one file" if count == 1 else f"{count} files"
    where = run.shown(blog.root, blog.settings.posts)
    run.say(f"No aiblog.yaml here: the layout was read off the {files} in {where}. "
            f"`{run.command('init')}` writes it down.")  # fmt: skip
