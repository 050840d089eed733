"""How a host goes back: the room itself to the start of a phase, or another room that goes on from there.

What either needs of the store was looked up before the command is carried out (`rewind_and_fork.py`).
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import Args
from makersphere_rules import engine
from makersphere_rules.forms import Domain, Form, Many, OneOf, Whole, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario
from makersphere_server.room.commands.asked import Asked, Outcome, Tree
from makersphere_server.room.commands.fork import fork_key, other_rules
from makersphere_server.room.commands.host.command import FreeText, HostCommand
from makersphere_server.room.model.forked import FORK as FORK_NAME
from makersphere_server.room.model.forked import Forked
from makersphere_server.room.model.live_room import FORK_KEY, LiveRoom
from makersphere_server.room.model.log.timeline import REWIND as REWIND_NAME
from makersphere_server.room.model.people.hosts import LEAD

__all__ = ["FORK", "REWIND"]

LONGEST_RULES: Final = 4_000


def _phases(scenario: Scenario) -> OneOf:
    return OneOf(tuple(phase.name for phase in scenario.phases))


def _rewind_form(live: LiveRoom) -> Form | None:
    if not live.is_running:
        return None
    state = live.state
    seasons = Whole(state.game.season - state.run_season + 1, state.game.season)
    return Form({"season": seasons, "phase": _phases(state.scenario)})


def _rewind(asked: Asked) -> Outcome:
    return engine.decide(asked.live.state, engine.ROOM, engine.Order("rewind", asked.args))


def _choices_undone(live: LiveRoom, args: Args) -> Tree:
    """Return how many choices a rewind would take back."""
    season, phase = args.get("season"), args.get("phase")
    if type(season) is not int or not isinstance(phase, str):
        return {"choices": 0}
    return {"choices": live.tally.choices_undone_by((season, phase), live.state.scenario)}


def _fork_form(live: LiveRoom) -> Form | None:
    if live.state.game.status == "lobby":
        return None
    fields: dict[str, Domain] = {"season": Whole(1, live.state.game.season), "phase": _phases(live.state.scenario)}
    names = tuple(choice.name for choice in live.settings.choices)
    if names:
        fields["choices"] = Many(names, len(names))
    return Form(fields, optional=frozenset({"rules", "choices"}))


def _fork(asked: Asked) -> Outcome:
    """Accept a fork that has been founded; its code is given with the answer."""
    rules = other_rules(asked.live, asked.args, asked.sent.language)
    if isinstance(rules, Refusal):
        return rules
    return () if asked.lookups.fork else refuse("rule", "no_such_past", "phase")


def _give_code(asked: Asked) -> Tree:
    """Return the code of the fork that a command asked for, the same each time, and what begins a season later."""
    live, key = asked.live, fork_key(asked.live, asked.sent)
    if key not in live.forks:
        live.forks[key], live.forked[key] = asked.lookups.fork, Forked.by(asked.args)
        asked.batch.private[FORK_KEY + key] = asked.lookups.fork.encode()
        live.dirty.table = True  # the hosts' hand lists it
    rules = other_rules(live, asked.args)
    if isinstance(rules, Refusal) or not rules.later:
        return {"room": live.forks[key]}
    return {"room": live.forks[key], "later": {"season": whole(asked.args, "season") + 1, "rules": list(rules.later)}}


REWIND: Final = HostCommand(
    name=REWIND_NAME, form=_rewind_form, act=_rewind, preview=_choices_undone, order="rewind", least=LEAD
)
FORK: Final = HostCommand(
    name=FORK_NAME,
    form=_fork_form,
    act=_fork,
    texts={"rules": FreeText(LONGEST_RULES, is_kept=True)},
    gives=_give_code,
    least=LEAD,
)
