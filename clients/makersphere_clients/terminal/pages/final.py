"""The ranking in each role, and at the end the seat's own story: its rank, the parts of its score, and what it moved.

Answers from the table's scores; while the game runs they are those of the last season. Adds nothing up itself.
"""

from __future__ import annotations

from typing import Final

import attrs
from rich.text import Text

from makersphere_clients.terminal.page import Page, Scene, joined
from makersphere_clients.terminal.pages.debrief import moments, story
from makersphere_clients.terminal.pages.mine import page as mine
from makersphere_clients.terminal.revealed import is_open, is_whole, roles_open, waits
from makersphere_clients.terminal.view import Fields
from makersphere_clients.terminal.words import describe
from makersphere_clients.terminal.words.decided import parts_in_words
from makersphere_clients.terminal.words.texts import number

__all__ = ["page", "ranking"]

_ROLES: Final = ("maker", "investor", "operator")


@attrs.frozen
class _Ranked:
    seat: int
    place: int
    score: int
    better_than: int | None


def page(scene: Scene) -> Page:
    """Return the page of the end: the own story, then the ranking; parts that a host keeps back are said to wait."""
    words, view = scene.words, scene.view
    key = f"question.over.{view.role}"
    head = scene.title(words(key) if words.has(key) else words("ui.wall.end"))
    kept = Text(words("ui.final.waits")) if waits(view) and not is_open(view) else Text()
    thanks = Text(words("ui.final.thanks")) if view.you.seat else Text()
    own = [story(scene), mine(scene, secrets=True).above] if view.you.seat else []
    return Page(joined([head, kept, _own(scene), ranking(scene), _best(scene), thanks, *own, moments(scene)], "\n\n"))


def ranking(scene: Scene) -> Text:
    """Return the seats of each role whose ranking is open, by rank; empty before the first count."""
    return joined([_of_role(scene, role) for role in _open(scene)], "\n\n")


def _open(scene: Scene) -> list[str]:
    """Return the roles whose ranking is open."""
    roles = dict.fromkeys([*_ROLES, *(str(each["role"]) for each in scene.view.all("seat"))])
    return [role for at, role in enumerate(roles) if at < roles_open(scene.view)]


def _of_role(scene: Scene, role: str) -> Text:
    words, rows = scene.words, []
    for each in _placed(scene, role):
        row = Text.assemble(f"  {each.place:>2}  {number(each.score):>5}  ", scene.person(each.seat))
        if each.better_than is not None:
            row.append(f"  {words('ui.final.better_than', n=each.better_than)}", style=scene.colours["ink-2"])
        if each.seat == scene.view.you.seat:
            row.stylize("bold reverse")
        rows.append(row)
    return joined([scene.title(words.first(f"ui.final.{role}", f"role.{role}")), *rows]) if rows else Text()


def _best(scene: Scene) -> Text:
    """Return who did best of the whole table, each held against the best of the same role in standard games."""
    view, words = scene.view, scene.words
    found = [one for one in view.all("comparison") if "among_best" in one] if is_open(view) and is_whole(view) else []
    if not found:
        return Text()
    top = max(one["among_best"] for one in found)
    names = [scene.names.seat(one["seat"]) for one in found if one["among_best"] == top]
    return Text(words("ui.final.best", names=words.listed(names)), style="bold")


def _placed(scene: Scene, role: str) -> list[_Ranked]:
    found = []
    for score in scene.view.all("score"):
        points = _points(score)
        if points is not None and scene.view.find("seat", score["seat"]).get("role") == role:
            found.append((points, score))
    found.sort(key=lambda each: -each[0])
    return [
        _Ranked(
            score["seat"],
            score.get("place") or 1 + sum(1 for other, _ in found if other > points),
            points,
            scene.view.find("comparison", score["seat"]).get("better_than") if is_whole(scene.view) else None,
        )
        for points, score in found
    ]


def _points(score: Fields) -> int | None:
    standings = score.get("standings") or [None]
    found = score.get("final", standings[-1])
    return None if found is None else int(found)


def _own(scene: Scene) -> Text:
    words, view = scene.words, scene.view
    placed = _placed(scene, view.role)
    own = next((each for each in placed if each.seat == view.you.seat), None)
    if own is None or view.role not in _open(scene):
        return Text()
    head = Text.assemble(words("ui.final.place", place=own.place, all=len(placed)), "  ", (number(own.score), "bold"))
    head.append(f" {words.count('ui.unit.points', own.score)}")
    if own.better_than is not None:
        head.append(f"  {words(f'ui.final.better_than.{view.role}', n=own.better_than)}")
    parts = parts_in_words(view.find("score", view.you.seat).get("parts", {}), words)
    return joined([head, Text(parts), _ties(scene)])


def _ties(scene: Scene) -> Text:
    """Return the seats that this seat has worked with."""
    view, words = scene.view, scene.words
    tied = list(view.find("maker", view.you.seat).get("ties", ()))
    people = joined([scene.person(seat) for seat in tied], "  ")
    return Text.assemble((words.named(words("ui.ties"), ""), scene.colours["ink-2"]), people) if tied else Text()


def watching(scene: Scene) -> Page:
    """Return the first page of a watcher: the phase, whom it waits for, the last lines, and who leads."""
    view, words = scene.view, scene.words
    seats = view.all("seat")
    if view.status == "lobby":
        people = [each["id"] for each in seats if each.get("by") == "person"]
        taken = words.count("ui.lobby.people", len(people), all=len(seats))
        names = joined([scene.person(seat) for seat in people], "  ")
        return Page(joined([scene.title(taken), names, Text(words("ui.wall.starts"))], "\n\n"))
    waiting = sum(1 for each in seats if not each.get("ready"))
    counts = {f"{kind}s": len(view.all(kind)) for kind in ("maker", "investor", "venture")}
    said = words("ui.wall.counts", counts) if view.all("maker") else ""
    figures = scene.meta(" · ".join(filter(None, (said, words("ui.wall.deals", n=len(view.all("deal")))))))
    head = scene.title(words("ui.waiting", n=waiting, all=len(seats)))
    heard = joined([Text(f"▪ {each}") for each in scene.said()[:8]])
    houses = joined(
        [Text(words.named(scene.names.space(s["id"]), describe.of_space(scene.names, s))) for s in view.all("space")]
    )
    return Page(joined([head, figures, heard, houses, ranking(scene)], "\n\n"))
