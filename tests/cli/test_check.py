"""`aiblog check` as a whole command."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from jsonschema import Draft4Validator

from support.program import aiblog, tree
from support.repositories import git, made_blog, write

SAMPLES = Path(__file__).parents[1] / "samples"
BROKEN = "---\nstatus: Draft\ndate: 2026-02-25\ntags: a\n---\n\n# 坏链接\n\n见[报告](./nowhere.md)。\n"
FOUND = "posts/2026-02-25/broken.md:9:7: link-missing ./nowhere.md does not exist"


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    folder = made_blog(tmp_path / "blog")
    write(folder, {"posts/2026-02-25/broken.md": BROKEN})
    return folder


def _links(folder: Path, *words: str) -> list[str]:
    return aiblog("check", "--select", "link-missing", *words, folder=folder).stdout.splitlines()


def test_findings_are_results_with_their_place_and_exit_1(blog: Path) -> None:
    before = tree(blog)
    done = aiblog("check", "--select", "link-missing", folder=blog)
    assert (done.returncode, done.stdout) == (1, f"{FOUND}\n")
    assert done.stderr == "1 error in 2 files.\n"
    assert tree(blog) == before


def test_names_that_no_file_can_have_are_not_there(blog: Path) -> None:
    long = "长" * 300
    text = f"{BROKEN}\n[a](a%00b/c.md) [b](c%00.md#d) [c]({long}/e.md) [d]({long}.md#f)\n"
    write(blog, {"posts/2026-02-25/broken.md": text})
    assert len(_links(blog)) == 5
    done = aiblog("check", long, folder=blog)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f'error: no post "{long[:20]}')


def test_a_blog_with_nothing_wrong_says_so_and_exits_0(tmp_path: Path) -> None:
    done = aiblog("check", folder=made_blog(tmp_path / "blog"))
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "Nothing wrong in 3 files.\n1 finding is for your information alone:  aiblog check --select tag-once\n",
    )


def test_json_is_one_object_with_every_finding(blog: Path) -> None:
    done = aiblog("check", "--select", "link-missing", "--json", folder=blog)
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert said == {
        "ok": False,
        "findings": [
            {
                "path": "posts/2026-02-25/broken.md",
                "line": 9,
                "column": 7,
                "rule": "link-missing",
                "message": "./nowhere.md does not exist",
                "severity": "error",
                "fixable": False,
            }
        ],
        "checked": 2,
        "fixed": [],
    }
    assert aiblog("check", "--select", "link-missing", "--format", "json", folder=blog).stdout == done.stdout


def test_annotations_for_github_are_workflow_commands(blog: Path) -> None:
    done = aiblog("check", "--select", "link-missing", "--format", "github", folder=blog / "posts")
    place = "file=posts/2026-02-25/broken.md,line=9,col=7,title=link-missing"
    assert done.stdout == f"::error {place}::./nowhere.md does not exist\n"


def test_paths_are_shown_from_the_folder_the_person_is_in(blog: Path) -> None:
    assert _links(blog / "posts" / "2026-02-25") == [FOUND.removeprefix("posts/2026-02-25/")]
    assert _links(blog / "posts" / "2026-01-10") == [f"../{FOUND.removeprefix('posts/')}"]


def test_a_post_a_path_or_a_folder_is_checked_alone(blog: Path) -> None:
    assert _links(blog, "old") == []
    assert _links(blog, "broken") == [FOUND]
    assert _links(blog, "2026-02-25/broken") == [FOUND]
    assert _links(blog, "posts/2026-02-25/broken.md") == [FOUND]
    assert _links(blog, "posts/2026-02-25") == [FOUND]
    assert _links(blog, ".") == [FOUND]
    assert _links(blog, "posts/2026-01-10", "notes.txt") == []


def test_what_is_no_post_and_no_file_is_refused(blog: Path) -> None:
    done = aiblog("check", "brokn", folder=blog)
    assert done.returncode == 2
    assert 'the nearest is "broken"' in done.stderr
    for words in ("content/english/posts/broken/", "content/english/posts/broken_zh.md"):
        assert 'the nearest is "broken"' in aiblog("check", words, folder=blog).stderr
    assert 'the nearest is "broken"' in aiblog("check", "BROKN", folder=blog).stderr
    for words in ("posts/2026-02-25", "posts/2026-02-25/"):  # a folder, where one post is wanted
        assert 'the nearest is "2026-02-25/broken"' in aiblog("translate-diff", words, folder=blog).stderr


def test_rules_are_chosen_and_left_out_by_name(blog: Path) -> None:
    assert aiblog("check", "--ignore", "link-missing,markdown", folder=blog).stdout.count("link-missing") == 0
    assert _links(blog, "--ignore", "link-missing") == []
    done = aiblog("check", "--ignore", "link-mising", folder=blog)
    assert done.returncode == 2
    assert '--ignore: no rule "link-mising"; the nearest is "link-missing"' in done.stderr


def test_the_list_of_rules_says_what_each_finds(blog: Path) -> None:
    lines = aiblog("check", "--list-rules", folder=blog).stdout.splitlines()
    assert any(line.startswith("link-missing ") and "  error  " in line for line in lines)
    rules = json.loads(aiblog("check", "--list-rules", "--json", folder=blog).stdout)["rules"]
    assert len(rules) == len(lines)
    assert set(rules[0]) == {"name", "severity", "finds", "bad", "good", "why"}


def test_settings_turn_rules_off_and_say_how_much_they_matter(blog: Path) -> None:
    settings = (blog / "aiblog.yaml").read_text()

    def check_with(text: str) -> tuple[int, str]:
        (blog / "aiblog.yaml").write_text(f"{settings}{text}")
        done = aiblog("check", folder=blog)
        return done.returncode, done.stdout

    assert "link-missing" not in check_with("check: {ignore: [link-missing]}\n")[1]
    assert check_with("check:\n  severity: {link-missing: warning}\n") == (1, f"{FOUND}\n")
    assert check_with("check:\n  severity: {link-missing: information}\n") == (0, "")
    assert check_with("check:\n  paths:\n    'posts/2026-02-*': {ignore: [link-missing]}\n") == (0, "")
    assert check_with("check:\n  paths:\n    'posts/2026-01-*': {ignore: [link-missing]}\n") == (1, f"{FOUND}\n")
    (blog / "aiblog.yaml").write_text(f"{settings}check:\n  ignore:\n    - link-mising\n")
    done = aiblog("check", folder=blog)
    assert done.returncode == 2
    line = settings.count("\n") + 3
    assert f'error: aiblog.yaml:{line}: no rule "link-mising"; the nearest is "link-missing"' in done.stderr
    assert "  hint: ${EDITOR:-vi} aiblog.yaml\n" in done.stderr


def test_information_is_counted_and_shown_where_it_is_asked_for(blog: Path) -> None:
    (blog / "aiblog.yaml").write_text(
        f"{(blog / 'aiblog.yaml').read_text()}check: {{severity: {{link-missing: information}}}}\n"
    )
    done = aiblog("check", folder=blog)
    assert "1 finding is for your information alone:  aiblog check --select link-missing\n" in done.stderr
    done = aiblog("check", "--select", "link-missing", folder=blog)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{FOUND}\n", "1 for information in 2 files.\n")


def test_a_command_that_is_named_looks_at_the_same_files_by_the_same_rules(blog: Path) -> None:
    text = BROKEN.replace("./nowhere.md", "../2026-01-10/OLD.md").replace("tags: a", "tags: [a]")
    text = text.replace("\n见", "\n字,字")
    write(blog, {"posts/2026-02-25/broken.md": text})
    done = aiblog("check", "broken", "--since", "HEAD", "--ignore", "tag-once,tags-style", folder=blog)
    assert "can be mended:  aiblog check broken --since HEAD --ignore tag-once,tags-style --fix\n" in done.stderr
    assert "alone:  aiblog check broken --since HEAD --select punctuation-half-width\n" in done.stderr
    done = aiblog("check", "-C", "blog", "--select", "tags-style", folder=blog.parent)
    assert "can be mended:  aiblog check -C blog --select tags-style --fix\n" in done.stderr


def test_what_fix_has_left_is_not_called_mendable(blog: Path) -> None:
    text = (
        f"{BROKEN.replace('./nowhere.md', './broken.md')}\n* 一\n- 二\n- 三\n"  # one marker for all would make one list
    )
    write(blog, {"posts/2026-02-25/broken.md": text, ".markdownlint.json": '{"default": false, "MD004": true}'})
    done = aiblog("check", "broken", "--fix", folder=blog)
    assert "MD004" in done.stdout
    assert "can be mended" not in done.stderr
    assert (blog / "posts/2026-02-25/broken.md").read_text(encoding="utf-8") == text


def test_a_dry_run_without_fix_shows_the_findings(blog: Path) -> None:
    assert _links(blog, "--dry-run") == [FOUND]


def test_the_indexes_are_files_that_are_looked_at(blog: Path) -> None:
    assert aiblog("check", "posts/README.md", folder=blog).stderr == "Nothing wrong in 1 file.\n"
    assert "in 4 files.\n" in aiblog("check", folder=blog).stderr
    assert aiblog("check", "aiblog.yaml", folder=blog).stderr == "No file of this blog to check.\n"


def test_aiblog_index_is_named_only_where_it_mends_something(blog: Path) -> None:
    entries = "## 2026-02-26: {}\n\n- [{}](./2026-02-26/{}.md)\n\nWords of mine.\n\n"
    write(blog, {"posts/README.md": f"# Posts\n\n{entries.format('Gone', 'Gone', 'gone')}"})
    assert "To mend the indexes:  aiblog index\n" in aiblog("check", folder=blog).stderr  # the old post is unlisted
    done = aiblog("check", "--select", "index-dead-link", folder=blog)
    assert "index-dead-link" in done.stdout
    assert "To mend the indexes" not in done.stderr


def test_what_the_linter_says_once_more_is_said_once(blog: Path) -> None:
    text = f"{BROKEN}\n[方法](#nowhere) 和 [报告][none]，[上](#top)，[旧](../2026-01-10/old.md#top)。\n"
    write(blog, {"posts/2026-02-25/broken.md": text, ".markdownlint.json": "{}"})
    lines = aiblog("check", "broken", folder=blog).stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["link-missing", "anchor-missing", "reference-undefined"]
    lines = aiblog("check", "broken", "--ignore", "anchor-missing", folder=blog).stdout.splitlines()
    assert "MD051" in "".join(lines)


@pytest.mark.parametrize(
    "words", [["--select", ""], ["--ignore", ","], ["--json", "--format", "sarif"], ["--json", "--format", "github"]]
)
def test_flags_that_say_nothing_or_exclude_each_other_are_refused(blog: Path, words: list[str]) -> None:
    done = aiblog("check", *words, folder=blog)
    assert done.returncode == 2
    assert "usage" in done.stdout or words[0] in done.stderr


def test_a_comment_beside_the_link_allows_it(blog: Path) -> None:
    path = blog / "posts" / "2026-02-25" / "broken.md"
    path.write_text(BROKEN.replace("。\n", "。<!-- aiblog:disable-line link-missing -->\n"), encoding="utf-8")
    assert _links(blog) == []


def test_a_draft_may_wait_and_a_published_post_may_not(blog: Path) -> None:
    text = "---\nstatus: {}\ndate: 2026-02-25\ntags: a\n---\n\n# 草稿\n\n<!-- aiblog:todo What it is. -->\n"
    write(blog, {"posts/2026-02-25/broken.md": text.format("Draft")})
    assert aiblog("check", folder=blog).stdout == ""
    write(blog, {"posts/2026-02-25/broken.md": text.format("Active")})
    assert "todo-marker" in aiblog("check", folder=blog).stdout


def test_a_blog_without_settings_and_without_git_is_checked(tmp_path: Path) -> None:
    write(tmp_path, {"posts/2026-02-25/broken.md": BROKEN, "posts/2026-02-24/fine.md": BROKEN.replace("./no", "#no")})
    assert _links(tmp_path) == [FOUND]


def test_sarif_is_valid_by_the_schema_and_has_every_finding(blog: Path) -> None:
    schema = json.loads((SAMPLES / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    write(blog, {"posts/2026-02-25/中文 文.md": BROKEN})
    done = aiblog("check", "--format", "sarif", folder=blog)
    log = json.loads(done.stdout)
    Draft4Validator(schema).validate(log)
    (run,) = log["runs"]
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    results = [(each["ruleId"], each["level"], names[each["ruleIndex"]]) for each in run["results"]]
    assert ("link-missing", "error", "link-missing") in results
    places = [each["locations"][0]["physicalLocation"] for each in run["results"]]
    region = {"startLine": 9, "startColumn": 7}
    assert {"artifactLocation": {"uri": "posts/2026-02-25/broken.md"}, "region": region} in places
    assert any(each["artifactLocation"]["uri"].endswith("/%E4%B8%AD%E6%96%87%20%E6%96%87.md") for each in places)


def test_programs_get_paths_from_the_top_of_the_repository(tmp_path: Path) -> None:
    made_blog(tmp_path / "site" / "blog")
    (tmp_path / "site" / "blog" / ".git").rename(tmp_path / "site" / ".git")
    write(tmp_path / "site" / "blog", {"posts/2026-02-25/broken.md": BROKEN})
    for form in ("github", "sarif"):
        done = aiblog("check", "--select", "link-missing", "--format", form, folder=tmp_path / "site" / "blog")
        assert "blog/posts/2026-02-25/broken.md" in done.stdout
    assert _links(tmp_path / "site" / "blog") == [FOUND]


def test_since_a_commit_only_posts_that_changed_are_checked(blog: Path) -> None:
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "A broken post")
    git(blog, "switch", "--quiet", "-c", "topic")
    assert _links(blog, "--since", "main") == []
    assert aiblog("check", "--since", "main", folder=blog).stderr == "No file of this blog to check.\n"
    write(blog, {"posts/2026-02-26/neu.md": BROKEN})
    assert _links(blog, "--since", "main") == [FOUND.replace("2026-02-25/broken", "2026-02-26/neu")]
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Another")
    git(blog, "switch", "--quiet", "main")
    write(blog, {"posts/2026-02-27/later.md": BROKEN})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "Meanwhile on main")
    git(blog, "switch", "--quiet", "topic")
    assert _links(blog, "--since", "main") == [FOUND.replace("2026-02-25/broken", "2026-02-26/neu")]
    assert _links(blog, "--since", "HEAD~2") == [FOUND.replace("2026-02-25/broken", "2026-02-26/neu"), FOUND]
    assert _links(blog, "--since", "main", "broken") == []


def test_a_file_beside_a_post_that_changed_is_a_change_of_the_post(blog: Path) -> None:
    text = BROKEN.replace("[报告](./nowhere.md)", "![图](./images/roi.png)")
    write(blog, {"posts/2026-02-25/broken.md": text, "posts/2026-02-25/images/roi.png": "PNG"})
    git(blog, "add", ".")
    git(blog, "commit", "--quiet", "-m", "An image")
    (blog / "posts/2026-02-25/images/roi.png").unlink()
    done = aiblog("check", "--select", "image-missing", "--since", "HEAD", folder=blog)
    assert "image-missing ./images/roi.png does not exist" in done.stdout


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "HEAD:posts"])
def test_since_what_is_no_commit_is_refused(blog: Path, revision: str) -> None:
    before = tree(blog)
    done = aiblog("check", f"--since={revision}", folder=blog)
    assert done.returncode == 2
    assert f'--since "{revision}": a commit, branch or tag of this repository was wanted' in done.stderr
    assert tree(blog) == before


def test_since_what_a_shallow_clone_lacks_is_fetched_first(blog: Path, tmp_path: Path) -> None:
    assert "  hint: git branch --all\n" in aiblog("check", "--since", "mian", folder=blog).stderr
    git(tmp_path, "clone", "--quiet", "--depth=1", blog.as_uri(), "shallow")
    done = aiblog("check", "--since", "HEAD~1", folder=tmp_path / "shallow")
    assert (done.returncode, "  hint: git fetch --unshallow\n" in done.stderr) == (2, True)


def test_since_outside_a_repository_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"posts/2026-02-25/broken.md": BROKEN})
    assert aiblog("check", "--since", "main", folder=tmp_path).returncode == 3


class _Proxy(BaseHTTPRequestHandler):
    """Answers for the whole web: `gone` in an address is 404, `busy` 429."""

    def do_GET(self) -> None:
        """The same as for HEAD."""
        self.do_HEAD()

    def do_HEAD(self) -> None:
        """By the address."""
        self.send_response(404 if "gone" in self.path else 429 if "busy" in self.path else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_parts: object) -> None:
        """Nothing is said."""


WEB = (
    "---\nstatus: Active\ndate: 2026-02-25\ntags: a\n---\n\n# 链接\n\n"
    "见[甲](http://a.org/gone) [乙](http://b.org/busy) [丙](http://c.org)。\n"
)


def test_links_out_of_the_blog_are_asked_for_where_that_is_said(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(blog, {"posts/2026-02-25/broken.md": WEB})
    assert aiblog("check", "--ignore", "index-unlisted", folder=blog).stdout == ""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Proxy)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_address[1]}")
    monkeypatch.delenv("no_proxy", raising=False)
    found = "posts/2026-02-25/broken.md:9:6: link-dead http://a.org/gone answers 404\n"
    done = aiblog("check", "--external", "--ignore", "index-unlisted", folder=blog)
    assert (done.returncode, done.stdout) == (1, found)
    assert "1 finding is for your information alone:  aiblog check --external --select link-dead" in done.stderr
    done = aiblog("check", "--external", "--select", "link-dead", folder=blog)
    assert done.stdout == f"{found}posts/2026-02-25/broken.md:9:29: link-dead http://b.org/busy answers 429\n"
    server.shutdown()
    server.server_close()


def test_without_a_network_one_line_says_so(blog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(blog, {"posts/2026-02-25/broken.md": WEB.replace("http://", "https://nowhere-at-all.")})
    monkeypatch.setenv("https_proxy", "http://proxy.invalid:1")
    done = aiblog("check", "--external", "--ignore", "index-unlisted", folder=blog)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("No address answered: links out of the blog were not checked. Is there a network?\n")
    assert json.loads(aiblog("check", "--external", "--json", folder=blog).stdout)["offline"] is True


def test_the_rule_that_asks_the_network_wants_the_flag_that_allows_it(blog: Path) -> None:
    done = aiblog("check", "--select", "link-dead", folder=blog)
    assert done.returncode == 2
    assert "aiblog check --select link-dead --external" in done.stderr


def test_posts_without_front_matter_in_a_blog_that_never_had_any_miss_none(tmp_path: Path) -> None:
    write(tmp_path, {"posts/2026-02-25/one.md": "# 一\n\n正文。\n"})
    done = aiblog("check", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
