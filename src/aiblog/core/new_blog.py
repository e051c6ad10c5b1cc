"""The first files of a new blog: its index and its Markdown rules."""

from __future__ import annotations

import json
from collections.abc import Sequence

from aiblog.core.language import Language

_INDEX = {
    "en": ("Posts", "Every post of this blog, newest first. `aiblog publish` adds each one below; this text is yours."),
    "zh": ("文章", "本博客的全部文章，最新的在最前面。`aiblog publish` 会把新文章加在下面；这段文字可以随意修改。"),
}


def index_text(languages: Sequence[Language]) -> str:
    """An index in the style `sections` with no entry yet, in those of the languages it has words for; LF."""
    texts = [_INDEX[each.code] for each in languages if each.code in _INDEX] or [_INDEX["en"]]
    title = " · ".join(title for title, _ in texts)
    return "\n\n".join([f"# {title}", *(text for _, text in texts)]) + "\n"


def lint_text() -> str:
    """Rules for markdownlint and its likes that what aiblog writes passes; JSON with a final newline.

    Lines are bounded, but not those of code and tables; two sections of different posts may have one heading.
    """
    rules = {
        "MD013": {"line_length": 120, "code_blocks": False, "tables": False},
        "MD024": {"siblings_only": True},
    }
    return json.dumps(rules, indent=2) + "\n"
