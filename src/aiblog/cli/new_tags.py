"""The tags of a new post, asked one line after the other."""

from collections.abc import Sequence

from aiblog.adapters.prompts import Terminal
from aiblog.cli.inputs import comma_parts
from aiblog.core.new_post import tag_error
from aiblog.core.post import Post
from aiblog.core.settings import Settings
from aiblog.core.tags import near_tag
from aiblog.workflows.listing import vocabulary


class Tags:
    """Asks for tags; `chosen` has them in their order, at every moment."""

    def __init__(self, terminal: Terminal, settings: Settings, posts: Sequence[Post], start: list[str]) -> None:
        self.terminal = terminal
        self.known = vocabulary(posts, settings)
        self.chosen = list(dict.fromkeys(start))

    def ask(self) -> None:
        """Line after line, an empty one ends; completed from the blog's own tags, most used first."""
        message = "Tags (Tab completes, Enter ends)" if self.known else "Tags (Enter ends)"
        if self.chosen:
            self._show()
        while True:
            suggestions = [(tag, str(count)) for tag, count in self.known.items() if tag not in self.chosen]
            line = self.terminal.text(message, "", _problem, suggestions)
            if not line:
                return
            for tag in comma_parts([line]):
                self._take(tag)
            message = "More tags"

    def _show(self) -> None:
        self.terminal.note(f"  {', '.join(self.chosen) or 'none'}    (-tag takes one away)")

    def _take(self, tag: str) -> None:
        """Adds one tag, or takes away one that is written with a leading hyphen; says what is new or nearly known."""
        if tag.startswith("-") and tag[1:].strip() in self.chosen:
            self.chosen.remove(tag[1:].strip())
            self._show()
            return
        near = near_tag(tag, [*self.chosen, *self.known])
        if near and tag not in self.chosen:
            posts = {0: "above", 1: "1 post"}.get(self.known.get(near, 0), f"{self.known.get(near, 0)} posts")
            if self.terminal.confirm(f'"{tag}" is new here. Take "{near}" ({posts}) instead?', default=True):
                tag = near
        elif tag not in self.known and tag not in self.chosen:
            self.terminal.note(f"  {tag} is new to this blog")
        if tag not in self.chosen:
            self.chosen.append(tag)


def _problem(line: str) -> str | None:
    return next((problem for tag in comma_parts([line]) if (problem := tag_error(tag))), None)
