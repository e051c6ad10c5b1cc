"""The questions of `aiblog new`, in their order; each is left out where a flag has answered it."""

import re
from collections.abc import Callable
from dataclasses import replace

from aiblog.adapters import answers
from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.adapters.prompts import Choice
from aiblog.cli.inputs import date_of
from aiblog.cli.new import scaffold_of
from aiblog.cli.new_given import Given
from aiblog.cli.new_last_look import decided
from aiblog.cli.new_tags import Tags
from aiblog.cli.output import Run
from aiblog.core.new_post import AUTHOR_KEYS, metadata_error
from aiblog.core.post import Post
from aiblog.core.scaffold import Question, Scaffold, answer_error
from aiblog.core.settings import Key, Settings
from aiblog.core.slug import slug_error, slug_from_title, slug_proposal
from aiblog.core.title import title_error
from aiblog.errors import AiblogError

Problem = Callable[[str], str | None]


def asked(run: Run, blog: Blog, given: Given, body: str | None) -> Given | None:
    """`given` with an answer for each question that was open; None where the person decided to stop.

    The answers are kept for the next run, however this one ends; `new` forgets them once the post
    is written. Nothing else is written.
    """
    questions = Questions(run, blog, given)
    try:
        answered = questions.ask_all()
        if answered is not None and questions.said:
            answered = decided(run, blog, questions.terminal, answered, body)
    except BaseException:
        _keep(run, blog, questions)
        raise
    if answered is not None:
        _keep(None, blog, questions)
    elif not questions.opened:
        _keep(run, blog, questions)
        run.say("Nothing was written.")
    return answered


def _keep(run: Run | None, blog: Blog, questions: "Questions") -> None:
    """Keeps what was answered, with what an earlier run had answered and this one did not reach; says so to `run`."""
    title = questions.given.title or ""
    kept = questions.said and answers.keep(blog.root, {**questions.before, "title": title, **questions.said})
    if kept and run:
        run.say("The answers are kept: the next `aiblog new` in this blog offers them.")


class Questions:
    """One person's way through the questions. `said` has the answers so far, `before` those of an interrupted run."""

    def __init__(self, run: Run, blog: Blog, given: Given) -> None:
        self.run, self.blog, self.given = run, blog, given
        self.terminal = run.terminal()
        self.before: dict[str, str | list[str]] = {}
        self.said: dict[str, str | list[str]] = {}
        self.posts: list[Post] = blogs.posts(blog)
        self.opened = False

    def ask_all(self) -> Given | None:
        """Every open question; None where the person went to a post that is there instead."""
        self.offer_earlier_answers()
        self.ask_title()
        if not self.ask_slug_and_date():
            return None
        scaffold = self.ask_kind()
        self.ask_languages()
        self.ask_scaffold_questions(scaffold)
        self.ask_metadata(scaffold)
        self.ask_tags(scaffold)
        return self.given

    def offer_earlier_answers(self) -> None:
        """Offers the answers of a run that was interrupted, unless another title was given: that is another post."""
        kept = answers.kept(self.blog.root)
        title = kept.get("title")
        if not isinstance(title, str) or self.given.title not in {None, title}:
            return
        if self.terminal.confirm(f'Go on with "{title}", as answered last time?', default=True):
            self.before = kept
        else:
            answers.forget(self.blog.root)

    def text(self, name: str, message: str, default: str, problem: Problem | None, *, live: bool = False) -> str:
        """One line of text; the answer of an interrupted run stands on the line to begin with."""
        earlier = self.before.get(name)
        shown = earlier if isinstance(earlier, str) else default
        answer = self.terminal.text(message, shown, problem, live=live)
        self.said[name] = answer
        return answer

    def select(self, name: str, message: str, choices: list[Choice], default: str) -> str:
        """One of several; the pointer is first on the answer of an interrupted run."""
        earlier = self.before.get(name)
        known = {each.value for each in choices}
        answer = self.terminal.select(message, choices, earlier if earlier in known else default)
        self.said[name] = answer
        return answer

    def ask_title(self) -> None:
        """The title."""
        if self.given.title is None:
            self.given = replace(self.given, title=self.text("title", "Title", "", title_error))
        elif problem := title_error(self.given.title):
            raise AiblogError("usage", problem)

    def ask_slug_and_date(self) -> bool:
        """Slug and date, until they name a post that is not there; False where the person went to that post.

        Where flags say both, the plan tells a post that is there from one this very call has written.
        """
        if self.given.slug is not None and self.given.date is not None:
            return True
        date = self.given.date
        while True:
            self.ask_slug()
            self.given = replace(self.given, date=date)
            self.ask_date()
            name = (self.given.date, self.given.slug)
            there = next((each for each in self.posts if (each.date, each.slug) == name), None)
            if there is None:
                return True
            if not self.another_name(there):
                return False
            self.given = replace(self.given, slug=None)

    def ask_slug(self) -> None:
        """The slug, suggested from the title."""
        if self.given.slug is None:
            suggested = slug_from_title(self.given.title or "")
            problem = _slug_problem(self.blog, suggested)
            self.given = replace(self.given, slug=self.text("slug", "Slug", suggested, problem, live=True))

    def ask_date(self) -> None:
        """The date, today by default."""
        today = blogs.today(self.blog.settings)

        def problem(text: str) -> str | None:
            try:
                date_of(text or None, self.blog)
            except AiblogError:
                return f"not a date: write {today}, today or tomorrow"
            return None

        date = self.given.date if self.given.date is not None else self.text("date", "Date", today, problem)
        self.given = replace(self.given, date=date_of(date or None, self.blog))

    def another_name(self, post: Post) -> bool:
        """The post is there already: True to choose another slug; False after opening it, or to stop."""
        path = self.run.shown(self.blog.root, post.source.path)
        choices = [
            Choice("open", f"open {path}"),
            Choice("slug", "choose another slug or date"),
            Choice("stop", "stop"),
        ]
        answer = self.terminal.select(f"{post.name} is there already:", choices, "open")
        self.before.pop("slug", None)
        self.said.pop("slug", None)
        if answer == "open":
            from aiblog.adapters.editor import open_files  # noqa: PLC0415 - only where one is wanted

            self.opened = True
            open_files([self.blog.root / post.source.path])
        return answer == "slug"

    def ask_kind(self) -> Scaffold:
        """The kind of post."""
        if self.given.scaffold is None:
            kinds = [scaffold_of(self.blog, kind) for kind in blogs.scaffold_kinds(self.blog.root)]
            choices = [Choice(each.kind, each.kind, each.description) for each in kinds]
            self.given = replace(self.given, scaffold=self.select("scaffold", "Kind of post", choices, "post"))
        return scaffold_of(self.blog, self.given.scaffold or "post")

    def ask_languages(self) -> None:
        """The source's language, then the others: one answer, kept as the list of both."""
        languages = self.blog.settings.languages
        if self.given.lang is not None or len(languages) == 1:
            return
        choices = [Choice(each.code, each.name) for each in languages]
        earlier = [code for code in self.before.get("lang", []) if self.blog.settings.language(code)]
        usual = _usual_source(self.given.title or "", self.posts, [each.code for each in languages])
        source = self.terminal.select("Written first in", choices, earlier[0] if earlier else usual)
        self.said["lang"] = [source]
        rest = [each for each in choices if each.value != source]
        others = self.terminal.checkbox("Other languages, as linked stubs", rest, earlier[1:])
        self.said["lang"] = [source, *others]
        self.given = replace(self.given, lang=(source, *others))

    def ask_scaffold_questions(self, scaffold: Scaffold) -> None:
        """What the scaffold wants to know."""
        for question in scaffold.questions:
            if question.name not in self.given.set:
                self.set(question.name, question.ask, question.default, _answer_problem(question))

    def ask_metadata(self, scaffold: Scaffold) -> None:
        """The metadata the blog uses, where neither the blog nor the scaffold says it."""
        from_scaffold = {question.front_matter for question in scaffold.questions}
        for key in self.blog.settings.front_matter:
            said = key.name in self.given.set or key.name in from_scaffold or key.default is not None
            if said or key.role or key.derived or key.name == self.blog.settings.title:
                continue
            default = self.author() if key.name in AUTHOR_KEYS else ""
            message = key.name.replace("_", " ").capitalize()
            self.set(key.name, message, default, _metadata_problem(self.blog.settings, key))

    def author(self) -> str:
        """The author's name as git has it, nothing where git has none."""
        from aiblog.adapters.git import author_name  # noqa: PLC0415 - only where a key wants it

        return author_name(self.blog.root) or ""

    def set(self, name: str, message: str, default: str, problem: Problem) -> None:
        """Asks for one metadata value or scaffold answer; an empty one is none."""
        answer = self.text(f"set.{name}", message, default, problem)
        if answer or default:
            self.given = replace(self.given, set={**self.given.set, name: answer})

    def ask_tags(self, scaffold: Scaffold) -> None:
        """Tags, unless the blog has no key for them."""
        if self.given.tag is not None or self.blog.settings.key("tags") is None:
            return
        earlier = self.before.get("tag")
        start = earlier if isinstance(earlier, list) else list(scaffold.tags)
        tags = Tags(self.terminal, self.blog.settings, self.posts, start)
        self.said["tag"] = tags.chosen
        tags.ask()
        self.given = replace(self.given, tag=tuple(tags.chosen))


def _usual_source(title: str, posts: list[Post], codes: list[str]) -> str:
    """Chinese for a title with Han characters; else what most of the newest posts with such a title were written in."""
    chinese = next((code for code in codes if code.partition("-")[0] == "zh"), None)
    if chinese and re.search("[\u3400-\u9fff]", title):
        return chinese
    sources = [post.source.language for post in posts[:10] if post.source.language != chinese]
    return max(sources, key=sources.count, default=next((code for code in codes if code != chinese), codes[0]))


def _slug_problem(blog: Blog, suggested: str) -> Problem:
    def problem(text: str) -> str | None:
        wrong = slug_error(text) or blog.layout.page_error(text)
        return f"{wrong}; from this: {slug_proposal(text) if text else suggested}" if wrong else None

    return problem


def _answer_problem(question: Question) -> Problem:
    return lambda text: answer_error(question, text)


def _metadata_problem(settings: Settings, key: Key) -> Problem:
    def problem(text: str) -> str | None:
        if not text:
            return f"{key.name} is required in this blog" if key.required else None
        return metadata_error(settings, key.name, text)

    return problem
