"""`aiblog translate-diff`: what changed in a source since its translation, with the lines to edit."""

import shlex
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.cli.behind import amount, change_as_json, changes_as_json, moved_step, of_blocks_wait
from aiblog.cli.inputs import known_languages
from aiblog.cli.output import Run
from aiblog.cli.post_argument import PostArgument
from aiblog.cli.translate_diff_text import beginning, heading_of, lines_of, name_of
from aiblog.cli.which_post import asked_post, require_asking
from aiblog.core.post import Post, require_post, selector
from aiblog.core.text_blocks import TextBlock
from aiblog.core.title import visible
from aiblog.core.word_diff import word_diff
from aiblog.workflows.translate_diff import Difference, differences, outdated


def translate_diff(
    run: Run,
    post: PostArgument = None,
    to: Annotated[str | None, typer.Option(metavar="LANG", help="The translation into LANG alone.")] = None,
) -> None:
    """Show what changed in a source since its translation.

    For each changed block the line of the translation to edit, and the words that changed: what
    goes as [-old-], what comes as {+new+}. Nothing is written. POST is a slug, DATE/slug, or the
    path of one of its files.
    """
    blog = blogs.opened(run.folder)
    posts = blogs.posts(blog)
    known_languages([to] if to is not None else [], blog.settings)
    chosen = _post(run, blog, posts, post, to)
    if chosen is None:
        run.say("No translation is outdated.")
        return
    found = differences(blog, posts, chosen, to)
    name = selector(posts, chosen)
    run.report({"post": chosen.name, "translations": [_as_json(each) for each in found]})
    for each in () if run.json else found:
        _show(run, blog, each, name)
        if each.translation.state in {"outdated", "untracked"} and not each.problem:
            which = _to(each.translation.language if len(found) > 1 else to)
            run.say(f"When the translation covers this:  {run.command('translate-sync', name, *which)}")
    if not found:
        none = "No other language to translate it to: the blog has one."
        run.say(f"None of its editions is known to be a translation into {to}." if to else none)
    if post is None:
        run.say(f"Without questions:  {run.command('translate-diff', name, *_to(to))}")


def _post(run: Run, blog: Blog, posts: list[Post], text: str | None, to: str | None) -> Post | None:
    """The post that was named, or chosen by a person among those with an outdated translation; None where none is."""
    if text is not None:
        return require_post(posts, text, blog.path_in(run.folder, text))
    behind = list({each.post.name: each.post for each in outdated(blog, posts, to)}.values())
    examples = [run.command("translate-diff", selector(posts, post), *_to(to)) for post in behind[:1]]
    require_asking(run, *examples, run.command("status"))
    return asked_post(run, behind) if behind else None


def _to(code: str | None) -> list[str]:
    return ["--to", code] if code else []


def _show(run: Run, blog: Blog, each: Difference, name: str) -> None:
    """One translation: its changes as results, what they amount to and what comes next as talk."""
    editions = (each.translation.source, each.translation.target)
    source, target = (run.shown(blog.root, its.path) if its else "" for its in editions)
    for change, place in each.changes:
        run.result(f"{target}:{place.line}   {heading_of(change, place)}")
        for line in lines_of(run, change, sys.stdout):
            run.result(f"  {line}")
    for path, other, blocks in ((source, target, each.untranslated), (target, source, each.extra)):
        for block in blocks:
            run.result(f"{path}:{block.first}   {name_of(block.kind)} without a counterpart in {other}")
            run.result(f"  {beginning(block.text)}")
    for line in _talk(run, blog, each, source, target, name):
        run.say(line)


def _talk(run: Run, blog: Blog, each: Difference, source: str, target: str, name: str) -> Iterator[str]:
    """How the translation stands, and what comes next."""
    state, waiting, its = each.translation.state, each.translation.waiting, each.behind
    if each.problem:
        yield visible(each.problem)
        return
    language = blog.settings.language(each.translation.language)
    if state == "missing":
        missing = run.command("translate-stub", name, "--to", each.translation.language)
        yield f"No edition in {language.name if language else each.translation.language} yet:  {missing}"
    elif state == "current":
        yield f"{target} covers {source} as it is."
    elif state == "untracked":
        yield f"Nothing says which text of {source} is covered by {target}."
    elif state == "ambiguous":
        yield f"Several editions could be the source of {target}: its translation_of is to name one."
    elif state == "moved":
        yield f"The source of {target} is {source} now:  {moved_step(run, blog, each.translation, name)}"
    elif state == "stub":
        yield f"{target} is a stub, {of_blocks_wait(each.translation)}:  edit {target}:{waiting[0]}"
    if its and its.covered:
        yield f"{target} is behind {source} ({its.kind}): {amount(its, blogs.today(blog.settings))}."
    elif its:
        yield f"{target} is behind {source}; the text that it covers is out of reach{_out_of_reach(run, each.why)}"
    if (each.untranslated or each.extra) or (state == "untracked" or (its and not its.covered)):
        same = not (each.untranslated or each.extra)
        yield "Block by block both have the same structure." if same else "Shown is what only one of the two has."


def _out_of_reach(run: Run, why: str) -> str:
    """The end of that sentence: why, or the command that brings it."""
    git = shlex.join(["git", *run.where, "fetch"])
    ends = {
        "outside": ": there is no git repository to look into.",
        "shallow": f" in a shallow clone:  {git} --unshallow",
        "partial": f" in a partial clone:  {git} --refetch --no-filter",
    }
    return ends.get(why, ": no commit that is left has it.")


def _as_json(each: Difference) -> dict[str, Any]:
    translation = each.translation
    changes = [
        change_as_json(change)
        | {
            "translated_section": place.section or None,
            "target_line": place.line,
            "other_lines": list(place.others),
            "after": place.after,
            "old": change.old or None,
            "new": change.new or None,
            "diff": [{"op": op, "text": text} for op, text in word_diff(change.old, change.new)],
        }
        for change, place in each.changes
    ]
    return {
        "source": translation.source.path,
        "target": translation.target.path if translation.target else None,
        "lang": translation.language,
        "state": translation.state,
        "old_text": each.knows_old_text,
        **changes_as_json(each.behind, changes),
        "untranslated": [_block_as_json(block) for block in each.untranslated],
        "extra": [_block_as_json(block) for block in each.extra],
    }


def _block_as_json(block: TextBlock) -> dict[str, Any]:
    return {"block": block.kind, "section": block.section or None, "line": block.first, "text": block.text}
