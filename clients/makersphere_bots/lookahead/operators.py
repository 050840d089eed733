"""What an operator might do instead: other terms, other levels, the workshop for another tenant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from makersphere_bots.legal import Form, bounds, options
from makersphere_bots.lookahead.answer_changes import besides, within, without
from makersphere_bots.policy import Args, Move, View, whole
from makersphere_bots.random_stream import Stream
from makersphere_bots.standard import Standard
from makersphere_bots.standard.incubation import workshop_of
from makersphere_bots.standard.printed_values import PATHS, PRODUCT, TRACKS, greatest, needs, printed_of
from makersphere_bots.standard.venture_worth import living

__all__ = ["beside_workshop", "incubation", "policy"]

_TERMS: Final = ("rent", "maker_bar", "investor_bar", "weights", "appraisal_bar")
_RENTS: Final = (-6, 5, 10)
_BARS: Final = (("maker_bar", 20), ("appraisal_bar", 15))
_WORKSHOPS: Final = 2  # tenants that might get all of it


def policy(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """Other rents and bars; no levels, or those of one path alone."""
    form = legal.get("set_terms")
    if form is not None:
        space = view.table["space"][str(view.seat)]
        terms: Args = {name: space[name] for name in _TERMS if name in form.fields}
        terms |= next((args for name, args in sound if name == "set_terms"), {})
        rest = without(sound, "set_terms")
        for more in _RENTS:
            yield besides(rest, ("set_terms", {**terms, "rent": within(form, "rent", whole(terms, "rent") + more)}))
        bars = {name: within(form, name, bar) for name, bar in _BARS if name in form.fields}
        for name, bar in bars.items():
            yield besides(rest, ("set_terms", {**terms, name: bar}))
    yield without(sound, "buy_level")
    if "buy_level" in legal:
        for path in PATHS:
            yield Standard((path,)).choose(view, legal, Stream(path))


def incubation(view: View, legal: Mapping[str, Form], sound: Sequence[Move]) -> Iterator[list[Move]]:
    """As many workshop hours as may be for one tenant, at its greatest need; the most advanced are tried."""
    form = legal.get("workshop")
    if form is None:
        return
    hours, targets = bounds(form.fields["hours"])[1], options(form.fields["venture"])
    tenants = [one for one in living(view) if one["id"] in targets and one["stage"] < PRODUCT]
    tenants.sort(key=lambda one: (-one["stage"], -sum(one["tracks"]), one["id"]))
    for venture in tenants[:_WORKSHOPS]:
        track = TRACKS[greatest(needs(printed_of(view), venture))]
        move: Move = ("workshop", {"venture": venture["id"], "track": track, "hours": hours})
        yield besides(beside_workshop(view, sound, move), move)


def beside_workshop(view: View, sound: Sequence[Move], move: Move) -> list[Move]:
    """Return the sound moves with the workshop hours for others that are left beside a move that gives some."""
    left = workshop_of(view) - whole(move[1], "hours")
    kept: list[Move] = []
    for name, args in sound:
        if name != "workshop":
            kept.append((name, args))
        elif args["venture"] != move[1]["venture"] and left > 0:
            kept.append((name, {**args, "hours": min(left, whole(args, "hours"))}))
            left -= whole(args, "hours")
    return kept
