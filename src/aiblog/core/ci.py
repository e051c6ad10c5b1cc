"""The workflow with which GitHub Actions checks a blog."""

from __future__ import annotations

import json

WORKFLOW_PATH = ".github/workflows/aiblog.yml"

_WORKFLOW = """\
# Checks the blog as its authors do on their machines: aiblog check, aiblog index --check, aiblog status.
# Written by `aiblog init --ci github`; yours to change.
name: aiblog

on:
  pull_request:
  push:
    branches: [{base}]

permissions:
  contents: read

env:
  # What pip installs: a release, or an address such as git+https://…@COMMIT.
  AIBLOG: {source}

jobs:
  blog:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - name: Install aiblog
        run: python -m pip install --quiet "$AIBLOG"
      - name: Posts that changed
        if: github.event_name == 'pull_request'
        env:
          BASE: ${{{{ github.base_ref }}}}
        run: aiblog check --format github --since "origin/$BASE"
      - name: All posts
        if: github.event_name != 'pull_request'
        run: aiblog check --format github
      - name: Indexes
        if: success() || failure()
        run: aiblog index --check
      - name: Translations
        if: success() || failure()
        run: aiblog status --fail-on outdated
"""


def workflow_text(base: str, source: str) -> str:
    """The workflow's file, with a final newline.

    Args:
        base: the branch that posts are published from.
        source: what pip is to install aiblog from.
    """
    return _WORKFLOW.format(base=json.dumps(base, ensure_ascii=False), source=json.dumps(source, ensure_ascii=False))
