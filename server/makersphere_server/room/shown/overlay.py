"""What lies over the game's table and hands: names, presence, clock, rule modules, dice, own entries, the host's hand.

None of it is an event of the game, so none of it is in the state's hash or the log's chain. The entries of a purse add
up what events have moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from makersphere_protocol.messages import NORMAL
from makersphere_protocol.texts import say
from makersphere_rules.ecosystem.figures.on_the_way import NO_NUMBERS, is_negotiated, numbers, too_few_deal
from makersphere_rules.engine import At
from makersphere_rules.forms import Form
from makersphere_rules.ledger import Entries
from makersphere_rules.scenario import Scenario, module_tree
from makersphere_server.room.commands.device_pairing import takes_devices
from makersphere_server.room.commands.side_commands import SIDE_COMMANDS
from makersphere_server.room.model.chosen_rules import in_own_words
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.feed import HOST
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.own_story import SeatTenure, own_part
from makersphere_server.room.model.people.screening import why_kept
from makersphere_server.room.model.people.seat_life import SeatState
from makersphere_server.room.model.wall import Wall
from makersphere_server.room.shown.host_hand import host_hand
from makersphere_server.room.shown.questions_shown import questions_for, wall_answers

__all__ = ["LOST", "RoomOverlay", "purse_tree"]

_PLAYED: Final = ("person", "bot")
_FACE: Final = "change_face"
_PAIR: Final = "pair"
_UNLISTED: Final = frozenset({_FACE, "ask_host", "consent", "reflect", "still_here"})  # said elsewhere in a hand
_FORMS: Final = {name: command.form for name, command in SIDE_COMMANDS.items()}
LOST: Final = "lost"  # stands in a hand, and nobody but its people may know of it
_OF_TEAMS: Final = frozenset({"seat_pass", "let_in"})

Tree = dict[str, Any]


class RoomOverlay:
    """The overlay of one live room."""

    def __init__(self, live: LiveRoom) -> None:
        """Lie over a live room."""
        self._live = live
        self._played: Scenario | None = None
        self._module_tree: Tree = {}
        self._held_back: At | None = None

    @property
    def dirty(self) -> Dirty:
        """Return which parts of the overlay have changed since they were shown."""
        return self._live.dirty

    @property
    def counts(self) -> Tree:
        """Return what is counted of the game itself, which moves with it.

        Numbers that were held back once stay so until the phase is over: if they came back when somebody is not ready
        any more, they would tell what the others did meanwhile.
        """
        live = self._live
        if not is_negotiated(live.state):
            return {}
        away = {people.seat for people in live.seats if people.by not in _PLAYED}
        if too_few_deal(live.state, away):
            self._held_back = live.at
        return dict(NO_NUMBERS) if self._held_back == live.at else dict(numbers(live.state))

    def table(self) -> Tree:
        """Return what lies over the game's table."""
        live = self._live
        row = live.row
        tree: Tree = {
            "seat": {str(people.seat): people.tree(live.settings.language) for people in live.seats},
            "room": {"language": live.settings.language, "seed_chosen": row.seed_chosen},
            "module": self._modules(),
        }
        if live.state.scenario.introduced:
            tree["introduced"] = dict(live.state.scenario.introduced)
        tree["room"] |= _standing(live)
        if live.standing.wall != Wall():
            tree["show"] = live.standing.wall.tree()
        tree |= wall_answers(live)
        if counts := self.counts:
            tree["on_the_way"] = counts
        if live.clock_tree:
            tree["clock"] = live.clock_tree
        if live.state.game.status == "over" and not live.settings.keeps_seed:
            tree["dice"] = {"seed": row.seed.hex(), "nonce": row.nonce.hex()}
            tree |= live.why.tree()
        return tree

    def _modules(self) -> Tree:
        """Return the rule modules of the present run; another run may have others."""
        scenario = self._live.state.scenario
        if scenario is not self._played:
            self._played, self._module_tree = scenario, module_tree(scenario)
        return self._module_tree

    def hand(self, view: int) -> Tree:
        """Return what lies over a hand."""
        if view == HOST:
            return host_hand(self._live)
        live = self._live
        tree = purse_tree(live.state.entries.get(view, {}))
        asks_in = live.asks_in.tree(view)
        if asks_in:
            tree["asks_in"] = {number: _as_others_read(live, wish) for number, wish in asks_in.items()}
        things = live.devices.tree(view)
        if things:
            tree["device"] = things
        tree |= questions_for(live, view)
        tree |= _of_people(live, view)
        extra = live.timer.extra_ms.get(view, 0)
        if extra and "deadline" in live.clock_tree:
            tree["clock"] = {"deadline": live.clock_tree["deadline"] + extra}
        return tree

    def own_story(self, seat: int, told: Tree) -> Tree:
        """Return what of a seat's stories is told to its people: what was in their time; nobody has it: all."""
        live = self._live
        people = live.seats[seat]
        if not people.members:
            return told
        time = SeatTenure.of(people, live.stood_in.phases.by_phase(), live.seq)
        bots = live.stood_in.left(seat)
        return {key: own_part(story, time, bots) for key, story in told.items()}

    def commands(self) -> Mapping[str, Form]:
        """Return the side commands that hands list now: all while the game runs, and before it what prepares it.

        Those that are not listed are taken all the same.
        """
        return _forms(self._live.state.game.status, takes_devices(self._live), self._live.settings.teams)

    def is_watching(self, seat: int) -> bool:
        """Return whether the people of a seat look on, so that they may do nothing in the game."""
        return self._live.seats[seat].is_watching


def _as_others_read(live: LiveRoom, wish: Tree) -> Tree:
    """Return who asks to be let in without a name that waits for a host."""
    if not why_kept(wish["name"], live.settings.screened):
        return wish
    return {**wish, "name": say(live.settings.language, "room.somebody")}


def _of_people(live: LiveRoom, view: int) -> Tree:
    """Return what the people of a seat have told and asked the hosts, are asked, and were helped with."""
    people = live.seats[view]
    if people.state is SeatState.HELPED:
        asked: Tree = {"helped": True}
    else:
        asked = live.silent.tree(view, at_close=live.stands_in == "close")
    off_wall = {str(number): {"member": number, "why": why} for number, why in people.off_wall.items()}
    found: Tree = {
        "off_wall": off_wall,
        "consent": live.consents.of_seat(people) if live.settings.consent else {},
        "asked_host": live.asked_hosts.of_seat(view, [member.number for member in people.members]),
        "still_there": asked,
        "stood_in": live.stood_in.tree(view, people.reads_since) if people.members else {},
        LOST: {"on": True} if view in live.standing.lost else {},
    }
    return {kind: tree for kind, tree in found.items() if tree}


def _standing(live: LiveRoom) -> Tree:
    """Return how a room was opened and how it stands, as far as that is not the usual."""
    settings, standing = live.settings, live.standing
    said: Tree = {
        "pace": settings.pace if settings.pace != "self" else "",
        "bots": settings.bots if settings.bots != NORMAL else "",
        "teams": settings.teams,
        "stand_in": live.stands_in if live.stands_in != "minute" else "",
        "pseudonyms": settings.pseudonyms,
        "consent": settings.consent,
        "consent_text": settings.consent_text,
        "screened": settings.screened if settings.screened != "none" else "",
        "rehearsal": settings.rehearsal,
        "locked": standing.locked,
        "next": standing.next_room,
        "next_fork": standing.next_room in live.forks.values(),
        "page": standing.page,
        "last_season": standing.last_season,
        "behind": standing.behind,
        "broken": standing.broken,
        "origin": settings.origin,
        "sealed": settings.sealed,
        "class": settings.of_class,
        "table": settings.table,
        "waits": live.waits_for_others,
        "chosen": [in_own_words(choice) for choice in settings.changes],
        "grade": {term: points for term, points in live.state.scenario.grade.items() if points},
    }
    return {name: value for name, value in said.items() if value}


@cache
def _forms(status: str, has_things: bool, has_teams: bool) -> Mapping[str, Form]:  # noqa: FBT001
    """Return the side commands that hands list, by how far the game is and what the room has."""
    left_out = (frozenset() if has_things else {_PAIR}) | (frozenset() if has_teams else _OF_TEAMS)
    match status:
        case "running":
            listed: Iterable[str] = [name for name in _FORMS if name not in _UNLISTED]
        case "lobby":
            listed = (_FACE, _PAIR, *sorted(_OF_TEAMS))
        case _:
            listed = ()
    return {name: _FORMS[name] for name in listed if name not in left_out}


def purse_tree(entries: Entries) -> Tree:
    """Return what a seat's purse took in and gave out, by season, reason and the other account."""
    lines = {
        f"{season}:{reason}:{other}": {"season": season, "reason": reason, "other": other, "amount": amount}
        for (season, reason, other), amount in entries.items()
        if amount
    }
    return {"entry": lines} if lines else {}
