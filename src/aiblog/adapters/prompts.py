"""Questions to a person on a terminal. questionary and prompt_toolkit live here, and are imported where one is asked.

Nothing here is a default taken in silence: whoever asks has looked at `is_interactive` first.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO, cast

from aiblog.core.title import visible
from aiblog.errors import Interrupted

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.completion import Completer
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from prompt_toolkit.layout.processors import Processor
    from questionary import Question

Problem = Callable[[str], str | None]
"""Says why an answer will not do, and what would; None where it will."""

_POINTER = "❯"


def is_interactive() -> bool:
    """Whether a person sits at this run: stdin and stdout are terminals that can move the cursor, and no CI runs it."""
    if os.environ.get("CI") or os.environ.get("TERM", "dumb") in {"", "dumb"}:
        return False
    return all(stream is not None and not stream.closed and stream.isatty() for stream in (sys.stdin, sys.stdout))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several answers: what it stands for, how it is shown, and a few words beside it."""

    value: str
    title: str
    description: str = ""


class Terminal:
    """Asks one question after the other, on stderr: standard output is for results.

    Every question raises `Interrupted` where the person presses Ctrl-C or Ctrl-D, and whatever
    the handlers of SIGTERM and SIGHUP raise, with the terminal restored.
    """

    def __init__(self, *, colour: bool = True) -> None:
        from prompt_toolkit.input import create_input  # noqa: PLC0415 - start-up: only where a question is asked
        from prompt_toolkit.output import ColorDepth, create_output  # noqa: PLC0415

        self._stream: TextIO = sys.stderr if sys.stderr.isatty() else sys.stdout
        output = create_output(self._stream)
        if hasattr(output, "enable_cpr"):
            output.enable_cpr = False  # its answers come late over slow lines, and then count as typed
        self._input = create_input(sys.stdin)
        self._options: dict[str, Any] = {"input": self._input, "output": output, "style": _style()}
        if not colour or os.environ.get("NO_COLOR"):
            self._options["color_depth"] = ColorDepth.DEPTH_1_BIT

    def text(
        self,
        message: str,
        default: str = "",
        problem: Problem | None = None,
        suggestions: Sequence[tuple[str, str]] = (),
        *,
        live: bool = False,
    ) -> str:
        """One line of text, without surrounding blanks; one that `problem` objects to is not taken.

        Args:
            message: the question, without a question mark.
            default: stands on the line, to be taken or typed over.
            problem: looks at the stripped answer.
            suggestions: each a text and a few words about it; Tab completes the part after the last comma.
            live: `problem` is shown while the person types, not only at Enter.
        """
        import questionary  # noqa: PLC0415 - start-up

        options: dict[str, Any] = {
            "complete_while_typing": False,
            "reserve_space_for_menu": 6,
            "input_processors": [_harmless()],
        }
        if suggestions:
            options["completer"] = _completer(suggestions)
        question = questionary.text(
            visible(message),
            default,
            validate=(lambda text: _indented(problem(text.strip())) or True) if problem else None,
            validate_while_typing=live,
            key_bindings=_text_keys(),
            **options,
            **self._options,
        )
        _wrap_problems(question.application)
        return cast("str", self._answer(question)).strip()

    def select(
        self, message: str, choices: Sequence[Choice], default: str | None = None, *, fresh: bool = False
    ) -> str:
        """The value of one of the choices, the pointer first on `default`.

        With `fresh`, what was typed before the question stood there does not answer it.
        """
        import questionary  # noqa: PLC0415 - start-up

        if fresh:
            self._flush()
        values = [choice.value for choice in choices]
        many = len(choices) > 12
        question = questionary.select(
            visible(message),
            self._shown(choices, plain=many),
            values[values.index(default)] if default in values else None,
            pointer=_POINTER,
            instruction="(type to filter)" if many else " ",
            use_jk_keys=not many,
            use_search_filter=many,
            erase_when_done=True,
            **self._options,
        )
        answer = cast("str", self._answer(question, _choice_keys()))
        self._answered(message, next(choice.title for choice in choices if choice.value == answer))
        return answer

    def checkbox(self, message: str, choices: Sequence[Choice], checked: Sequence[str] = ()) -> list[str]:
        """The values of any of the choices, in their order, those in `checked` chosen to begin with."""
        import questionary  # noqa: PLC0415 - start-up

        question = questionary.checkbox(
            visible(message),
            self._shown(choices, checked=checked, plain=True),
            pointer=_POINTER,
            instruction="(space chooses, Enter goes on)",
            erase_when_done=True,
            **self._options,
        )
        answer = cast("list[str]", self._answer(question, _choice_keys()))
        titles = [choice.title for choice in choices if choice.value in answer]
        self._answered(message, ", ".join(titles) or "none")
        return answer

    def confirm(self, message: str, default: bool = True, *, fresh: bool = False) -> bool:
        """Yes or no; Enter alone is `default`. With `fresh`, nothing typed earlier answers it."""
        import questionary  # noqa: PLC0415 - start-up

        if fresh:
            self._flush()
        question = questionary.confirm(visible(message), default, **self._options)
        return cast("bool", self._answer(question, _choice_keys()))

    def note(self, text: str = "") -> None:
        """Lines between the questions, without the final newline."""
        lines = "\n".join(visible(line) for line in text.split("\n"))
        encoding = self._stream.encoding or "ascii"
        self._stream.write(f"{lines}\n".encode(encoding, "backslashreplace").decode(encoding))
        self._stream.flush()

    def _flush(self) -> None:
        """Forgets what was typed so far: no key pressed before a question may answer it."""
        import termios  # noqa: PLC0415 - start-up

        from prompt_toolkit.input.typeahead import clear_typeahead  # noqa: PLC0415 - start-up

        clear_typeahead(self._input)
        termios.tcflush(self._input.fileno(), termios.TCIFLUSH)

    def _answered(self, message: str, answer: str) -> None:
        self.note(f"? {message} {answer}")

    def _shown(self, choices: Sequence[Choice], checked: Sequence[str] = (), *, plain: bool = False) -> list[Any]:
        """The choices as questionary has them: titles in a column, descriptions beside it, cut to the terminal.

        `plain` ones are single texts: only those can be filtered, and marked as chosen.
        """
        import questionary  # noqa: PLC0415 - start-up
        from prompt_toolkit.utils import get_cwidth  # noqa: PLC0415

        width = max(get_cwidth(visible(choice.title)) for choice in choices)
        room = self._options["output"].get_size().columns - width - 7
        shown = []
        for choice in choices:
            title = visible(choice.title)
            gap = " " * (width - get_cwidth(title) + 2)
            words = _cut(visible(choice.description), room)
            whole: Any = f"{title}{gap}{words}".rstrip()
            if not plain:
                whole = [("class:text", title), ("class:instruction", f"{gap}{words}".rstrip())]
            shown.append(questionary.Choice(whole, choice.value, checked=choice.value in checked, shortcut_key=False))
        return shown

    def _answer(self, question: Question, keys: KeyBindings | None = None) -> object:
        """Asks: the one place where an interrupted question becomes `Interrupted`."""
        application = question.application
        if keys is not None:
            from prompt_toolkit.key_binding import merge_key_bindings  # noqa: PLC0415 - start-up

            own = [each for each in (application.key_bindings, keys) if each is not None]
            application.key_bindings = merge_key_bindings(own)
        try:
            with _signals_end(application):
                return question.unsafe_ask()
        except (KeyboardInterrupt, EOFError, OSError) as error:
            if not sys.stdin.isatty():  # the terminal has gone: what SIGHUP says, which may have been lost on the way
                _hang_up()
            raise Interrupted from error


def _hang_up() -> None:
    import signal  # noqa: PLC0415 - start-up

    signal.raise_signal(signal.SIGHUP)


@contextmanager
def _signals_end(application: Application[Any]) -> Iterator[None]:
    """While it runs, the exceptions of the handlers of SIGTERM and SIGHUP end the application in good order.

    Raised by a handler in the middle of the event loop, they would be taken for an error of some callback.
    """
    import asyncio  # noqa: PLC0415 - start-up
    import signal  # noqa: PLC0415

    before: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    handlers = {number: handler for number, handler in before.items() if callable(handler)}

    def end(number: int) -> None:
        try:
            handlers[number](number, None)
        except BaseException as error:
            if not application.is_done:
                application.exit(exception=error)

    def listen() -> None:
        loop = asyncio.get_running_loop()
        for number in handlers:
            loop.add_signal_handler(number, end, number)

    application.pre_run_callables.append(listen)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            if signal.getsignal(number) is not signal.SIG_IGN:  # ignored: the handler ran, and wants it so
                signal.signal(number, handler)


def _text_keys() -> KeyBindings:
    """A paste stays on its line; Ctrl-D with nothing to its right ends the question, as on an empty line."""
    from prompt_toolkit.application import get_app  # noqa: PLC0415
    from prompt_toolkit.filters import Condition  # noqa: PLC0415 - start-up
    from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415
    from prompt_toolkit.keys import Keys  # noqa: PLC0415

    keys = KeyBindings()

    @keys.add(Keys.BracketedPaste)
    def _paste(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(pasted_line(event.data))

    at_end = Condition(lambda: get_app().current_buffer.document.is_cursor_at_the_end)
    keys.add("c-d", filter=at_end, eager=True)(_end)
    return keys


def _end(event: KeyPressEvent) -> None:
    event.app.exit(exception=EOFError)


def _choice_keys() -> KeyBindings:
    """Where one chooses: Ctrl-D and a signal end the question, a paste is nothing."""
    from prompt_toolkit.key_binding import KeyBindings  # noqa: PLC0415 - start-up
    from prompt_toolkit.keys import Keys  # noqa: PLC0415

    keys = KeyBindings()

    @keys.add(Keys.BracketedPaste, eager=True)
    def _nothing(_: KeyPressEvent) -> None:
        """A paste chooses nothing."""

    keys.add("c-d", eager=True)(_end)

    @keys.add("<sigint>")
    def _interrupt(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    return keys


def _harmless() -> Processor:
    """Shows what deceives in the text being typed, such as a direction override, as `�`: completed foreign text has it.

    One character each, so that the cursor stays where it is; prompt_toolkit itself shows control characters as `^[`.
    """
    from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput  # noqa: PLC0415 - start-up

    class Harmless(Processor):
        def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
            shown = [(each[0], _replaced(each[1]), *each[2:]) for each in transformation_input.fragments]
            return Transformation(cast("StyleAndTextTuples", shown))

    return Harmless()


def _replaced(text: str) -> str:
    return "".join("�" if ord(each) > 0x9F and visible(each) != each else each for each in text)


def _indented(problem: str | None) -> str | None:
    return problem and f"  {visible(problem)}"


def pasted_line(text: str) -> str:
    """A pasted text as one line: line breaks and tabs with the blanks around them become one blank each."""
    inner = text.strip("\r\n\t")
    return re.sub("[ ]*[\t\r\n\v\f\x85\u2028\u2029]+[ \t\r\n\v\f\x85\u2028\u2029]*", " ", inner)


def _completer(suggestions: Sequence[tuple[str, str]]) -> Completer:
    """Completes the part after the last comma: what begins with it first, then what holds it, in the order given."""
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion  # noqa: PLC0415 - start-up
    from prompt_toolkit.document import Document  # noqa: PLC0415

    class Suggestions(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
            del complete_event
            part = document.text_before_cursor.rpartition(",")[2].lstrip()
            for text, about in matching(suggestions, part):
                yield Completion(text, -len(part), display=visible(text), display_meta=visible(about))

    return Suggestions()


def matching(suggestions: Sequence[tuple[str, str]], part: str) -> list[tuple[str, str]]:
    """The suggestions for what was typed: those that begin with it, then those that hold it, in any case of letters."""
    wanted = part.casefold()
    begin = [each for each in suggestions if each[0].casefold().startswith(wanted)]
    hold = [each for each in suggestions if wanted in each[0].casefold() and each not in begin]
    return begin + hold


def _wrap_problems(application: Application[Any]) -> None:
    """Lets the line below the answer grow: cut at the terminal's width it would not say what would do."""
    from prompt_toolkit.filters import Always  # noqa: PLC0415
    from prompt_toolkit.layout import FormattedTextControl, Window  # noqa: PLC0415 - start-up

    for container in application.layout.walk():
        if not isinstance(container, Window) or container.height != 1:
            continue
        if isinstance(container.content, FormattedTextControl):
            container.height = None
            container.wrap_lines = Always()
            container.dont_extend_height = Always()


def _cut(text: str, columns: int) -> str:
    """The text in at most so many columns, an ellipsis where it was longer."""
    from prompt_toolkit.utils import get_cwidth  # noqa: PLC0415 - start-up

    if get_cwidth(text) <= columns:
        return text
    while text and get_cwidth(text) > columns - 1:
        text = text[:-1]
    return f"{text.rstrip()}…" if columns > 1 else ""


def _style() -> Any:
    """Quiet: bold for what is asked, colour only where the words say it too."""
    import questionary  # noqa: PLC0415 - start-up

    return questionary.Style(
        [
            ("qmark", "fg:ansicyan"),
            ("question", "bold"),
            ("answer", "noinherit"),
            ("instruction", "fg:ansibrightblack"),
            ("pointer", "fg:ansicyan bold"),
            ("highlighted", "bold"),
            ("validation-toolbar", "noreverse bg:default fg:ansired"),
            ("completion-menu", "noinherit"),
            ("completion-menu.completion.current", "reverse"),
        ]
    )
