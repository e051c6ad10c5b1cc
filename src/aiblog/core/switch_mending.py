"""The text of one line between editions: written for a page, and mended link by link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from aiblog.core.language import Language, is_named
from aiblog.core.links import destination, relative
from aiblog.core.switch_line import SwitchStyle, names_beside, switch_links
from aiblog.core.written_links import WrittenLink, beside, linked_file

_BETWEEN = r"\s*[|/·•｜]\s*|\s+[-–—]\s+"
_FRAME = re.compile(r"[\s*_(【\[]*")


class Page(NamedTuple):
    """A page, its post's editions, and how the blog writes the line; as `with_switch_line` is told."""

    path: str
    editions: Mapping[str, str]
    languages: Sequence[Language]
    style: SwitchStyle
    is_there: Callable[[str], bool]

    @property
    def others(self) -> set[str]:
        """The paths of the other editions."""
        return {other for other in self.editions.values() if other != self.path}

    def written(self, style: SwitchStyle, editions: Mapping[str, str], separator: str = " | ") -> str:
        """The whole line for those editions, in the order of the blog's languages."""
        parts = []
        for language in self.languages:
            target = editions.get(language.code)
            if target is not None and target != self.path:
                parts.append(
                    f"[{style.labels.get(language.code, language.own_name)}]({destination(self.path, target)})"
                )
            elif target is not None and not style.alone:
                parts.append(language.own_name)
        return separator.join(parts)

    def mended(self, line: str) -> str:
        """A line that is there with every link right; "" where it leads to no other edition."""
        inner = line.strip().removeprefix("> ")
        before, _, after = line.partition(inner)
        mended = self._mended(inner)
        return before + mended + after if mended else ""

    def _mended(self, line: str) -> str:
        """As `mended`, of the line without what stands around it: its links have their offsets in that."""
        links = switch_links(line) or []
        targets = {link: linked_file(self.path, link.destination) or "" for link in links}
        right = {link for link, to in targets.items() if to in self.editions.values() or self.is_there(to)}
        there = {targets[link] for link in right}
        if right == set(links) and self.others <= there:
            return line
        if not self.others and not there - {self.path}:
            return ""
        codes = {link: self._code(link, to) for link, to in targets.items()}
        if whole := self._regular(line, targets, codes):
            return whole
        free = {code: path for code, path in self.editions.items() if path not in there}
        return self._edited(line, {link: free.get(codes[link]) for link in links if link not in right})

    def _code(self, link: WrittenLink, target: str) -> str:
        """The language that a link means: its edition's, else the one its file's name has, else its label's."""
        known = [code for code, path in self.editions.items() if path == target]
        name = posixpath.basename(target).removesuffix(".md")
        known += [each.code for each in self.languages if each.suffix and name.endswith(each.suffix)]
        known += [each.code for each in self.languages if self.style.labels.get(each.code) == link.label]
        return next(iter([*known, *(each.code for each in self.languages if is_named(each, link.label))]), "")

    def _regular(self, line: str, targets: Mapping[WrittenLink, str], codes: Mapping[WrittenLink, str]) -> str:
        """The line written anew with its own labels, where it is written as aiblog would; "" where it is not."""
        own = {code: path for code, path in self.editions.items() if path == self.path}
        labels = {**self.style.labels, **{code: link.label for link, code in codes.items()}}
        style = SwitchStyle(not names_beside(line), labels)
        before = own | {code: targets[link] for link, code in codes.items()}
        stray = any(to not in self.editions.values() and self.is_there(to) for to in targets.values())
        return self.written(style, self.editions) if not stray and self.written(style, before) == line else ""

    def _edited(self, line: str, changes: Mapping[WrittenLink, str | None]) -> str:
        """The line with some links leading elsewhere, or gone (None), and those it lacks behind its last one.

        Where it cannot be told what a link takes with it, the line is written anew.
        """
        for link in sorted(changes, key=lambda each: each.start, reverse=True):
            target = changes[link]
            edited = self._without(line, link) if target is None else self._retargeted(line, link, target)
            if edited is None:
                return self.written(self.style, self.editions)
            line = edited
        links = switch_links(line) or []
        if not links:
            return self.written(self.style, self.editions)
        there = {linked_file(self.path, link.destination) for link in links}
        lacking = {code: path for code, path in self.editions.items() if path in self.others - there}
        if not lacking:
            return line
        separator = next(iter(re.findall(_BETWEEN, beside(line, links))), " | ")
        more = self.written(self.style._replace(alone=True), lacking, separator)
        return f"{line[: links[-1].end]}{separator}{more}{line[links[-1].end :]}"

    def _retargeted(self, line: str, link: WrittenLink, target: str) -> str:
        new = relative(self.path, target) if link.destination[0] == "<" else destination(self.path, target)
        new = new if link.destination.lstrip("<").startswith((".", "/")) else new.removeprefix("./")
        new = f"<{new}>" if link.destination[0] == "<" else new
        at = line.index(link.destination, link.start + len(link.label) + 2)
        return line[:at] + new + line[at + len(link.destination) :]

    def _without(self, line: str, link: WrittenLink) -> str | None:
        """The line without a link and what parts it from the next one; None where other signs belong to it."""
        before, after = line[: link.start], line[link.end :]
        divider = re.match(_BETWEEN, after)
        if divider and (_FRAME.fullmatch(before) or re.search(rf"(?:{_BETWEEN})$", before)):
            return before + after[divider.end() :]
        divider = re.search(rf"(?:{_BETWEEN})$", before)
        return before[: divider.start()] + after if divider and not re.search(r"\w", after) else None
