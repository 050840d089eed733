"""The hosts' hand: what hosts see and nobody else does, and what they may send now.

Answers the whole of it as one tree. Which commands there are is said in `commands/host/table.py`.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs

from makersphere_rules.core_kinds import Seat
from makersphere_server.room.commands.host.table import forms_now, what_may
from makersphere_server.room.model import bookmarks
from makersphere_server.room.model.chosen_rules import choices_tree
from makersphere_server.room.model.forked import forked_tree
from makersphere_server.room.model.lesson_plan import plan_tree
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.hosts import chairs_tree
from makersphere_server.room.model.people.seat_life import SeatState
from makersphere_server.room.shown.form_schemas import legal_tree
from makersphere_server.room.shown.questions_shown import questions_for_hosts

__all__ = ["host_hand"]

Tree = dict[str, Any]


def host_hand(live: LiveRoom) -> Tree:
    """Return the hosts' whole hand."""
    forms = forms_now(live)
    tree = legal_tree({name: found.form for name, found in forms.items()})
    for name, found in forms.items():
        schema = tree["legal"][name]
        for field, text in found.texts.items():
            schema["properties"][field] = {"type": "string", "maxLength": text.longest}
            if field not in found.form.optional:
                schema["required"].append(field)
    tree |= _asking(live)
    plan = plan_tree(live)
    if plan:
        tree["plan"] = plan
    tree |= _what_if(live) | _bookmarks(live) | _troubles(live)
    tree["host"] = _about_the_room(live)
    tree["chair"] = chairs_tree(live.hosts, live.here.chairs, partial(what_may, live=live))
    tree |= questions_for_hosts(live) | _teams(live) | _off_wall(live)
    if live.broker is not None:
        tree["broker"] = live.broker.tree()
        if live.devices.paired:
            tree["device"] = live.devices.tree()
    if live.missing.first:
        tree |= live.missing.tree(live.seats.people(), is_still=live.standing.behind)
    if live.standing.behind:
        tree["host"]["behind"] = True
    if live.standing.dropped:
        tree["host"]["dropped"] = live.standing.dropped
    return tree


def _asking(live: LiveRoom) -> Tree:
    """Return what people ask of the hosts: by seat, and of those who are lost how many alone."""
    lost = len(live.standing.lost)
    found: Tree = {
        "ask": {str(seat): {"what": what} for seat, what in live.standing.asks.items()},
        "lost": {"seats": lost} if lost else {},
        "asked_host": live.asked_hosts.waiting(live.seats.people()),
        "asks_in": live.asks_in.tree(),
    }
    return {kind: tree for kind, tree in found.items() if tree}


def _about_the_room(live: LiveRoom) -> Tree:
    """Return who is here, and once the game is over what the next one with these people begins with."""
    here = sum(member.is_here for people in live.seats for member in people.members)
    about: Tree = {"people_here": here, "hosts": live.here.hosts, "watchers": live.here.watchers}
    if not live.asks_questions:
        about["questions_off"] = True
    if live.state.game.status == "over":
        about |= {"scale": live.settings.scale, "lesson": live.settings.lesson_min}
        if live.settings.dates is not None:
            about["dates"] = attrs.asdict(live.settings.dates)
    return about


def _troubles(live: LiveRoom) -> Tree:
    """Return which people were refused again and again or do nothing, while the game is played.

    Whoever does nothing still does nothing once a bot helps.
    """
    game, seats = live.state.game, live.seats
    if game.status != "running":
        return {}
    are_here = (people for people in seats if people.by == "person" or people.state is SeatState.HELPED)
    since = {people.seat: people.since for people in are_here}
    roles = {seat.id: seat.role for seat in live.state.all(Seat).values()}
    return live.troubles.tree(roles, since, (game.season, game.phase))


def _teams(live: LiveRoom) -> Tree:
    """Return by seat who shares one, by number; a seat of one person is not in it."""
    teams = {
        str(people.seat): {str(member.number): member.name for member in people.members}
        for people in live.seats
        if len(people.members) > 1
    }
    return {"team": teams} if teams else {}


def _off_wall(live: LiveRoom) -> Tree:
    """Return the names that only hosts read, by seat and person, each with why."""
    kept = {
        f"{people.seat}:{number}": {"seat": people.seat, "member": number, "name": name, "why": people.off_wall[number]}
        for people in live.seats
        if people.off_wall
        for number, name in people.numbered_names().items()
        if number in people.off_wall
    }
    return {"off_wall": kept} if kept else {}


def _bookmarks(live: LiveRoom) -> Tree:
    return {"bookmark": bookmarks.tree(live.bookmarks)} if live.bookmarks else {}


def _what_if(live: LiveRoom) -> Tree:
    """Return the forks of this room, with what each changes, and what may be chosen of the rules; if any."""
    found: Tree = {}
    if live.forks:
        found["forks"] = list(dict.fromkeys(live.forks.values()))
        found["forked"] = forked_tree(live.forks, live.forked, live.settings.choices)
    if live.settings.choices:
        found["rule_choices"] = choices_tree(live.settings.choices)
    return found
