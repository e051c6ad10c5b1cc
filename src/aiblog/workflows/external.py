"""What the network says of the addresses in a blog's editions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from aiblog.checks.description import Description, description
from aiblog.checks.link_dead import link_dead
from aiblog.checks.rules import admitted
from aiblog.checks.subject import Subject
from aiblog.core.finding import Finding

LINK_DEAD = "link-dead"
"""The one rule that asks the network, where `--external` says so."""


def dead_description() -> Description:
    """The rule for people."""
    return description(LINK_DEAD, "warning", link_dead)


def to_ask(subject: Subject) -> list[Finding]:
    """The findings that the edition's addresses would be, each with the address for a message; none that is allowed."""
    places = [place.finding(subject.edition.path, LINK_DEAD, "warning") for place in link_dead(subject)]
    return list(admitted(places, subject.settings, subject.data))


def dead_links(asked: Iterable[Finding], progress: Callable[[int, int], None]) -> list[Finding] | None:
    """What of these is gone, and for information what may be; None where there is no network."""
    links = list(asked)
    if not links:
        return []
    from aiblog.adapters import web  # noqa: PLC0415 - start-up: only with `--external`

    answers = web.answers(list(dict.fromkeys(link.message for link in links)), progress)
    if answers is None:
        return None
    found = []
    for link in links:
        answer = answers[link.message]
        said = link._replace(message=f"{link.message} {answer.said}")
        if answer.state == "gone":
            found.append(said)
        elif answer.state == "unsure":
            found.append(said._replace(severity="information"))
    return found
