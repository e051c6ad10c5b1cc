"""The conventions of a blog, read off its files: what `init` writes down, and what holds where nothing is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from aiblog.core import header
from aiblog.core.language import NAMES, Language, default_language
from aiblog.core.layout import Found, Layout
from aiblog.core.learn_indexes import DATE, MOST, Posts, indexes_of, labels_in, with_own_names
from aiblog.core.post import MetadataValue
from aiblog.core.settings import NAMED_ROLES, Key, Settings
from aiblog.core.title import first_heading, plain_title, title_error
from aiblog.errors import AiblogError

PATTERNS: tuple[tuple[str, str], ...] = (
    ("{date}/{date}-{slug}{lang}.md", rf"(?:(?P<posts>.+)/)?(?P<d>{DATE})/(?P=d)-[^/]+\.md"),
    ("{date}/{slug}{lang}.md", rf"(?:(?P<posts>.+)/)?{DATE}/[^/]+\.md"),
    ("{lang}/{date}-{slug}.md", rf"(?:(?P<posts>.+)/)?(?:{'|'.join(NAMES)})(?:-[A-Za-z]{{2,4}})?/{DATE}-[^/]+\.md"),
    ("{date}-{slug}{lang}.md", rf"(?:(?P<posts>.+)/)?{DATE}-[^/]+\.md"),
)
"""The path patterns that are recognised, each with the expression that says whether a path has it; first match wins."""

UNDATED = ("{slug}/index{lang}.md", r"(?:(?P<posts>.+)/)?[^/]+/index(?:[._-][a-z-]+)?\.md")
"""The pattern that is looked for where no path has a date: its files have one in their metadata."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was found; paths as given. `evidence` by place, as `settings_text` takes it.

    `strays` has paths by what is odd about them, `dates` the keys that hold a date with the number
    of files of each, most used first, `written` the languages that have a file.
    """

    settings: Settings
    evidence: dict[str, str] = field(default_factory=dict)
    strays: dict[str, list[str]] = field(default_factory=dict)
    posts: int = 0
    files: int = 0
    dates: tuple[tuple[str, int], ...] = ()
    written: frozenset[str] = frozenset()

    @property
    def date_is_unclear(self) -> bool:
        """Whether several keys hold dates and none of them stands in nearly every post."""
        names = [name for name, _ in self.dates]
        return len(names) > 1 and not any(key.required for key in self.settings.front_matter if key.name in names)


def learned(paths: Sequence[str], head: Callable[[str], bytes], read: Callable[[str], bytes] | None = None) -> Learned:
    """The blog's conventions; the defaults where there is no post.

    Args:
        paths: every `.md` file of the blog, relative to its root, with `/`.
        head: the first kilobytes of a file, or all of it.
        read: a whole file; without it no index is looked for.
    """
    places = _places(paths) or _undated_places(paths, head)
    if not places:
        return Learned(Settings())
    (folder, pattern), count = max(
        places.items(), key=lambda item: (not _is_archive(item[0][0]), item[1], -len(item[0][0]))
    )
    archive = next(
        (other for other, same in places if same == pattern and other != folder and _is_archive(other)), None
    )
    prefix = f"{folder}/" if folder else ""
    outside = [path for path in paths if not (archive and _is_below(path, archive))]
    files = {path.removeprefix(prefix): _File(path, head(path)) for path in outside if _is_below(path, folder)}
    expression = re.compile(dict([*PATTERNS, UNDATED])[pattern])
    languages, notes = _languages(pattern, [path for path in files if expression.fullmatch(path)], files)
    found, rest = Layout(pattern, languages).posts(files)
    if not found:
        return Learned(Settings())
    editions = [(each, files[each.path]) for each in found]
    dated = [prefix + path for path in rest if re.search(DATE, path)]
    keys, key_notes, dates = _front_matter(editions)
    title, title_note = _title(editions)
    evidence = {"path": f"{len(found)} of {len(found) + len(dated)} files", "posts": _files(count)} | notes
    evidence |= key_notes | {"title": title_note}
    settings = Settings(folder, archive, pattern, None, languages, keys, title)
    if read is not None:
        settings, index_notes = _with_indexes(settings, outside, editions, read)
        evidence |= index_notes
    posts = len({(each.date, each.slug) for each in found})
    written = frozenset(each.language for each in found)
    return Learned(settings, evidence, _strays(editions, dated, keys), posts, len(found), dates, written)


def _with_indexes(
    settings: Settings, paths: Sequence[str], editions: Sequence[tuple[Found, _File]], read: Callable[[str], bytes]
) -> tuple[Settings, dict[str, str]]:
    """The settings with the indexes among those files, and with what the blog calls its languages; the evidence."""
    by_path = {file.path: (each.date, each.slug, each.language) for each, file in editions}
    drafts = {(each.date, each.slug) for each, file in editions if _is_draft(file, settings.front_matter)}
    facts = Posts(by_path, {post[:2] for post in by_path.values()} - drafts)
    others = [path for path in paths if path not in by_path]
    indexes, notes = indexes_of(others, read, facts, settings.languages)
    texts = {index.path: read(index.path).decode("utf-8", "replace") for index in indexes}
    texts |= {file.path: file.body for _, file in editions}
    labels = [label for path, text in texts.items() for label in labels_in(text, path, facts)]
    languages = with_own_names(settings.languages, labels)
    return settings._replace(languages=languages, indexes=indexes), notes


class _File:
    """One edition's head: its metadata, None where it has none or it cannot be read, and its body."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        try:
            found = header.read(data, path)
        except AiblogError:
            found = header.Header({}, 0, present=False)
        self.values: Mapping[str, MetadataValue] | None = found.values if found.present else None
        self.body = data[found.end :].decode("utf-8", "replace")

    @property
    def heading(self) -> str | None:
        """The H1's text."""
        heading = first_heading(self.body)
        return plain_title(heading.text) if heading else None

    @property
    def title(self) -> str:
        """The H1's text, else the front matter's title, else nothing."""
        title = (self.values or {}).get("title")
        return self.heading or (title if isinstance(title, str) else "")


def _places(paths: Sequence[str]) -> dict[tuple[str, str], int]:
    """How many files lie where: by posts folder and pattern."""
    compiled = [(pattern, re.compile(expression)) for pattern, expression in PATTERNS]
    places: Counter[tuple[str, str]] = Counter()
    for path in paths:
        for pattern, expression in compiled:
            if match := expression.fullmatch(path):
                places[match["posts"] or "", pattern] += 1
                break
    return places


def _undated_places(paths: Sequence[str], head: Callable[[str], bytes]) -> dict[tuple[str, str], int]:
    """As `_places`, for posts without a date in their path: several, each with a date in its metadata."""
    places: Counter[tuple[str, str]] = Counter()
    for path in paths:
        if match := re.fullmatch(UNDATED[1], path):
            values = _File(path, head(path)).values or {}
            places[match["posts"] or "", UNDATED[0]] += any(NAMED_ROLES.get(key) == "date" for key in values)
    return {place: count for place, count in places.items() if count > 1}


def _is_archive(folder: str) -> bool:
    return "archive" in folder.lower()


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _languages(
    pattern: str, paths: Sequence[str], files: Mapping[str, _File]
) -> tuple[tuple[Language, ...], dict[str, str]]:
    """The languages that the names of those files show, the most used first, with the counts."""
    if "{lang}/" in pattern:
        counts = Counter(path.split("/")[0] for path in paths)
        codes = [code for code, _ in counts.most_common()]
        languages = tuple(default_language(code, f"_{code}" if code != codes[0] else "") for code in codes)
        return languages, {f"languages.{code}": _files(count) for code, count in counts.items()}
    stems = {path.removesuffix(".md") for path in paths}
    marks = Counter(_language_mark(stem, stems) for stem in sorted(stems))
    plain = [files[path].title for path in paths if not _language_mark(path.removesuffix(".md"), stems)]
    suffixes: Counter[str] = Counter()
    for mark, count in marks.items():
        suffixes.update({mark[1:]: count} if mark else {})
    main = "zh" if sum(bool(re.search("[\u4e00-\u9fff]", title)) for title in plain) * 2 > len(plain) else "en"
    if not plain and suffixes and main not in suffixes:
        main = suffixes.most_common(1)[0][0]
    codes = [main, *(code for code, _ in suffixes.most_common() if code != main)]
    if len(codes) == 1:
        codes.append("zh" if main == "en" else "en")
    notes = {}
    for code in codes:
        own, other = (len(plain), suffixes[code]) if code == main else (suffixes[code], 0)
        counted = _files(own) if own else "no file yet"
        notes[f"languages.{code}"] = counted + (f', and {other} as "_{code}"' if other else "")
    written = {code: max((f"{mark}{code}" for mark in "_-."), key=lambda each: marks[each]) for code in codes}
    return tuple(default_language(code, "" if code == main else written[code]) for code in codes), notes


def _language_mark(stem: str, stems: Collection[str]) -> str:
    """What marks a file's language: `_zh`; `-zh` or `.zh` beside a file of the same name without it; "" for none."""
    match = re.search(r"_([a-z]{2}(?:-[a-z]{2})?)$", stem) or re.search(r"[.-]([a-z]{2})$", stem)
    if match is None or match[1][:2] not in NAMES:
        return ""
    return match[0] if match[0][0] == "_" or stem[: match.start()] in stems else ""


def _front_matter(
    editions: Sequence[tuple[Found, _File]],
) -> tuple[tuple[Key, ...], dict[str, str], tuple[tuple[str, int], ...]]:
    """The keys in their usual order, with style and usual values; the evidence; the keys that hold dates."""
    with_header = [(file.path, file.values) for _, file in editions if file.values is not None]
    if not with_header:
        return Settings().front_matter, {}, ()
    counts = Counter(key for _, values in with_header for key in values)
    own = ("title", "lang", "translation_of", "source_hash")
    names = [key for key, count in counts.items() if count >= max(1, 0.2 * len(with_header)) and key not in own]
    names = [name for name in names if header.scalar(name) == name and not title_error(name)]
    rank = {name: _rank(name, [list(values) for _, values in with_header]) for name in names}
    names.sort(key=lambda name: rank[name])
    keys, notes = [], {}
    for name in names:
        pairs = [(path, values[name]) for path, values in with_header if name in values]
        key, note = _key(name, pairs, len(with_header))
        keys.append(key)
        notes[f"front_matter.{name}"] = note
    dates = [(key.name, counts[key.name]) for key in keys if key.role in {"date", "updated"}]
    return tuple(keys), notes, tuple(sorted(dates, key=lambda item: -item[1]))


def _rank(name: str, orders: Sequence[Sequence[str]]) -> float:
    """Where a key stands on average, as a share of its header's length."""
    places = [order.index(name) / len(order) for order in orders if name in order]
    return sum(places) / len(places)


def _key(name: str, pairs: Sequence[tuple[str, MetadataValue]], headers: int) -> tuple[Key, str]:
    note = f"{len(pairs)} of {headers} files"
    role = NAMED_ROLES.get(name)
    required = len(pairs) >= MOST * headers
    values = Counter(value for _, value in pairs if isinstance(value, str) and not title_error(value))
    if sum(path == value for path, value in pairs) >= MOST * len(pairs):
        return Key(name, required=required, derived="path"), note
    if role == "status":
        draft = next((value for value in values if value.casefold() == "draft"), "Draft")
        usual = [(value, count) for value, count in values.most_common() if value != draft]
        published = usual[0][0] if usual else "Published"
        note += ": " + ", ".join(f"{value} {count}" for value, count in values.most_common(3))
        return Key(name, role="status", required=required, draft=draft, published=published), note
    if role == "tags":
        lists = sum(isinstance(value, list) for _, value in pairs)
        return Key(name, role="tags", required=required, style="list" if lists > len(pairs) / 2 else "comma"), note
    if role in {"date", "updated"}:
        return Key(name, role="date" if role == "date" else "updated", required=required), note
    top = values.most_common(1)
    if top and top[0][1] > len(pairs) / 2 and len(pairs) > 1:
        return Key(name, required=required, default=top[0][0]), f"{note}, {top[0][1]} times {top[0][0]}"
    return Key(name, required=required), note


def _title(editions: Sequence[tuple[Found, _File]]) -> tuple[str, str]:
    named = sum(file.values is not None and bool(file.values.get("title")) for _, file in editions)
    if named > len(editions) / 2:
        return "title", f"{named} of {len(editions)} files"
    headed = sum(file.heading is not None for _, file in editions)
    return "heading", f"{headed} of {len(editions)} files"


def _is_draft(file: _File, keys: Sequence[Key]) -> bool:
    status = next((key for key in keys if key.role == "status"), None)
    return bool(status and file.values and file.values.get(status.name) == status.draft)


def _strays(editions: Sequence[tuple[Found, _File]], dated: Sequence[str], keys: Sequence[Key]) -> dict[str, list[str]]:
    """What does not follow the conventions: paths by what is odd about them, said as "files …"."""
    strays: dict[str, list[str]] = {}
    for each, file in editions:
        path = file.path
        if each.stray:
            strays.setdefault(f"named {each.suffix}", []).append(path)
        if file.values is None:
            strays.setdefault("without metadata", []).append(path)
        value = next(((file.values or {}).get(key.name) for key in keys if key.role == "date"), None)
        if each.date and isinstance(value, str) and value and value[:10] != each.date:
            strays.setdefault("whose date differs from the path", []).append(path)
    return strays | ({"with a date in the path that are no posts": list(dated)} if dated else {})


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"


def message_habit(subjects: Sequence[str]) -> tuple[str, str] | None:
    """The message most posts were committed with, `{title}` behind its prefix, and the evidence; None for no habit."""
    prefixes = Counter(match.group() for subject in subjects if (match := re.match(r"[^:{}]{1,40}: +(?=\S)", subject)))
    if not prefixes:
        return None
    prefix, count = prefixes.most_common(1)[0]
    if count < 2 or count <= len(subjects) / 2:
        return None
    return f"{prefix}{{title}}", f"{count} of {len(subjects)} commits"
