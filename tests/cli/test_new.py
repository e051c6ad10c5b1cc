"""Cases 15, 16, 18 and 20: `aiblog new` off a terminal: files, refusals, idempotence, JSON."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from support.program import AIBLOG, aiblog, tree
from support.repositories import made_blog, state

SETTINGS = """\
posts: posts
timezone: Asia/Shanghai
languages:
  en: {name: English, suffix: ""}
  zh: {name: Chinese, suffix: "_zh", own_name: 中文版}
front_matter:
  status: {draft: Draft, published: Active}
  author: {}
  date: {}
  tags: {style: comma}
  canonical_path: {from: path}
"""


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "aiblog.yaml").write_text(SETTINGS)
    return folder


def new_json(folder: Path, *arguments: str, given: str = "") -> dict[str, Any]:
    done = aiblog("new", "--json", *arguments, folder=folder, given=given)
    assert done.stderr == ""
    return dict(json.loads(done.stdout))


def test_a_post_in_one_language_has_the_blogs_front_matter_and_the_scaffolds_text(blog: Path) -> None:
    done = aiblog("new", "Hello, World", "--date", "2026-02-25", "--tag", "b,a", "-t", "c", folder=blog)
    assert (done.returncode, done.stdout) == (0, "posts/2026-02-25/hello-world.md\n")
    assert (blog / "posts/2026-02-25/hello-world.md").read_text() == (
        "---\nstatus: Draft\nauthor: Ada Author\ndate: 2026-02-25\ntags: b, a, c\n"
        "canonical_path: posts/2026-02-25/hello-world.md\n---\n\n# Hello, World\n\n"
        "<!-- aiblog:todo Write the post here. Begin with what the reader gets from it. -->\n"
    )
    assert done.stderr == (
        "Chinese edition:    aiblog translate-stub hello-world\nWhen it is written: aiblog publish hello-world\n"
    )


def test_several_languages_are_linked_and_the_first_is_the_source(blog: Path) -> None:
    done = aiblog("new", "贡献开源", "--date", "2026-02-25", "-l", "zh", "-l", "en", folder=blog)
    source, stub = (blog / path for path in done.stdout.splitlines())
    assert source.name == "gong-xian-kai-yuan_zh.md"
    assert "translation_of" not in source.read_text()
    assert "\n\n[English](./gong-xian-kai-yuan.md) | 中文版\n\n" in source.read_text()
    assert (
        "lang: en\ntranslation_of: ./gong-xian-kai-yuan_zh.md\n---\n\n# 贡献开源\n\nEnglish | [中文版]("
        in stub.read_text()
    )
    assert "source_hash" not in stub.read_text()


@pytest.mark.parametrize(
    ("stated", "lines"),
    [
        (
            "",
            ["[English](./x.md) | 中文版 | [日本語](./x_ja.md)", "English | [中文版](./x_zh.md) | [日本語](./x_ja.md)"],
        ),
        (
            "switch_line: others\n",
            ["[English](./x.md) | [日本語](./x_ja.md)", "[中文版](./x_zh.md) | [日本語](./x_ja.md)"],
        ),
    ],
)
def test_of_three_languages_each_leads_to_the_others(blog: Path, stated: str, lines: list[str]) -> None:
    (blog / "aiblog.yaml").write_text(
        SETTINGS.replace("front_matter:", f"  ja: {{suffix: _ja}}\n{stated}front_matter:")
    )
    done = aiblog("new", "X", "--slug", "x", "--date", "2026-02-25", "-l", "zh", "-l", "en", "-l", "ja", folder=blog)
    texts = [(blog / path).read_text() for path in done.stdout.splitlines()]
    assert [line in text.split("\n") for line, text in zip(lines, texts, strict=False)] == [True, True]
    assert texts[2].count("](./x") == 2


def test_the_same_call_again_does_nothing_and_another_one_is_refused(blog: Path) -> None:
    call = ("new", "Hello", "--date", "2026-02-25", "-l", "en", "-l", "zh")
    aiblog(*call, folder=blog)
    before = tree(blog)
    again = aiblog(*call, folder=blog)
    assert (again.returncode, again.stdout.count("\n")) == (0, 2)
    other = aiblog(*call, "--tag", "x", folder=blog)
    assert other.returncode == 3
    assert "post-exists" not in other.stderr
    assert "  hint: aiblog new --slug hello-2 Hello --date 2026-02-25 --lang en --lang zh --tag x\n" in other.stderr
    assert tree(blog) == before


def test_a_run_that_was_stopped_half_way_is_completed(blog: Path) -> None:
    call = ("Hello", "--date", "2026-02-25", "-l", "en", "-l", "zh")
    aiblog("new", *call, folder=blog)
    whole = tree(blog)
    (blog / "posts/2026-02-25/hello_zh.md").unlink()
    done = new_json(blog, *call)
    assert done["created"] == ["posts/2026-02-25/hello_zh.md"]
    assert tree(blog) == whole


def test_the_answer_as_json_and_its_command_write_the_same_again(blog: Path) -> None:
    done = new_json(blog, "-s", "report-digest", "--set", "source=https://example.org/a", "Two words", "--slug", "two")
    path = done["post"]["editions"]["en"]
    assert done["created"] == [path]
    assert (done["ok"], done["modified"], done["branch"], done["commit"]) == (True, [], None, None)
    before = tree(blog)
    (blog / path).unlink()
    subprocess.run([AIBLOG, *done["command"][1:]], cwd=blog, check=True, capture_output=True)
    assert tree(blog) == before


def test_a_dry_run_shows_the_diff_and_writes_nothing(blog: Path) -> None:
    before = tree(blog)
    done = aiblog("new", "Hello", "--date", "tomorrow", "--dry-run", folder=blog)
    assert done.returncode == 0
    assert done.stdout.startswith("--- /dev/null\n+++ b/posts/")
    assert "+# Hello\n" in done.stdout
    assert tree(blog) == before


def test_a_dry_run_names_the_branch_and_refuses_what_the_commit_would(tmp_path: Path) -> None:
    blog = made_blog(tmp_path / "blog")
    before = state(blog)
    new = ("new", "Hello", "--date", "2026-02-25", "--tag", "a", "--dry-run")
    for words in (new, ("translate-stub", "old", "--to", "zh", "--title", "旧文", "--dry-run")):
        name = "blog/2026-02-25-hello" if words == new else "blog/2026-01-10-old"
        assert aiblog(*words, folder=blog).stderr == ""
        for flag in ("--commit", "--switch"):
            assert aiblog(*words, flag, folder=blog).stderr == f"On branch {name}.\n"
        said = json.loads(aiblog(*words, "--commit", "--branch", "草稿", "--json", folder=blog).stdout)
        assert (said["branch"], said["commit"]) == ("草稿", None)
        done = aiblog(*words, "--commit", "--branch", "a..b", folder=blog)
        assert (done.returncode, done.stdout) == (2, "")
    assert state(blog) == before


def test_answers_come_from_a_file_and_a_flag_wins(blog: Path) -> None:
    answers = "---\ntitle: On time\ntag: [a, 'b c']\nlang: zh\nset: {author: Bo}\ndate: 2026-02-25\n"
    done = new_json(blog, "--from", "-", "--date", "2026-02-26", "--set", "author=Cy", given=answers)
    assert done["post"] == {
        "date": "2026-02-26",
        "slug": "on-time",
        "title": "On time",
        "editions": {"zh": "posts/2026-02-26/on-time_zh.md"},
    }
    text = (blog / "posts/2026-02-26/on-time_zh.md").read_text()
    assert "author: Cy\n" in text
    assert "tags: a, b c\n" in text
    (blog / "answers.json").write_text('{"title": "J", "slug": "j", "commit": false}')
    assert new_json(blog, "--from", "answers.json")["post"]["slug"] == "j"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("titel: x", 'unknown key "titel"; the nearest is "title"'),
        ("- x", "not a mapping"),
        ("title: [x]", "title: one text was wanted"),
        ("title: x\ncommit: perhaps", "commit: true or false was wanted"),
        ("title: x\nset: {a: [b]}", "set: a mapping of texts was wanted"),
        ("title: x\nbody: '-'", "only one can have it"),
        ("title: x\n---\ntitle: y", "a second document"),
    ],
)
def test_answers_that_will_not_do_are_refused(blog: Path, answers: str, said: str) -> None:
    before = tree(blog)
    done = aiblog("new", "--from", "-", folder=blog, given=answers)
    assert done.returncode == 2
    assert said in done.stderr
    assert tree(blog) == before


def test_a_body_stands_below_the_h1(blog: Path) -> None:
    body = "\ufeff# *Hello*\r\n\r\nText.\r\n\r\n## More\r\n"
    done = new_json(blog, "Hello", "--slug", "a", "--body", "-", given=body)
    assert (blog / done["post"]["editions"]["en"]).read_bytes().endswith(b"---\n\n# Hello\n\nText.\n\n## More\n")
    for other in ("# Bye\n\nText", "---\ntitle: x\n---\n"):
        refused = aiblog("new", "Hello", "--slug", "b", "--body", "-", folder=blog, given=other)
        assert refused.returncode == 2
    assert not list(blog.rglob("b.md"))
    both = aiblog("new", "--body", "-", "--from", "-", folder=blog)
    assert both.returncode == 2
    assert "only one can have it" in both.stderr


TEXTS = [
    "---",
    "yes",
    "12:30",
    "1e3",
    "1.10",
    "2026-02-25",
    "null",
    'it\'s "quoted"',
    "# hash",
    "a # b",
    "@at",
    "a: b",
    "- item",
    "[x](y)",
    "a](http://evil) b",
    '<img src=x onerror="alert(1)">',
    "`code` and ``` ticks",
    "*star* _under_ __init__",
    "👩‍👩‍👧 emoji 🎉",
    "C:\\path\\n",
    "&amp; &lt;",
    "{{ slug }}",
    "%s {title}",
    "x" * 200,
    "汉" * 86,
    "résumé é",
]


@pytest.mark.parametrize("title", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("place", ["heading", "title"])
def test_a_title_and_a_tag_read_back_as_they_were_typed(blog: Path, title: str, place: str) -> None:
    (blog / "aiblog.yaml").write_text(f"{SETTINGS}title: {place}\n".replace("{style: comma}", "{style: list}"))
    tag = title.replace(",", "")
    done = new_json(blog, "--slug=a", "-t", tag, "--", title)
    text = (blog / done["post"]["editions"]["en"]).read_text()
    head, _, body = text.removeprefix("---\n").partition("\n---\n")
    for values in (yaml.safe_load(head), YAML(typ="safe").load(head)):
        assert [str(each) for each in values["tags"]] == [tag]
        assert place == "heading" or str(values["title"]) == title
    if place == "heading":
        tokens = MarkdownIt().parse(body)
        assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1"]
        inline = tokens[1].children or []
        assert not {token.type for token in inline} - {"text", "code_inline", "text_special"}
        shown = "".join(token.content for token in inline)
        assert shown in {title, title.replace("`code`", "code")}
    listed = json.loads(aiblog("list", "--json", folder=blog).stdout)["posts"][0]
    assert listed["tags"] == [tag]


@pytest.mark.parametrize(
    "title",
    [
        "",
        "  ",
        "a\nb",
        "a\tb",
        "a\x1b[31mb",
        "a\x7fb",
        "a\u202eb",
        "a\u200bb",
        "a\u2028b",
        b"a\xff",
        "\ufeffa",
        "a\u00adb",
    ],
)
def test_a_title_that_would_deceive_is_refused_and_never_shown_raw(blog: Path, title: str | bytes) -> None:
    before = tree(blog)
    done = aiblog("new", title, folder=blog)
    assert done.returncode == 2
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u200b\u202e\u2028\udc80-\udcff\ufeff\u00ad]", done.stderr)
    assert tree(blog) == before
    tags = aiblog("new", "Fine", "--tag", title, folder=blog)
    assert tags.returncode == (2 if title.strip() else 0)


@pytest.mark.parametrize(
    "slug",
    ["..", ".git", "-rf", "a/b", "CON", "con", "a.", "Intro", "贡献开源", "e\u0301", "x" * 81, "", "a b", "a--b"],
)
def test_a_slug_that_will_not_do_is_refused_with_one_that_does(blog: Path, slug: str) -> None:
    before = tree(blog)
    done = aiblog("new", "A title", "--date", "2026-02-25", f"--slug={slug}", folder=blog)
    assert done.returncode == 2
    proposed = re.search(r"hint: aiblog new --slug (\S+) 'A title' --date 2026-02-25\n", done.stderr)
    assert proposed
    assert tree(blog) == before
    assert aiblog("new", "A title", f"--slug={proposed[1]}", folder=blog).returncode == 0


def test_a_twin_by_case_of_a_post_that_is_there_is_refused(blog: Path) -> None:
    (blog / "posts/2026-02-25").mkdir(parents=True)
    (blog / "posts/2026-02-25/Intro.md").write_text("# Intro\n")
    before = tree(blog)
    done = aiblog("new", "Intro", "--date", "2026-02-25", folder=blog)
    assert done.returncode == 2
    assert "--slug intro-2" in done.stderr
    assert tree(blog) == before


@pytest.mark.parametrize(
    ("slug", "there", "misread"),
    [
        ("readme", None, 'posts/2026-02-25/readme.md" would not be read as the en edition of "2026-02-25/readme"'),
        ("index", None, 'posts/2026-02-25/index.md" would not be read as the en edition'),
        ("kv-zh", "kv", 'posts/2026-02-25/kv-zh.md" would not be read as the en edition of "2026-02-25/kv-zh"'),
        ("kv", "kv-zh", 'posts/2026-02-25/kv-zh.md" would not be read as the en edition of "2026-02-25/kv-zh"'),
    ],
)
def test_a_slug_that_would_be_read_as_something_else_is_refused_with_one_that_is_a_post(
    blog: Path, slug: str, there: str | None, misread: str
) -> None:
    if there:
        assert aiblog("new", "键值", "--slug", there, "--date", "2026-02-25", folder=blog).returncode == 0
    before = tree(blog)
    done = aiblog("new", "键值存储", "--slug", slug, "--date", "2026-02-25", folder=blog)
    assert done.returncode == 2
    assert misread in done.stderr
    assert tree(blog) == before
    proposed = f"{slug}-2"
    assert f"hint: aiblog new --slug {proposed} 键值存储 --date 2026-02-25\n" in done.stderr.replace("'", "")
    assert aiblog("new", "键值存储", "--slug", proposed, "--date", "2026-02-25", folder=blog).returncode == 0
    listed = json.loads(aiblog("list", "--json", folder=blog).stdout)["posts"]
    assert sorted(post["slug"] for post in listed) == sorted({proposed, there} - {None})


def test_where_the_date_is_in_the_name_any_slug_is_a_posts(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text(SETTINGS + 'path: "{date}-{slug}{lang}.md"\n')
    done = aiblog("new", "说明", "--slug", "readme", "--date", "2026-02-25", folder=blog)
    assert (done.returncode, done.stdout) == (0, "posts/2026-02-25-readme.md\n")
    assert json.loads(aiblog("list", "--json", folder=blog).stdout)["posts"][0]["slug"] == "readme"


def test_without_a_terminal_nothing_is_asked_and_the_missing_flag_is_named(blog: Path) -> None:
    before = tree(blog)
    for given, environment in (("", {}), ("y\n", {}), ("", {"TERM": "dumb"}), ("", {"LC_ALL": "C"}), ("", {"CI": "1"})):
        done = aiblog("new", "--date", "2026-02-25", folder=blog, given=given, environment=environment)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == (
            "error: a title is needed, and there is no terminal to ask on; nothing was written\n"
            "  hint: aiblog new TITLE --date 2026-02-25\n"
        )
    assert tree(blog) == before


@pytest.mark.parametrize("redirection", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full"])
@pytest.mark.parametrize("command", ["new Hello --date 2026-02-25", "list", "new", "new Hello --json", "--version"])
def test_streams_that_are_closed_or_full_end_in_an_exit_code_and_no_traceback(
    blog: Path, redirection: str, command: str
) -> None:
    stdout_fails = ">&-" in redirection.replace("2>&-", "") or redirection.startswith(">/dev/full")
    done = subprocess.run(
        f"{AIBLOG} {command} {redirection}",
        check=False,
        shell=True,
        cwd=blog,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    wanted = 2 if command == "new" else 4 if stdout_fails and command != "list" else 0
    assert done.returncode in ({0, 4} if command == "list" else {wanted})
    assert "Traceback" not in done.stderr
    if wanted == 4 and "2>" not in redirection:
        assert done.stderr.startswith("error: standard output could not be written")


def test_a_pipe_that_is_closed_early_is_silent(blog: Path) -> None:
    for number in range(3):
        aiblog("new", f"Post {number}", folder=blog)
    done = subprocess.run(
        f"{AIBLOG} list --json | head -c 1; echo ${{PIPESTATUS[0]}}",
        check=False,
        shell=True,
        executable="/bin/bash",
        cwd=blog,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""


def test_colour_is_given_only_where_it_is_asked_for(blog: Path) -> None:
    plain = aiblog("new", folder=blog)
    always = aiblog("new", "--color", "always", folder=blog)
    never = aiblog("new", "--color=never", folder=blog, environment={"TERM": "xterm-256color"})
    assert "\x1b" not in plain.stderr + never.stderr
    assert always.stderr.startswith("\x1b[31merror:\x1b[0m ")


@pytest.mark.parametrize("kind", ["link", "fifo", "file"])
@pytest.mark.parametrize(
    "place", ["posts", "posts/2026-02-25", "posts/2026-02-25/hello.md", "scaffolds", "scaffolds/mine"]
)
def test_what_is_no_folder_or_file_of_the_blog_is_refused(blog: Path, tmp_path: Path, kind: str, place: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "scaffold.yaml").write_text("description: not ours\n")
    (outside / "post.md").write_text("# {{ title }}\n")
    target = blog / place
    target.parent.mkdir(parents=True, exist_ok=True)
    if kind == "link":
        target.symlink_to(outside)
    elif kind == "fifo":
        os.mkfifo(target)
    else:
        target.write_text("a file\n")
    flags = ["--scaffold", "mine"] if place.startswith("scaffolds") else []
    done = aiblog("new", "Hello", "--date", "2026-02-25", *flags, "--json", folder=blog)
    error = json.loads(done.stdout)["error"]
    a_post = place.endswith("hello.md") and kind == "file"
    assert (done.returncode, error["code"]) == (3, "post-exists" if a_post else "unsafe-path")
    assert sorted(path.name for path in outside.iterdir()) == ["post.md", "scaffold.yaml"]
    assert not list(outside.parent.rglob("hello*.md")) or place.endswith("hello.md")


def test_list_does_not_follow_links_or_open_fifos(blog: Path, tmp_path: Path) -> None:
    aiblog("new", "Hello", "--date", "2026-02-25", folder=blog)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.md").write_text("# Secret\n")
    (blog / "posts/2026-02-26").symlink_to(tmp_path / "outside")
    os.mkfifo(blog / "posts/2026-02-25/fifo.md")
    (blog / "posts/2026-02-25/link.md").symlink_to(tmp_path / "outside/secret.md")
    done = json.loads(aiblog("list", "--json", folder=blog).stdout)
    assert [post["slug"] for post in done["posts"]] == ["hello"]


def test_the_blogs_own_scaffold_wins_and_is_never_executed(blog: Path) -> None:
    own = blog / "scaffolds/post"
    own.mkdir(parents=True)
    (own / "scaffold.yaml").write_bytes(b"\xef\xbb\xbfdescription: ours\r\ntags: [x]\r\n")
    (own / "post.md").write_bytes(
        b"\xef\xbb\xbf# {{ title }}\r\n\r\n{{ date }} by {{author}}: $(touch pwned) `touch pwned`\r\n"
    )
    (own / "notes.txt").write_text("{{ title }}")
    done = new_json(blog, "{{ slug }}", "--slug", "a", "--date", "2026-02-25")
    text = (blog / "posts/2026-02-25/a.md").read_text()
    assert "tags: x\n" in text
    assert text.endswith("# {{ slug }}\n\n2026-02-25 by Ada Author: $(touch pwned) `touch pwned`\n")
    assert done["created"] == ["posts/2026-02-25/a.md", "posts/2026-02-25/notes.txt"]
    assert not list(blog.rglob("pwned"))
    (own / "post.md").write_text("# {{ title }}\n\n{{ ''.__class__.__mro__ }}\n")
    before = tree(blog)
    refused = aiblog("new", "B", folder=blog)
    assert refused.returncode == 2
    assert "scaffolds/post/post.md:3: unknown placeholder" in refused.stderr
    assert tree(blog) == before


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--lang", "fr"), '"fr" is no language of this blog'),
        (("--date", "2026-02-30"), "is not a date"),
        (("--date", "2026-W09-3"), "is not a date"),
        (("--scaffold", "nope"), 'no scaffold "nope"'),
        (("--scaffold", "../post"), 'no scaffold "../post"'),
        (("--scaffold", "report-digest"), '--set source ("The report\'s address"): an answer is needed'),
        (("--scaffold", "report-digest", "--set", "source=javascript:alert(1)"), "is no address"),
        (("--set", "date=2026-01-01"), "--date says this"),
        (("--set", "tags=a"), "--tag says this"),
        (("--set", "source_hash=v1-0"), "aiblog keeps this key true by itself"),
        (("--set", "canonical_path=x"), "aiblog keeps this key true by itself"),
        (("--set", "a: b\nc=d"), "is no key"),
        (("--set", "author=a\nb: c"), "a line break"),
        (("--set", "nothing"), "KEY=VALUE was wanted"),
        (("--branch", "x"), "--commit is missing"),
        (("--commit", "--branch", "x", "--no-branch"), "exclude each other"),
        (("--edit", "--json"), "exclude each other"),
        (("--body", "nope.md"), "No such file"),
    ],
)
def test_a_flag_that_will_not_do_is_named(blog: Path, flags: tuple[str, ...], said: str) -> None:
    before = tree(blog)
    done = aiblog("new", "Hello", *flags, folder=blog)
    assert done.returncode == 2
    assert said in done.stderr + done.stdout
    assert tree(blog) == before


def test_an_editor_that_fails_leaves_the_files(blog: Path) -> None:
    done = aiblog("new", "Hello", "--slug", "a", "--edit", folder=blog, environment={"EDITOR": "false"})
    assert done.returncode == 4
    assert 'error: the editor "false" failed with exit code 1\n' in done.stderr
    assert list(blog.rglob("a.md"))
    opened = aiblog(
        "new", "Hello", "--slug", "b", "--edit", folder=blog, environment={"VISUAL": "sh -c 'echo seen >> \"$0\"'"}
    )
    assert opened.returncode == 0
    assert next(blog.rglob("b.md")).read_text().endswith("-->\nseen\n")


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_a_commit_holds_the_posts_files_and_a_second_call_does_nothing(blog: Path) -> None:
    git(blog, "init", "-q")
    git(blog, "add", ".")
    git(blog, "commit", "-qm", "Begin")
    (blog / "mine.txt").write_text("staged")
    git(blog, "add", "mine.txt")
    call = ("{slug} 一", "--slug", "a", "--date", "2026-02-25", "-l", "en", "-l", "zh")
    assert new_json(blog, *call)["commit"] is None
    first = new_json(blog, *call, "--commit")
    assert first["branch"] == "blog/2026-02-25-a"
    assert first["created"] == []
    assert git(blog, "log", "-1", "--format=%H %s") == f"{first['commit']} Draft blog post: {{slug}} 一"
    assert git(blog, "diff", "--name-only", "main", "HEAD").split() == list(first["post"]["editions"].values())
    assert git(blog, "diff", "--cached", "--name-only") == "mine.txt"
    again = new_json(blog, *call, "--commit")
    assert (again["branch"], again["commit"]) == (first["branch"], first["commit"])
    assert git(blog, "rev-list", "--count", "HEAD") == "2"


def test_a_branch_without_a_commit(blog: Path) -> None:
    git(blog, "init", "-q")
    git(blog, "add", ".")
    git(blog, "commit", "-qm", "Begin")
    done = new_json(blog, "A", "--switch", "--branch", "my/post")
    assert (done["branch"], done["commit"]) == ("my/post", None)
    assert git(blog, "branch", "--show-current") == "my/post"
    assert git(blog, "status", "--porcelain") == "?? posts/"


def test_a_branch_that_is_made_from_the_base_alone_names_the_way_there(blog: Path) -> None:
    git(blog, "init", "-q", "-b", "main")
    git(blog, "add", ".")
    git(blog, "commit", "-qm", "Begin")
    git(blog, "checkout", "-q", "--detach")
    before = tree(blog)
    done = aiblog("new", "甲", "--slug", "a", "--switch", "--branch", "my/post", folder=blog)
    assert (done.returncode, done.stderr.splitlines()[1:]) == (3, ["  hint: git switch main"])
    assert tree(blog) == before
    git(blog, "branch", "my/post")
    done = aiblog("new", "甲", "--slug", "a", "--switch", "--branch", "my/post", folder=blog)
    assert (done.returncode, done.stderr.splitlines()[1:]) == (3, ["  hint: git switch my/post"])


def test_a_commit_outside_a_repository_is_refused(blog: Path) -> None:
    before = tree(blog)
    done = aiblog("new", "A", "--commit", folder=blog)
    assert done.returncode == 3
    assert tree(blog) == before


def test_another_layout_and_a_blog_without_settings(tmp_path: Path) -> None:
    (tmp_path / "aiblog.yaml").write_text('path: "{slug}/index{lang}.md"\nposts: content\ntitle: title\n')
    done = new_json(tmp_path, "Hello", "-l", "en", "-l", "zh")
    assert done["post"]["editions"] == {"en": "content/hello/index.md", "zh": "content/hello/index_zh.md"}
    text = (tmp_path / "content/hello/index.md").read_text()
    assert text.startswith("---\ntitle: Hello\nstatus: Draft\n")
    assert "# " not in text
    assert aiblog("new", "Hello", "-l", "zh", folder=tmp_path).returncode == 3
    empty = tmp_path / "empty"
    (empty / ".git").mkdir(parents=True)
    assert new_json(empty, "Hello", "--date", "2026-02-25")["created"] == ["posts/2026-02-25/hello.md"]


def test_a_run_elsewhere_gives_a_command_that_goes_there(blog: Path) -> None:
    done = aiblog("-C", "blog", "new", "Hello", "--date", "2026-02-25", folder=blog.parent)
    assert done.stdout == "posts/2026-02-25/hello.md\n"
    assert "aiblog publish -C blog hello\n" in done.stderr


def test_a_new_post_of_the_real_blog_looks_like_its_others(corpus_copy: Path) -> None:
    done = new_json(corpus_copy, "贡献开源的 ROI", "--date", "2026-02-25", "-l", "zh", "-l", "en", "-t", "open-source")
    assert done["post"]["editions"] == {"zh": "docs/blog/2026-02-25/roi_zh.md", "en": "docs/blog/2026-02-25/roi.md"}
    text = (corpus_copy / "docs/blog/2026-02-25/roi_zh.md").read_text()
    assert text.startswith("---\nstatus: Draft\nmaintainer: pacoxu\n")
    assert "\ncanonical_path: docs/blog/2026-02-25/roi_zh.md\n---\n\n# 贡献开源的 ROI\n" in text


def test_what_the_blog_requires_and_the_post_has_not_yet_is_said(blog: Path) -> None:
    settings = (blog / "aiblog.yaml").read_text()
    (blog / "aiblog.yaml").write_text(settings.replace("tags: {style: comma}", "tags: {style: comma, required: true}"))
    done = aiblog("new", "Notes", "--slug", "notes", "--date", "2026-02-25", folder=blog)
    assert (done.returncode, "Still empty, and required in this blog: tags\n" in done.stderr) == (0, True)
    again = aiblog("new", "More", "--slug", "more", "--date", "2026-02-25", "--tag", "gpu", folder=blog)
    assert "Still empty" not in again.stderr
