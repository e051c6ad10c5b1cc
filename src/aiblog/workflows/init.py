"""`aiblog.yaml` for a blog that is there, from what its files show; or a new blog's first files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from aiblog.adapters import blog as blogs
from aiblog.adapters import files
from aiblog.adapters.history import GitFacts, facts
from aiblog.adapters.installed import source
from aiblog.core.changes import ChangeSet, FileChange
from aiblog.core.ci import WORKFLOW_PATH, workflow_text
from aiblog.core.language import Language, default_language
from aiblog.core.layout import pattern_error
from aiblog.core.learn import Chosen, Learned
from aiblog.core.learn_index_shape import shape_evidence
from aiblog.core.learn_messages import message_habit
from aiblog.core.new_blog import index_text, lint_text
from aiblog.core.settings import FILE_NAME, Git, Index, Settings
from aiblog.core.settings_yaml import parsed, settings_text, with_additions
from aiblog.errors import AiblogError

LINT_FILE = ".markdownlint.json"
LINT_FILES = (LINT_FILE, ".markdownlint.jsonc", ".markdownlint.yaml", ".markdownlint.yml", ".markdownlint-cli2.jsonc",
              ".markdownlint-cli2.yaml", ".rumdl.toml", "rumdl.toml")  # fmt: skip
"""Files that hold a blog's Markdown rules: with one of them there, `init` writes none."""


class Init(NamedTuple):
    """What a person said: languages by code, the first one leading, the key that holds a new post's date, and what
    the files leave open."""

    languages: tuple[str, ...] = ()
    date_key: str | None = None
    chosen: Chosen = Chosen()


class Survey(NamedTuple):
    """What is there. `text` is that of `aiblog.yaml`, None without one; `stated` is what it says."""

    root: Path
    learned: Learned
    text: str | None = None
    stated: Settings | None = None
    git: Git = Git()
    git_evidence: Mapping[str, str] = MappingProxyType({})

    @property
    def is_new(self) -> bool:
        """Whether a new blog is to be laid out: nothing is written down, and there is no post."""
        return self.text is None and self.learned.posts == 0


def surveyed(folder: Path, chosen: Chosen | None = None) -> Survey:
    """What the blog that `folder` is in has, with or without git; nothing is written.

    Raises:
        AiblogError: `settings-invalid` for an `aiblog.yaml` that will not do, `unsafe-path`, what git raises,
            `usage` for a choice that the blog has no post for.
    """
    root, configured = blogs.find_root(folder)
    said = chosen or Chosen()
    if configured:
        data = files.read(root, FILE_NAME) or b""
        stated = parsed(blogs.settings_text(root))
        _refuse_stated(stated, said)
        learned = blogs.inferred(root, chosen=Chosen(stated.posts, stated.path))
        return Survey(root, _with_shapes(root, learned), data.decode(), stated, stated.git)
    learned = _with_shapes(root, _learned(root, said))
    found = facts(root, learned.settings.posts)
    if found is None:
        return Survey(root, learned)
    habit = message_habit(found.subjects, learned.titles) if learned.posts else None
    why = {**found.why, **({"git.message": habit[1]} if habit else {})}
    git = Git(base=_base(found), remote=found.remote, message=habit[0] if habit else Git().message)
    return Survey(root, learned, git=git, git_evidence=why)


def _base(found: GitFacts) -> str | None:
    """The branch that posts are published from, without the remote's name."""
    return found.base.removeprefix(f"{found.remote}/") if found.base else None


def _learned(root: Path, said: Chosen) -> Learned:
    """What the files show, as a person has chosen; a choice without any post is for a blog that has none yet."""
    if said.path is not None and (problem := pattern_error(said.path)):
        raise AiblogError("usage", f'--path "{said.path}": {problem}')
    learned = blogs.inferred(root, chosen=said)
    if learned.posts == 0 and (said.posts is not None or said.path is not None):
        usual = blogs.inferred(root, indexes=False)
        if usual.posts:
            words = [f'{flag} "{value}"' for flag, value in (("--posts", said.posts), ("--path", said.path)) if value]
            there = f"{_shown(usual.settings.posts)} with {usual.settings.path} ({usual.evidence['path']})"
            raise AiblogError("usage", f"{' '.join(words)}: no post lies there; what was found is {there}")
    for code, suffix in said.suffixes.items() if learned.posts else ():
        own = learned.settings.language(code)
        if own is None or own.suffix != suffix:
            languages = ", ".join(f'{each.code} "{each.suffix}"' for each in learned.settings.languages)
            message = f'--suffix "{code}={suffix}": one of the blog\'s languages and a suffix of its own were wanted'
            raise AiblogError("usage", f"{message}; it has {languages}")
    names = [key.name for key in learned.settings.front_matter]
    if learned.posts and said.title not in {None, "heading", "title", *names}:
        keys = ", ".join(["heading", "title", *(name for name in names if name != "title")])
        raise AiblogError("usage", f'--title "{said.title}": no key of the posts; one of these was wanted: {keys}')
    return learned


def _with_shapes(root: Path, learned: Learned) -> Learned:
    """With the shape of each index as evidence."""
    days = {each.path: each.date for each in learned.editions} | learned.archived
    shapes = {
        f"indexes.{index.path}.style": shape_evidence(
            files.read(root, index.path) or b"", index, days, learned.settings.languages
        )
        for index in learned.settings.indexes
    }
    return replace(learned, evidence=learned.evidence | shapes)


def _shown(folder: str) -> str:
    return folder or "."


def _refuse_stated(stated: Settings, said: Chosen) -> None:
    """Refuses a choice that `aiblog.yaml` has made otherwise."""
    suffixes = [f"{each.code}={each.suffix}" for each in stated.languages]
    given = [f"{code}={suffix}" for code, suffix in said.suffixes.items()]
    for flag, value, own in (
        ("--posts", said.posts, [stated.posts]),
        ("--path", said.path, [stated.path]),
        ("--title", said.title, [stated.title]),
        *(("--suffix", each, suffixes) for each in given),
    ):
        if value is not None and value not in own:
            there = ", ".join(f'"{_shown(each)}"' for each in own)
            raise AiblogError("usage", f'{flag} "{_shown(value)}": {FILE_NAME} says {there}', f"edit {FILE_NAME}")


def settings_of(survey: Survey, said: Init) -> Settings:
    """The settings that `aiblog.yaml` shall have.

    Raises:
        AiblogError: `usage` for a language or a key that will not do.
    """
    if survey.stated is not None:
        return _with_what_is_new(survey.stated, survey.learned, said)
    settings = survey.learned.settings
    if said.languages:
        known = [each for each in settings.languages if each.code in survey.learned.written]
        codes = [*said.languages, *(each.code for each in known if each.code not in said.languages)]
        settings = settings._replace(languages=_languages(codes, known))
    if said.date_key:
        settings = _with_date_key(settings, survey.learned, said.date_key)
    if survey.is_new:
        suffixes, title = said.chosen.suffixes, said.chosen.title
        languages = (each._replace(suffix=suffixes.get(each.code, each.suffix)) for each in settings.languages)
        settings = settings._replace(languages=tuple(languages), title=title or settings.title)
        settings = settings._replace(indexes=(Index(f"{settings.posts}/README.md"),))
    return settings._replace(git=survey.git)


def planned(survey: Survey, settings: Settings, *, ci: bool = False) -> ChangeSet:
    """The files `init` would write, `aiblog.yaml` last: without it the next run begins anew. No file that is there
    changes, but for new lines in `aiblog.yaml`.

    Raises:
        AiblogError: `usage` where `ci` (a workflow for GitHub too) is wanted for a blog below its repository's top.
    """
    own = _own_files(survey, settings)
    return ChangeSet.of([*_workflow(survey, settings), *own.changes]) if ci else own


def _workflow(survey: Survey, settings: Settings) -> list[FileChange]:
    """The workflow that checks the blog; nothing where there is one."""
    if below := blogs.below_top(survey.root):
        folder = below.removesuffix("/")
        message = f'--ci github: a workflow belongs to the repository\'s top, and this blog lies in "{folder}"'
        raise AiblogError(
            "usage", f"{message}; one that is written there with `working-directory: {folder}` was wanted"
        )
    before = files.read(survey.root, WORKFLOW_PATH)
    found = None if settings.git.base else facts(survey.root, settings.posts)
    base = settings.git.base or (found and _base(found)) or "main"
    text = workflow_text(base, source())
    return [FileChange(WORKFLOW_PATH, None, text.encode())] if before is None else []


def _own_files(survey: Survey, settings: Settings) -> ChangeSet:
    evidence = survey.learned.evidence | dict(survey.git_evidence)
    if survey.text is not None:
        text = with_additions(survey.text, settings, evidence)
        parsed(text)
        return ChangeSet.of([FileChange(FILE_NAME, survey.text.encode(), text.encode())])
    texts: dict[str, str] = {}
    if survey.is_new:
        texts = {index.path: index_text(settings.languages) for index in settings.indexes}
        if not any((survey.root / name).exists() for name in LINT_FILES):
            texts[LINT_FILE] = lint_text()
    texts[FILE_NAME] = settings_text(settings, {} if survey.is_new else evidence)
    parsed(texts[FILE_NAME])
    changes = [FileChange(path, files.read(survey.root, path), text.encode()) for path, text in texts.items()]
    return ChangeSet.of(change for change in changes if change.before is None)


def _languages(codes: list[str], known: list[Language]) -> tuple[Language, ...]:
    """The languages of those codes: a known one as it is, another with a suffix that is free."""
    found: list[Language] = []
    for code in codes:
        taken = {each.suffix for each in [*known, *found]}
        own = next((each for each in known if each.code == code), None)
        found.append(own or default_language(code, f"_{code}" if "" in taken else ""))
    return tuple(found)


def _with_date_key(settings: Settings, learned: Learned, name: str) -> Settings:
    """The key of that name holds a new post's date; the others that held one stay as they are in the posts."""
    names = [key for key, _ in learned.dates] or [key.name for key in settings.front_matter if key.role == "date"]
    if name not in names:
        raise AiblogError("usage", f'--date-key "{name}": one of these was wanted: {", ".join(names)}')
    keys = [
        key._replace(role="date" if key.name == name else "updated") if key.name in names else key
        for key in settings.front_matter
    ]
    return settings._replace(front_matter=tuple(keys))


def _with_what_is_new(stated: Settings, learned: Learned, said: Init) -> Settings:
    """What is stated, and after it what the posts have had since. Nothing is taken for new from another layout."""
    own = stated.key("date")
    if said.date_key and (own is None or own.name != said.date_key):
        raise AiblogError(
            "usage", f"--date-key: {FILE_NAME} says already which key holds the date", f"edit {FILE_NAME}"
        )
    same = learned.posts > 0
    written = [each.code for each in learned.settings.languages if each.code in learned.written] if same else []
    codes = list(dict.fromkeys([each.code for each in stated.languages] + written + list(said.languages)))
    roles = {key.role for key in stated.front_matter if key.role}
    keys = [
        key
        for key in (learned.settings.front_matter if same else ())
        if key.role not in roles and key.name not in {"title", *(each.name for each in stated.front_matter)}
    ]
    indexes = [
        index._replace(languages=tuple(code for code in index.languages if code in codes))
        for index in (learned.settings.indexes if same else ())
        if index.path not in {each.path for each in stated.indexes}
    ]
    return stated._replace(
        languages=_languages(codes, list(stated.languages)),
        front_matter=(*stated.front_matter, *keys),
        indexes=(*stated.indexes, *indexes),
    )
