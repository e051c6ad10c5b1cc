"""What the parser of the command line found wrong, as an error of aiblog with the command that was meant."""

import re
import shlex
from collections.abc import Collection
from difflib import get_close_matches

from aiblog.errors import AiblogError

COMMON = ("--json", "--dry-run", "--no-input", "--quiet", "-q")
"""Flags that every command takes after its name."""
MEANT = {"rename": "mv", "move": "mv", "rm": "remove", "delete": "remove"}
"""Words of other tools for commands of ours: by its letters `move` would be `remove`."""
ALIKE = 0.7
"""How alike a word must be for another to be offered: `restore` and `revert` are not `remove`."""

OTHERWISE = (
    (r"^Got unexpected extra arguments?(?:\(s\))? \((.*)\)$", r'"\1" is more than was wanted'),
    (r"^Invalid value for '\[?(.+?)\]?': ['\"](.*)['\"] is not ", r'\1 "\2": '),
    (r'": a valid int.*$', '": a whole number was wanted'),
    (r'": one of (.*)$', r'": one of these was wanted: \1'),
    (r"'(\w+)'(?=, '|$)", r"\1"),
    (r"^Option '(.+)' requires an argument$", r"\1: a value was wanted"),
    (r"^Option '(.+)' does not take a value$", r"\1 takes no value"),
)
"""What typer says, as a pattern, and the same in our words."""


def usage_error(found: str, arguments: list[str], commands: Collection[str]) -> AiblogError:
    """The `usage` error for what the parser says. Its hints: the command with the nearest word, then its help."""
    name = next((word for word in arguments if word in commands), None)
    hints = [f"aiblog {name} --help" if name else "aiblog --help"]
    if match := re.match(r"No such command '(.+?)'", found):
        near = [MEANT[match[1]]] if match[1] in MEANT else get_close_matches(match[1], commands, 1, ALIKE)
        hints[:0] = [_corrected(arguments, match[1], near[0])] if near else []
        return AiblogError("usage", f'no such command "{match[1]}"', *hints)
    if match := re.match(r"No such option: (-\S+)(?: \(Possible options: (.+)\)|.* Did you mean (--[\w-]+)\?)?", found):
        option = match[1]
        before = arguments.index(option) if option in arguments else len(arguments)
        if option in COMMON and (name is None or before < arguments.index(name)):
            others = [word for word in arguments if word != option]
            hints[:0] = [shlex.join(["aiblog", *others, option])] if name else []
            return AiblogError("usage", f"{option} stands after the command's name", *hints)
        names = {each.strip("-"): each for each in (match[2] or match[3] or "").split(", ")}
        near = get_close_matches(option.strip("-"), names, 1, ALIKE)
        hints[:0] = [_corrected(arguments, option, names[near[0]])] if near else []
        return AiblogError("usage", f'no such option "{option}"', *hints)
    sentence = found.rstrip(".")
    if name == "new" and (match := re.match(OTHERWISE[0][0], sentence, re.DOTALL)):
        hints[:0] = _quoted_title(arguments, match[1])
    for pattern, meant in OTHERWISE:
        sentence = re.sub(pattern, meant, sentence, flags=re.DOTALL)
    return AiblogError("usage", sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:], *hints)


def _corrected(arguments: list[str], word: str, meant: str) -> str:
    """The whole command with one word as it was meant; a value after `=` stays."""
    words = [re.sub(f"^{re.escape(word)}(?==|$)", meant, each) for each in arguments]
    return shlex.join(["aiblog", *words])


def _quoted_title(arguments: list[str], rest: str) -> list[str]:
    """The command with its title and those words behind it as one argument, where they stand together."""
    for first in range(arguments.index("new") + 2, len(arguments)):
        for end in range(first + 1, len(arguments) + 1):
            before = arguments[first - 2 : first]
            if " ".join(arguments[first:end]) == rest and not any(word.startswith("-") for word in before):
                title = " ".join(arguments[first - 1 : end])
                return [shlex.join(["aiblog", *arguments[: first - 1], title, *arguments[end:]])]
    return []
