"""markdownlint's configuration read, and tuned for rumdl."""

import pytest

from aiblog.core.markdown_rules import is_markdownlints, read, tuned
from aiblog.errors import AiblogError

LINE_LENGTH = {"length_mode": "chars", "ignore_link_urls": False, "tables": True}
TUNED = {
    "MD005": False,
    "MD007": {"style": "fixed"},
    "MD010": {"code_blocks": True},
    "MD013": LINE_LENGTH,
    "MD024": {"siblings_only": False},
    "MD026": {"punctuation": ".,;:!。，；：！"},
    "MD036": {"punctuation": ".,;:!?。，；：！？"},
    "MD051": {"ignore_case": False},
    "MD060": {"enabled": True},
}


def test_json_may_have_comments_and_trailing_commas_which_strings_keep() -> None:
    text = '{ // "MD001": false,\n  "MD013": {"line_length": 120,}, /* , } */\n  "names": ["// no, }", "a\\",}"],\n}\n'
    assert read(text, ".markdownlint.jsonc") == {"MD013": {"line_length": 120}, "names": ["// no, }", 'a",}']}


def test_a_comment_that_is_a_long_rule_is_read_at_once() -> None:
    text = '{ "MD013": false, ' + "/" * 5000 + '\n"MD033": false, /*' + " /" * 5000 + "*/ }"
    assert read(text, ".markdownlint.json") == {"MD013": False, "MD033": False}


def test_a_number_too_long_to_be_one_is_refused() -> None:
    with pytest.raises(AiblogError, match="cannot be read") as refusal:
        read(f'{{"MD013": {{"line_length": {"1" * 5000}}}}}', ".markdownlint.json")
    assert refusal.value.code == "check-failed"


def test_yaml_has_the_types_of_json() -> None:
    text = "# rules\ndefault: true\nMD013:\n  line_length: 120\n  tables: false\nMD044:\n  names: [aiblog, '12']\n"
    expected = {"default": True, "MD013": {"line_length": 120, "tables": False}, "MD044": {"names": ["aiblog", 12]}}
    assert read(text, ".markdownlint.yaml") == expected


@pytest.mark.parametrize(("text", "line"), [('{\n "a": \n}', 3), ("[]", 1), ("", 1), ("[" * 30000, 1)])
def test_what_is_no_configuration_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(AiblogError, match=rf"^\.markdownlint\.json:{line}: ") as caught:
        read(text, ".markdownlint.json")
    assert caught.value.code == "check-failed"


def test_what_the_blog_does_not_say_is_set_as_markdownlint_has_it() -> None:
    assert tuned({}) == TUNED


def test_what_the_blog_says_stays() -> None:
    rules = {
        "$schema": "x",
        "line-length": {"line_length": 120, "length-mode": "visual", "tables": False},
        "list-indent": True,
        "MD024": {"siblings_only": True},
        "md060": False,
        "MD033": False,
    }
    assert tuned(rules) == {
        **TUNED,
        "MD013": {"line_length": 120, "length-mode": "visual", "ignore_link_urls": False, "tables": False},
        "MD024": {"siblings_only": True},
        "MD060": False,
        "MD033": False,
    }


def test_rules_that_are_off_by_default_stay_off() -> None:
    rules = {"default": False, "MD013": True}
    assert tuned(rules) == {"default": False, **dict.fromkeys(TUNED, False), "MD013": LINE_LENGTH}


@pytest.mark.parametrize(
    ("message", "line", "strict", "kept"),
    [
        ("MD009 Trailing space found", "x ", False, True),
        ("MD057 Relative link", "[x](y.md)", False, False),
        ("MD089 Spacing", "中文text", False, False),
        ("MD013 Line length", "| a | [b](https://example.org) |", False, False),
        ("MD013 Line length", "| a | [b](https://example.org) |", True, True),
        ("MD013 Line length", "| a | b |", False, True),
        ("MD013 Line length", "[b](https://example.org) 和文字", False, True),
        ("MD051 Link anchor '#\ufe0f-路线图' does not exist", "[路线图](#\ufe0f-路线图)", False, False),
        ("MD051 Link anchor '#路线' does not exist", "[路线图](#路线)", False, True),
        ("MD051 Link fragment '路线' not found in 'b.md'", "[路线图](b.md#路线)", False, False),
        ("MD051 Link anchor '#top' does not exist", "[顶部](#top)", False, False),
        ("MD051 Link anchor '#topic' does not exist", "[题](#topic)", False, True),
        ("MD051 Link anchor '#L10-L20' does not exist", "[行](#L10-L20)", False, False),
    ],
)
def test_what_markdownlint_would_not_find_is_left_out(message: str, line: str, strict: bool, kept: bool) -> None:
    assert is_markdownlints(message, line, tuned({"MD013": {"strict": strict}})) == kept
