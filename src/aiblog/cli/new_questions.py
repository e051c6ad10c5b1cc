"""The questions of `aiblog new`, in their order; each is left out where a flag has answered it."""

from collections.abc import Callable
from dataclasses import replace

from aiblog.adapters import answers
from aiblog.adapters import blog as blogs
from aiblog.adapters.blog import Blog
from aiblog.adapters.prompts import Choice, Terminal
from aiblog.cli.inputs import comma_parts
from aiblog.cli.new import Given, date_of, plan_of, request, scaffold_of
from aiblog.cli.output import Run
from aiblog.core.post import Post
from aiblog.core.scaffold import Question, Scaffold, answer_error
from aiblog.core.settings import Key
from aiblog.core.slug import slug_error, slug_from_title, slug_proposal
from aiblog.core.tags import near_tag
from aiblog.core.title import title_error, visible
from aiblog.errors import AiblogError, Interrupted
from aiblog.workflows.drafting import branch_name, new_branch_possible
from aiblog.workflows.listing import vocabulary
from aiblog.workflows.new import AUTHOR_KEYS

Answers = dict[str, str | list[str]]


def asked(run: Run, blog: Blog, given: Given) -> Given | None:
    """`given` with an answer for each question that was open; None where the person decided to stop.

    Interrupted, it keeps the answers for the next run and writes nothing else.
    """
    questions = Questions(run, blog, given)
    try:
        answered = questions.ask_all()
    except Interrupted:
        answers.keep(blog.root, {**questions.before, **questions.said})
        raise
    if answered is None:
        answers.keep(blog.root, questions.said)
        run.say("Nothing was written. The answers are offered again next time.")
    else:
        answers.forget(blog.root)
    return answered


class Questions:
    """One person's way through the questions. `said` has the answers so far, `before` those of an interrupted run."""

    def __init__(self, run: Run, blog: Blog, given: Given) -> None:
        self.run, self.blog, self.given = run, blog, given
        self.terminal = Terminal()
        self.before: Answers = {}
        self.said: Answers = {}
        self.posts: list[Post] = blogs.posts(blog)

    def ask_all(self) -> Given | None:
        """Every open question, then the last look; None for "no"."""
        self.offer_earlier_answers()
        self.ask_title()
        if not self.ask_slug_and_date():
            return None
        scaffold = self.ask_kind()
        self.ask_languages()
        self.ask_scaffold_questions(scaffold)
        self.ask_metadata()
        self.ask_tags(scaffold)
        return self.confirmed()

    def offer_earlier_answers(self) -> None:
        """Offers the answers of a run that was interrupted, unless a title was given: that is another post."""
        kept = answers.kept(self.blog.root)
        title = kept.get("title")
        if self.given.title is None and isinstance(title, str):
            message = f'Go on with the answers of last time, "{visible(title)}"?'
            if self.terminal.confirm(message, default=True):
                self.before = kept
            else:
                answers.forget(self.blog.root)

    def text(
        self,
        name: str,
        message: str,
        default: str,
        problem: Callable[[str], str | None],
        suggestions: tuple[tuple[str, str], ...] = (),
    ) -> str:
        """One line of text; the answer of an interrupted run is the default."""
        earlier = self.before.get(name)
        shown = earlier if isinstance(earlier, str) else default
        answer = self.terminal.text(message, shown, problem, suggestions).strip()
        self.said[name] = answer
        return answer

    def ask_title(self) -> None:
        """The title."""
        if self.given.title is None:
            self.given = replace(self.given, title=self.text("title", "Title", "", title_error))
        elif problem := title_error(self.given.title):
            raise AiblogError("usage", problem)
        self.said["title"] = self.given.title or ""

    def ask_slug_and_date(self) -> bool:
        """Slug and date, until they name a post that is not there; False where the person went to that post."""
        while True:
            self.ask_slug()
            self.ask_date()
            there = next(
                (each for each in self.posts if (each.date, each.slug) == (self.given.date, self.given.slug)), None
            )
            if there is None:
                return True
            if not self.another_name(there):
                return False
            self.given = replace(self.given, slug=None)
            self.before.pop("slug", None)

    def ask_slug(self) -> None:
        """The slug, suggested from the title."""
        if self.given.slug is None:
            suggested = slug_from_title(self.given.title or "")

            def problem(text: str) -> str | None:
                wrong = slug_error(text.strip())
                return f"{wrong}; from this: {slug_proposal(text.strip() or suggested)}" if wrong else None

            self.given = replace(self.given, slug=self.text("slug", "Slug", suggested, problem))

    def ask_date(self) -> None:
        """The date, today by default."""
        today = blogs.today(self.blog.settings)

        def problem(text: str) -> str | None:
            try:
                date_of(text.strip(), self.blog)
            except AiblogError:
                return f"not a date: write {today}, today or tomorrow"
            return None

        if self.given.date is None:
            self.given = replace(self.given, date=self.text("date", "Date", today, problem))
        self.given = replace(self.given, date=date_of(self.given.date, self.blog))

    def another_name(self, post: Post) -> bool:
        """The post is there already: True to choose another slug; False after opening it, or to stop."""
        choices = [
            Choice("open", f"open {self.run.shown(self.blog.root, post.source.path)}"),
            Choice("slug", "choose another slug"),
            Choice("stop", "stop"),
        ]
        answer = self.terminal.select(f"{post.name} is there already", choices, "open")
        if answer == "open":
            from aiblog.adapters.editor import open_files  # noqa: PLC0415 - only where one is wanted

            open_files([self.blog.root / post.source.path])
        return answer == "slug"

    def ask_kind(self) -> Scaffold:
        """The kind of post."""
        if self.given.scaffold is None:
            kinds = [scaffold_of(self.blog, kind) for kind in blogs.scaffold_kinds(self.blog.root)]
            choices = [Choice(each.kind, each.kind, each.description) for each in kinds]
            self.given = replace(self.given, scaffold=self.select("scaffold", "Kind of post", choices, "post"))
        return scaffold_of(self.blog, self.given.scaffold or "post")

    def select(self, name: str, message: str, choices: list[Choice], default: str) -> str:
        """One of several; the answer of an interrupted run is the default."""
        earlier = self.before.get(name)
        start = earlier if isinstance(earlier, str) and earlier in {each.value for each in choices} else default
        answer = self.terminal.select(message, choices, start)
        self.said[name] = answer
        return answer

    def ask_languages(self) -> None:
        """The source's language, then the others."""
        languages = self.blog.settings.languages
        if self.given.lang is not None or len(languages) == 1:
            return
        choices = [Choice(each.code, each.name) for each in languages]
        source = self.select("source", "Written first in", choices, languages[0].code)
        earlier = self.before.get("others")
        others = self.terminal.checkbox(
            "Other languages, as linked stubs",
            [each for each in choices if each.value != source],
            earlier if isinstance(earlier, list) else [],
        )
        self.said["others"] = others
        self.given = replace(self.given, lang=(source, *others))

    def ask_scaffold_questions(self, scaffold: Scaffold) -> None:
        """What the scaffold wants to know."""
        for question in scaffold.questions:
            if question.name not in self.given.set:
                self.set(question.name, self.text(question.name, question.ask, question.default, _problem_of(question)))

    def ask_metadata(self) -> None:
        """The metadata the blog uses and no rule fills."""
        for key in self.blog.settings.front_matter:
            if key.role or key.derived or key.name in self.given.set or key.name == self.blog.settings.title:
                continue
            default = key.default or (self.author() if key.name in AUTHOR_KEYS else "")
            answer = self.text(key.name, key.name.replace("_", " ").capitalize(), default, _value_problem(key))
            if answer:
                self.set(key.name, answer)

    def author(self) -> str:
        """The author's name as git has it."""
        from aiblog.adapters.git import author_name  # noqa: PLC0415 - only where a key wants it

        return author_name(self.blog.root) or ""

    def set(self, name: str, value: str) -> None:
        """Takes one metadata value or scaffold answer."""
        self.given = replace(self.given, set={**self.given.set, name: value})

    def ask_tags(self, scaffold: Scaffold) -> None:
        """Tags, one after the other, an empty line ends; completed from the blog's own, most used first."""
        if self.given.tag is not None or self.blog.settings.key("tags") is None:
            return
        known = vocabulary(self.posts, self.blog.settings)
        earlier = self.before.get("tags")
        tags = list(earlier) if isinstance(earlier, list) else list(scaffold.tags)
        if tags:
            self.terminal.note(f"  {', '.join(tags)}  (- and a tag takes it away)")
        while True:
            suggestions = [(tag, str(count)) for tag, count in known.items() if tag not in tags]
            message = "Tags (Tab completes, an empty line ends)" if not tags else "Another tag"
            line = self.terminal.text(message, "", _tag_problem, suggestions)
            if not line.strip():
                break
            for tag in comma_parts([line]):
                self.take_tag(tag, tags, known)
            self.said["tags"] = tags
        self.given = replace(self.given, tag=tuple(tags))

    def take_tag(self, tag: str, tags: list[str], known: dict[str, int]) -> None:
        """Adds one tag, or takes away one that is written with a leading hyphen; says what is new or nearly known."""
        if tag.startswith("-") and tag[1:].strip() in tags:
            tags.remove(tag[1:].strip())
            return
        if tag in tags:
            return
        near = near_tag(tag, known)
        if near:
            posts = "1 post" if known[near] == 1 else f"{known[near]} posts"
            message = f'"{visible(tag)}" is new; the blog has "{visible(near)}" ({posts}). Take that one?'
            tag = near if self.terminal.confirm(message, default=True) else tag
        elif tag not in known:
            self.terminal.note(f"  {visible(tag)} is new to this blog")
        if tag not in tags:
            tags.append(tag)

    def confirmed(self) -> Given | None:
        """Shows what will be written and asks; None for "no"."""
        post, scaffold = request(self.blog, self.given)
        plan = plan_of(self.blog, post, scaffold)
        self.terminal.note("")
        for number, (code, path) in enumerate(plan.editions.items()):
            data = next((each.after for each in plan.changes.changes if each.path == path), None)
            role = "the source" if number == 0 else "a linked stub"
            self.terminal.note(f"{self.run.shown(self.blog.root, path)}    {code}, {role}")
            if number == 0 and data:
                self.terminal.note(_beginning(data.decode()))
        for path in plan.changes.created:
            if path not in plan.editions.values():
                self.terminal.note(f"{self.run.shown(self.blog.root, path)}    from the scaffold")
        if self.run.dry_run:
            return self.given
        return self.decided(post.date, post.slug)

    def decided(self, date: str, slug: str) -> Given | None:
        """The last question; what flags have decided already is not offered again."""
        choices = [Choice("yes", "Yes")]
        if self.given.edit is None:
            from aiblog.adapters.editor import name_of_editor  # noqa: PLC0415 - only here

            if editor := name_of_editor():
                choices.append(Choice("edit", f"Yes, and open it in {editor}"))
        if not (self.given.commit or self.given.switch or self.given.no_branch) and new_branch_possible(self.blog):
            branch = self.given.branch or branch_name(self.blog.settings, date, slug)
            choices.append(Choice("switch", f"Yes, on a new branch {branch}"))
        choices.append(Choice("no", "No"))
        answer = self.terminal.select("Write it", choices, "yes")
        if answer == "no":
            return None
        if answer == "edit":
            return replace(self.given, edit=True)
        return replace(self.given, switch=True) if answer == "switch" else self.given


def _problem_of(question: Question) -> Callable[[str], str | None]:
    return lambda text: answer_error(question, text.strip())


def _value_problem(key: Key) -> Callable[[str], str | None]:
    def problem(text: str) -> str | None:
        if not text.strip():
            return f"{key.name} is required in this blog" if key.required else None
        return title_error(text, key.name)

    return problem


def _tag_problem(text: str) -> str | None:
    return title_error(text, "tag") if text.strip() else None


def _beginning(text: str) -> str:
    """The front matter without its fences and the H1, indented."""
    lines = [line for line in text.split("\n") if line and line != "---"]
    end = next((number for number, line in enumerate(lines, 1) if line.startswith("# ")), len(lines))
    return "\n".join(f"  {visible(line)}" for line in lines[:end])
