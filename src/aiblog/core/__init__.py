"""Nouns and rules: text in, text out; no disk, git, clock or terminal."""
