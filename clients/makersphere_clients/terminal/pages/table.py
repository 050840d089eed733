"""The table: spaces, makers, ventures and investors, as everybody sees them; pieces of other games as they are.

Answers what there is to know in public. Nothing here is secret but what the own hand adds to the own pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from rich.text import Text

from makersphere_clients.terminal.page import Page, Scene, joined
from makersphere_clients.terminal.view import Fields
from makersphere_clients.terminal.words import describe
from makersphere_clients.terminal.words.texts import number

__all__ = ["KINDS", "page", "things"]

KINDS: Final = ("space", "maker", "venture", "investor")
_OF_EVERY_ROOM: Final = frozenset(
    (
        "game run room clock dice seat choice account flow score figures module legal choices default id host ask"
        " broker device"
    ).split()
)
_PATHS: Final = ("community", "resources", "integration")
_METER: Final = 20


def page(scene: Scene, kind: str) -> Page:
    """Return the page of a kind of piece."""
    drawn = {"space": _space, "maker": _maker, "venture": _venture, "investor": _investor}[kind]
    pieces = [drawn(scene, each) for each in scene.view.all(kind)]
    nothing = scene.meta(scene.words("ui.no_ventures")) if kind == "venture" else Text()
    more = [*_garage(scene), _demand(scene)] if kind == "space" else []
    return Page(joined([*pieces, *more], "\n\n") if pieces else nothing)


def _space(scene: Scene, space: Fields) -> Text:
    names, words, view = scene.names, scene.words, scene.view
    id = space["id"]
    head = Text.assemble(("⌂ " + names.space(id), f"bold {scene.colours['operator']}"), "  ")
    head.append(words("ui.space.run_by", operator=names.seat(id)), style=scene.colours["ink-2"])
    paths = " · ".join(f"{words(f'path.{path}')} {words('ui.level', n=space[path])}" for path in _PATHS)
    if space.get("vitality"):
        paths += f" · {words('term.vitality')} {space['vitality']}"
    tenants = [each for each in view.all("venture") if each.get("space") == id and not each.get("closed")]
    rows = [Text(f"  {names.venture(each['id'])} {describe.part(each['stage'])}  ") for each in tenants]
    for row, each in zip(rows, tenants, strict=True):
        row.append_text(joined([scene.person(seat) for seat in (each["lead"], *each.get("cofounders", ()))], " "))
    badges = [scene.person(each["seat"]) for each in view.all("investor") if id in each.get("badges", ())]
    served = Text.assemble(
        (f"  {words.named(words('ui.space.badges'), '')}", scene.colours["ink-2"]), joined(badges, "  ")
    )
    body = [Text(f"  {describe.of_space(names, space)}"), scene.meta(f"  {paths}")]
    return joined([head, *body, *rows, served if badges else Text()])


def _garage(scene: Scene) -> list[Text]:
    makers = [each["seat"] for each in scene.view.all("maker") if scene.view.place_of(each["seat"]) == 0]
    if not makers:
        return []
    people = joined([scene.person(seat) for seat in makers], "  ")
    return [Text.assemble((scene.words("garage"), "bold"), "\n  ", people)]


def _demand(scene: Scene) -> Text:
    words, sectors = scene.words, scene.view.all("sector")
    if not sectors:
        return Text()
    most = max(1, *(each["demand"] for each in sectors))
    rows = [scene.title(words("ui.wall.demand"))]
    for each in sectors:
        bar = "▰" * (each["demand"] * _METER // most)
        rows.append(Text.assemble(f"  {bar:<{_METER}} ", (f"{number(each['demand']):>4} ", "bold")))
        rows[-1].append(words(f"sector.{each['name']}"))
    return joined(rows)


def _maker(scene: Scene, maker: Fields) -> Text:
    names, view = scene.names, scene.view
    seat = maker["seat"]
    where = names.space(view.place_of(seat))
    venture = view.find("venture", maker.get("venture", 0))
    works = f"{names.venture(venture['id'])} · {where}" if venture else where
    return _person(scene, seat, describe.of_maker(names, maker), works)


def _investor(scene: Scene, investor: Fields) -> Text:
    credential = f"{scene.words('term.credential')} {investor['credential']}"
    return _person(scene, investor["seat"], describe.of_investor(scene.names, investor), credential)


def _person(scene: Scene, seat: int, about: str, more: str) -> Text:
    words, view = scene.words, scene.view
    head = scene.person(seat)
    head.stylize("bold")
    by = str(view.find("seat", seat).get("by") or "nobody")
    head.append(f"  #{seat}", style=scene.colours["ink-2"])
    if by != "person":
        head.append(f"  {words('ui.by.' + by)}", style=scene.colours["ink-2"])
    balance = view.balance(f"{view.find('seat', seat).get('role')}:{seat}")
    money = "" if balance is None else f" · {words('term.credits')} {number(balance)}"
    return joined([head, Text(f"  {about}"), scene.meta(f"  {more}{money}")])


def _venture(scene: Scene, venture: Fields) -> Text:
    names, words = scene.names, scene.words
    head = Text.assemble((names.venture(venture["id"]), "bold"), f"  {describe.part(venture['stage'])}")
    facts = [names.space(venture.get("space", 0)), f"{words('term.difficulty')} {venture['difficulty']}"]
    if venture.get("sales"):
        facts.append(f"{words('reason.sales')} {number(venture['sales'])}")
    rows = [head, Text(f"  {describe.of_venture(names, venture)}"), scene.meta(f"  {' · '.join(facts)}")]
    rows += [scene.meta(f"  {said}") for said in (describe.tracks(names, venture), describe.cap_table(names, venture))]
    if venture.get("closed"):
        rows.append(scene.meta(f"  {names.value('reason', venture['closed'])}"))
    return joined(rows)


def things(scene: Scene) -> Page:
    """Return the pieces that this client has no picture of."""
    trees = (scene.view.table, scene.view.hand)
    kinds = dict.fromkeys(kind for tree in trees for kind, value in tree.items() if isinstance(value, dict))
    shown = [_kind(scene, kind) for kind in kinds if kind not in _OF_EVERY_ROOM]
    return Page(joined(shown, "\n\n"))


def _kind(scene: Scene, kind: str) -> Text:
    pieces = scene.view.all(kind) or [scene.view.single(kind)]
    rows = [_piece(scene, each) for each in pieces]
    return joined([scene.title(scene.words.first(f"thing.{kind}", kind)), *rows])


def _piece(scene: Scene, fields: Mapping[str, Any]) -> Text:
    named: Callable[[str, Any], str] = scene.names.value
    flat = {name: value for name, value in fields.items() if not isinstance(value, dict)}
    return Text("  " + " · ".join(f"{scene.words.field(name)} {named(name, value)}" for name, value in flat.items()))
