"""*Now*: the question of the phase, the commands that answer it, the last lines, and what the default does.

Answers with every legal command, and beside it the seat's own choice where it has made one. A command that the page has
no words for stands there all the same.
"""

from __future__ import annotations

from typing import Final

from rich.text import Text

from makersphere_clients.terminal.forms.form import Args, Value
from makersphere_clients.terminal.page import Option, Page, Scene, joined
from makersphere_clients.terminal.pages.asking import ANSWERED_HERE, asking
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.default_line import default_line
from makersphere_clients.terminal.words.names import Names
from makersphere_clients.terminal.words.ways_of_matching import open_ways, ways

__all__ = ["page", "question"]

_NEWEST: Final = 3
_ELSEWHERE: Final = ANSWERED_HERE | {"ready", "ask", "rejoin_code", "pair", "seat_pass"}  # they have keys of their own
_PARTS: Final = ("aim", "means", "limits", "first_step")


def question(scene: Scene) -> str:
    """Return what the phase asks of this seat."""
    words, view = scene.words, scene.view
    if view.role == "waiting":
        return words("question.waiting")
    if view.phase == "matching" and (asked := _of_ways(scene)):
        return words.in_a_row(dict.fromkeys(asked))
    return words.first(f"question.{view.phase}.{_asked(view)}", "ui.question.plain")


def _of_ways(scene: Scene) -> list[str]:
    """Return what each way of matching asks of this seat, money first."""
    words, view = scene.words, scene.view
    plain = f"question.matching.{view.role}"
    is_for_both = all(way.good == "money" for way in ways(view))  # bargaining, where nothing else is for hours
    steps = ["both" if is_for_both and way.module == "negotiation" else way.module for way in open_ways(view)]
    return [words.first(f"{plain}.{step}", plain) for step in steps]


def _asked(view: View) -> str:
    """Return whose question it is: the role's own, or another where the role has nothing to decide in that one."""
    match view.phase, view.role:
        case "admission", "maker" if view.venture or "keep_idea" not in view.legal:
            return "maker.stay"
        case "admission", "investor" if "apply" not in view.legal and "hear_pitch" in view.legal:
            return "investor.listen"
        case "market", "maker" if "set_price" not in view.legal:
            return "investor"
        case _, role:
            return role


def page(scene: Scene) -> Page:
    """Return the page."""
    if scene.view.status == "lobby":
        return Page(_lobby(scene), asking(scene))
    above = [scene.title(question(scene)), _newcomer(scene), *_world(scene), *_heard(scene)]
    options = [*asking(scene), *(_option(scene, name) for name in scene.view.legal if name not in _ELSEWHERE)]
    hint = Text() if options or scene.view.is_ready else scene.meta(scene.words("terminal.join.nothing"))
    return Page(joined([*above, hint]), options, joined([_waiting(scene), scene.meta(default_line(scene))]))


def _heard(scene: Scene) -> list[Text]:
    return [scene.meta(f"▪ {sentence}") for sentence in scene.said()[:_NEWEST]]


def _newcomer(scene: Scene) -> Text:
    return Text(scene.words("ui.newcomer")) if scene.view.role == "waiting" else Text()


def _world(scene: Scene) -> list[Text]:
    """Return the cards that were turned, while the phase is about them."""
    world, words = scene.view.single("world"), scene.words
    if scene.view.phase != "policy" or not world:
        return []
    said = []
    for kind in ("policy", "market"):
        key = f"{kind}.{world.get(kind)}"
        if words.has(f"{key}.name"):
            text = words(f"{key}.text") if words.has(f"{key}.text") else ""
            said.append(_labelled(words.named(words(f"{key}.name"), text), words(f"{key}.name"), "bold"))
    return [*said, _for_me(scene)]


def _labelled(text: str, label: str, style: str) -> Text:
    """Return a text whose first words have a style of their own."""
    labelled = Text(text)
    labelled.stylize(style, 0, len(label))
    return labelled


def _for_me(scene: Scene) -> Text:
    """Return what the turn of the market means for the own venture."""
    words, world, venture = scene.words, scene.view.single("world"), scene.view.venture
    if not venture:
        return Text()
    way = next((way for way in ("up", "down") if world.get(way) == venture["sector"]), "same")
    what, sector = scene.names.venture(venture["id"]), words(f"sector.{venture['sector']}")
    return Text.assemble((f"{words('ui.for_you')} ", "bold"), words(f"ui.for_you.{way}", sector=sector, what=what))


def _option(scene: Scene, command: str) -> Option:
    words, names = scene.words, scene.names
    text = Text(words.command(command))
    for args in own_choices(scene, command):
        said = [_said(names, name, value) for name, value in args.items()]
        text.append(f"  ✓ {', '.join(said)}", style=scene.colours["good"])
    return Option(f"command:{command}", text, words.command_help(command))


def _said(names: Names, field: str, value: Value) -> str:
    """Return a chosen value; a bare number stands with its field's name."""
    shown = names.value(field, value)
    is_bare = isinstance(value, list) or shown.strip("%").replace(",", "").replace(".", "").isdecimal()
    return f"{names.words.field(field)} {shown}" if is_bare else shown


def own_choices(scene: Scene, command: str) -> list[Args]:
    """Return what this seat has chosen for a command and may still change."""
    seat = scene.view.you.seat
    return [
        each["args"]
        for each in scene.view.all("choice")
        if each.get("seat") == seat and each.get("command") == command and not each.get("by_default")
    ]


def _waiting(scene: Scene) -> Text:
    if not scene.view.is_ready:
        return Text()
    seats = scene.view.all("seat")
    open_ = [each for each in seats if not each.get("ready")]
    text = Text(f"✓ {scene.words('ui.ready.text')}", style=scene.colours["good"])
    if open_:
        text.append("\n")
        text.append(scene.words("ui.waiting", n=len(open_), all=len(seats)), style="bold")
    return text


def _lobby(scene: Scene) -> Text:
    words, seats = scene.words, scene.view.all("seat")
    people = [each for each in seats if each.get("by") == "person"]
    names = joined([scene.person(each["id"]) for each in people], "  ")
    return joined(
        [
            scene.title(words("ui.lobby.in")),
            role_sheet(scene),
            Text(),
            Text.assemble("\n", words.count("ui.lobby.people", len(people), all=len(seats))),
            names,
        ]
    )


def role_sheet(scene: Scene) -> Text:
    """Return the role on one card: aim, means, limits and first step, and what the own kind adds."""
    view, words, names = scene.view, scene.words, scene.names
    role = "maker" if view.role == "waiting" else view.role
    maker, investor = view.find("maker", view.you.seat), view.find("investor", view.you.seat)
    own = f"background.{maker['background']}" if maker else f"kind.{investor['type']}" if investor else ""
    said = [Text(words("ui.you_are", role=words(f"role.{role}")), style=f"bold {scene.colours.get(role, '')}".strip())]
    if maker:
        said.append(Text(words(own), style="bold"))
    elif investor:
        said.append(Text(names.kind(investor["type"], investor["speciality"]), style="bold"))
    for part in _PARTS:
        keys = (f"sheet.{role}.{part}", f"sheet.{own}.{part}" if own and part != "aim" else "")
        both = words.in_a_row(words(key) for key in keys if words.has(key))
        if both:
            label = words(f"ui.sheet.{part}")
            said.append(_labelled(words.named(label, both), label, scene.colours["ink-2"]))
    return joined(said)
