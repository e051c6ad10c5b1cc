"""Which links lead out of a blog and can be asked for."""

import pytest

from aiblog.core.external_link import external_links, is_public


def test_every_kind_of_link_is_one_with_its_place() -> None:
    text = (
        "[甲](https://a.org/x#part) ![乙](<http://b.org/图 1.png>) <https://c.org> https://d.org/y。\n"
        '<img src="https://e.org/?a=1&amp;b=2"> [己][f]\n\n[f]: https://f.org/a_(b)\n[unused]: https://g.org\n'
    )
    found = list(external_links(text))
    assert {each.url for each in found} == {
        "https://a.org/x",
        "http://b.org/图 1.png",
        "https://c.org",
        "https://d.org/y",
        "https://e.org/?a=1&b=2",
        "https://f.org/a_(b)",
    }
    assert all(text[each.start :].removeprefix("<").startswith(each.url[:12]) for each in found)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/x",
        "http://router/",
        "http://nas.local/",
        "https://ada:secret@a.org/",
        "http://[broken/",
        "https:///x",
    ],
)
def test_a_machine_of_ones_own_is_not_asked_for(url: str) -> None:
    assert not is_public(url)
    assert list(external_links(f"[a]({url})\n")) == []


@pytest.mark.parametrize(
    "text", ["`https://a.org`", "[a](./b.md)", "[a](mailto:a@b.org)", "[a](https://a.org/{{ x }})"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert list(external_links(text)) == []
