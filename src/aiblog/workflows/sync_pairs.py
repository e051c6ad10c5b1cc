"""Which editions of a post are said to cover which: the translations of one source, or all that nobody has linked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aiblog.core.post import Edition, Post
from aiblog.core.translation_source import named
from aiblog.core.translation_state import State
from aiblog.errors import AiblogError
from aiblog.workflows.look import Look

WAITING = ("moved", "untracked", "outdated")
"""The states in which a translation waits for a sync, and for nothing else."""


class Pair(NamedTuple):
    """A translation, the edition that it is said to cover, and how it has stood so far."""

    post: Post
    source: Edition
    target: Edition
    state: State


def pairs_of(look: Look, post: Post) -> list[Pair]:
    """The post's translations that are there."""
    return [Pair(post, each.source, each.target, each.state) for each in look.translations(post) if each.target]


def waits(pair: Pair) -> bool:
    """Whether a sync is what a translation waits for."""
    return pair.state in WAITING


def chosen(pairs: Sequence[Pair], post: Post, name: str, to: str | None, from_: str | None) -> list[Pair]:
    """The pairs of one post that were asked for, by its languages; `name` selects it.

    With `from_` its edition in that language is the source: of every edition that has named none so far, and of `to`.

    Raises:
        AiblogError: `usage` for a language in which the post has no edition, for the source's own, and for two editions
            that would be each other's source; `conflict` where nobody can tell what a translation was made from.
    """
    for flag, code in (("--from", from_), ("--to", to)):
        if code is not None and code not in post.editions:
            raise _lacking(post, name, flag, code)
    if to is not None and to == from_:
        raise AiblogError("usage", f'--from and --to are both "{to}"; two languages were wanted')
    found = _from(pairs, post, name, from_, to) if from_ else list(pairs)
    found = [each for each in found if to in (None, each.target.language)]
    if not found:
        raise _nothing(post, name, to)
    for each in found if from_ is None else ():
        _require_certain(each, name)
    return found


def _from(pairs: Sequence[Pair], post: Post, name: str, code: str, to: str | None) -> list[Pair]:
    source = post.editions[code]
    found = []
    for edition in post.editions.values():
        origin = named(edition)
        if edition.path == source.path or (to != edition.language and origin not in (None, source.path)):
            continue
        if named(source) == edition.path:
            raise _in_a_circle(source, edition, name)
        known = next((each for each in pairs if each.target.path == edition.path), None)
        same = known is not None and known.source.path == source.path
        found.append(known if known and same else Pair(post, source, edition, "untracked"))
    return found


def _in_a_circle(source: Edition, edition: Edition, name: str) -> AiblogError:
    message = f'"{source.path}" is a translation of "{edition.path}": the two would be made from each other'
    turned = [] if named(edition) == source.path else [f"aiblog translate-sync {name} --to {source.language}"]
    return AiblogError("usage", message, *turned, f"edit {source.path}")


def _lacking(post: Post, name: str, flag: str, code: str) -> AiblogError:
    message = f'{flag} {code}: "{name}" has no edition in "{code}"; it has {", ".join(post.editions)}'
    hint = f"aiblog translate-stub {name} --to {code}" if flag == "--to" else f"aiblog list --lang {code}"
    return AiblogError("usage", message, hint)


def _nothing(post: Post, name: str, to: str | None) -> AiblogError:
    if to is not None:
        others = [code for code in post.editions if code != to]
        message = f'--to {to}: "{post.editions[to].path}" is the source; a translation was wanted'
        hints = [f"aiblog translate-sync {name} --from {code} --to {to}" for code in others]
        return AiblogError("usage", message, *hints)
    message = f'"{name}" has no translation that could cover it; its one edition is "{post.source.path}"'
    return AiblogError("usage", message, f"aiblog translate-stub {name}")


def _require_certain(pair: Pair, name: str) -> None:
    """Refuses a translation of which nobody can tell what it was made from."""
    target = pair.target
    if pair.state == "ambiguous":
        others = {code: each for code, each in pair.post.editions.items() if each.path != target.path}
        codes = [code for code, each in others.items() if named(each) != target.path]
        message = (
            f'nobody can tell which edition "{target.path}" is a translation of (it names "{target.translation_of}")'
        )
        hints = [f"aiblog translate-sync {name} --from {code} --to {target.language}" for code in codes]
        raise AiblogError("conflict", message, *hints, f"edit {target.path}")
    if leads_out(target) and pair.source.path in pair.post.paths:
        raise AiblogError(
            "conflict",
            f'"{target.path}" names "{target.translation_of}" as its source, which is no file of this blog',
            f"aiblog translate-sync {name} --from {pair.source.language} --to {target.language}",
        )


def leads_out(edition: Edition) -> bool:
    """Whether the edition names a source that is no file of the blog: an address, say."""
    return edition.translation_of is not None and named(edition) is None
