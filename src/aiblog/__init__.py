"""aiblog: author blogs that live in git as Markdown."""

__version__ = "0.1.0"
