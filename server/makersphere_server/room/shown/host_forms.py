"""What a host may send now, with which arguments, and the hosts' hand that says so.

Answers the form of each `host.*` command that is possible at the moment, and how the log keeps its arguments: free
texts as salted digests, so that they can be erased. Source: the contract's host commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from makersphere_protocol.messages import LEVELS, Args
from makersphere_protocol.mqtt import THINGS
from makersphere_protocol.texts import languages
from makersphere_rules import engine
from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.forms import Domain, Flag, Form, OneOf, Whole, check
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.codes import digest
from makersphere_server.room.commands.device_pairing import takes_devices
from makersphere_server.room.commands.fork import FORK, LONGEST_RULES
from makersphere_server.room.model.lesson_plan import plan_tree
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.playable_roles import known_roles
from makersphere_server.room.model.timeline import REWIND
from makersphere_server.room.model.wall import MOST_STEPS, SCENES, THEMES
from makersphere_server.room.shown.form_schemas import legal_tree

__all__ = ["PREFIX", "HostForm", "host_hand", "host_legal", "without_texts"]

PREFIX: Final = "host."
LONGEST_EXTENSION_S: Final = 7_200
_TEXTS: Final = MappingProxyType(
    {
        "host.announce": {"text": 400},
        "host.message": {"text": 400},
        "host.remove": {"reason": 200},
        "host.seat": {"name": 400},
    }
)
_SHOW: Final = Form(
    {
        "scene": OneOf(SCENES),
        "step": Whole(0, MOST_STEPS),
        "curtain": Flag(),
        "theme": OneOf(THEMES),
        "language": OneOf(languages()),
    },
    optional=frozenset({"step", "curtain", "theme", "language"}),
)

Tree = dict[str, Any]
Fields = dict[str, Domain]


@attrs.frozen
class HostForm:
    """What a host command takes now: a form, and free texts by field with their longest length."""

    form: Form
    texts: Mapping[str, int] = attrs.field(factory=dict)

    def refusal(self, args: Args) -> Refusal | None:
        """Return why `args` do not fill it."""
        for field, longest in self.texts.items():
            text = args.get(field, "" if field in self.form.optional else None)
            if not isinstance(text, str) or len(text) > longest:
                return refuse("bad_args", "expected_text", field, max=longest)
        return check(self.form, {name: value for name, value in args.items() if name not in self.texts})


def host_legal(live: LiveRoom) -> dict[str, HostForm]:
    """Return the commands that a host may send now."""
    seats = OneOf(tuple(place.seat for place in live.seats), "seat")
    found = {
        "host.announce": HostForm(Form(), _TEXTS["host.announce"]),
        "host.message": HostForm(Form({"seat": seats}), _TEXTS["host.message"]),
        "host.invite": HostForm(Form()),
        "host.look": HostForm(Form({"seat": seats})),
        "host.show": HostForm(_SHOW),
    }
    if takes_devices(live):
        found.update(_devices(live, seats))
    status = live.state.game.status
    if status != "over":
        removing = Form({"seat": seats}, optional=frozenset({"reason"}))
        found["host.lock"] = HostForm(Form({"joining": Flag()}))
        found["host.remove"] = HostForm(removing, _TEXTS["host.remove"])
        found["host.seat"] = HostForm(_seat_form(live, seats), _TEXTS["host.seat"])
    if status == "lobby":
        found["host.start"] = HostForm(Form())
    if status != "lobby":
        phases = OneOf(tuple(phase.name for phase in live.state.scenario.phases))
        fields: Fields = {"season": Whole(1, live.state.game.season), "phase": phases}
        found[FORK] = HostForm(Form(fields, optional=frozenset({"rules"})), {"rules": LONGEST_RULES})
    if status == "running":
        found.update(_while_running(live, seats))
    return found


def _devices(live: LiveRoom, seats: OneOf) -> dict[str, HostForm]:
    things = Form({"thing": OneOf(tuple(THINGS)), "seat": seats}, optional=frozenset({"seat"}))
    found = {"host.pair": HostForm(things)}
    if live.devices.paired:
        found["host.unpair"] = HostForm(Form({"device": OneOf(tuple(live.devices.tree()))}))
    return found


def _while_running(live: LiveRoom, seats: OneOf) -> dict[str, HostForm]:
    pace = "host.resume" if live.standing.is_still else "host.pause"
    found = {name: HostForm(Form()) for name in (pace, "host.advance", "host.end")}
    if live.timer.has_limit:
        fields: Fields = {"seconds": Whole(1, LONGEST_EXTENSION_S), "seat": seats}
        found["host.extend"] = HostForm(Form(fields, optional=frozenset({"seat"})))
    state = live.state
    seasons = Whole(state.game.season - state.run_season + 1, state.game.season)
    found[REWIND] = HostForm(Form({"season": seasons, "phase": OneOf(tuple(p.name for p in state.scenario.phases))}))
    cards = engine.shocks(live.state)
    if cards:
        found["host.shock"] = HostForm(Form({"card": OneOf(cards)}))
    return found


def _seat_form(live: LiveRoom, seats: OneOf) -> Form:
    """Return what can be done to a seat: roles before the start, moves while somebody can be moved."""
    state = live.state
    fields: Fields = {"seat": seats, "bot": Flag(), "level": OneOf(LEVELS)}
    if live.is_running:
        if any(engine.places(state, seat) for seat in state.seats()):
            fields["space"] = OneOf((GARAGE, *(space.id for space in state.all(Space).values())))
    else:
        numbers = [place.seat for place in live.seats]
        roles = known_roles(state.scenario, len(numbers)) | {state.role(seat) for seat in numbers}
        if len(numbers) < live.limits.most_seats:
            fields["seat"] = OneOf((*numbers, len(numbers) + 1), "seat_or_new")
        fields["role"] = OneOf(tuple(sorted(roles)))
    return Form(fields, optional=frozenset({"role", "bot", "level", "name", "space"}))


def host_hand(live: LiveRoom) -> Tree:
    """Return the hosts' whole hand."""
    forms = host_legal(live)
    tree = legal_tree({name: found.form for name, found in forms.items()})
    for name, found in forms.items():
        schema = tree["legal"][name]
        for field, longest in found.texts.items():
            schema["properties"][field] = {"type": "string", "maxLength": longest}
            if field not in found.form.optional:
                schema["required"].append(field)
    here = sum(member.is_here for place in live.seats for member in place.members)
    if live.standing.asks:
        tree["ask"] = {str(seat): {"what": what} for seat, what in live.standing.asks.items()}
    plan = plan_tree(live)
    if plan:
        tree["plan"] = plan
    tree["host"] = {"people_here": here, "hosts": live.here.hosts, "watchers": live.here.watchers}
    if live.broker is not None:
        tree["broker"] = live.broker.tree()
        if live.devices.paired:
            tree["device"] = live.devices.tree()
    if live.standing.behind:
        tree["host"]["behind"] = True
    if live.standing.dropped:
        tree["host"]["dropped"] = live.standing.dropped
    return tree


def without_texts(name: str, args: Args, salt: str) -> Args:
    """Return arguments as the log may keep them: free texts as salted digests, so that texts can be erased."""
    texts = _TEXTS.get(name)
    if texts is None:
        return args
    return {
        field: digest(salt, value) if field in texts and isinstance(value, str) else value
        for field, value in args.items()
    }
