"""What a scenario introduces in a later season: until then it is neither offered nor taken.

Answers what of a command a seat is offered in the present season: the command's own form, without the fields that come
later; or the refusal that says in which season it comes. A field that comes later counts as its command says until then
(`Command.later`), and what is done for a seat that says nothing is done from the first season on. Never knows a
command: what comes when is the scenario's (`introduced`), and the engine asks here wherever a form is made or filled.
Source: the rulebook's "More targets" (the game opens season by season).
"""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.forms import Arg, Args, Form, Sum, whole
from makersphere_rules.module import Command
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import State

__all__ = ["completed", "form_now", "is_offered", "offered", "too_early"]


def form_now(state: State, seat: int, command: Command) -> Form | Refusal:
    """Return what a command takes from a seat in this season, or why it takes nothing."""
    if state.scenario.introduced:
        comes = _comes_in(state, command)
        if comes > state.game.season:
            return refuse("rule", "not_introduced", season=comes)
    form = command.form(state, seat)
    if not command.later or isinstance(form, Refusal):
        return form
    until = _until(state, seat, command)
    hidden = {name: value for name, value in until.items() if name in form.fields}
    return _without(form, hidden) if hidden else form


def too_early(state: State, command: Command, args: Args) -> Refusal | None:
    """Return that a field comes in a later season, where some arguments name one."""
    for name in command.later:
        comes = _comes_in(state, command, name)
        if name in args and comes > state.game.season:
            return refuse("rule", "not_introduced", name, season=comes)
    return None


def completed(state: State, seat: int, command: Command, args: Args) -> Args:
    """Return the arguments of a command with those fields that come later, as they count until then."""
    return {**args, **_until(state, seat, command)}


def is_offered(state: State, command: Command) -> bool:
    """Return whether a command has been introduced."""
    return _comes_in(state, command) <= state.game.season


def offered(state: State, command: Command, args: Args) -> Args:
    """Return some arguments of a command without the fields that come later."""
    season = state.game.season
    return {name: value for name, value in args.items() if _comes_in(state, command, name) <= season}


def _comes_in(state: State, command: Command, field: str = "") -> int:
    return state.scenario.comes_in(state.game.phase, command.name, field)


def _until(state: State, seat: int, command: Command) -> dict[str, Arg]:
    """Return the fields of a command that come later, each with what it counts as until then."""
    season = state.game.season
    return {
        name: stands(state, seat) for name, stands in command.later.items() if _comes_in(state, command, name) > season
    }


def _without(form: Form, hidden: Mapping[str, Arg]) -> Form:
    """Return a form without some fields; what they count as is taken off the sums that they are part of."""
    fields = {name: domain for name, domain in form.fields.items() if name not in hidden}
    sums = []
    for bound in form.sums:
        taken = sum(whole(hidden, name) for name in bound.fields)
        left = tuple(name for name in bound.fields if name not in hidden)
        if left:
            sums.append(Sum(left, bound.lo - taken, bound.hi - taken))
    return Form(fields, tuple(sums), form.optional - hidden.keys())
