"""One game of a playtest, watched: its result, and what it was like to play, as a row of plain data.

`play_row` returns, ready for JSON:

- `cell`, `game`: which game it is;
- `seats`: for each seat its `role`, its `group` (a maker's background, an investor's kind), its `score`, its
  `standings` (by season), `better_than` and, of the best of a role, `among_best` (of 100 standard bots);
- `outcomes`: what `outcomes.py` and `garage_and_bids.py` measure, `exits_R` by reason, `receiverships`, for each role R
  `first_R` (100: its best is the best of the table, which several share), and for each with more than one seat `kept_R`
  (100: who led at half-time won), `ahead_R` (of two, who was ahead at half-time ends ahead, per cent), `changes_R` (of
  the lead, at season ends), `comeback_R` (100: the winner was in the lower half at half-time), `decided_R`
  (per cent of the seasons: the last ones, in which the winner was never behind) and `spread_R` (best less
  worst score);
  `minutes` (a guess at what people need: the busiest seat's decisions, and reading, within each phase's clock);
- `idle`: for each phase in which a role has commands, for each seat in how many seasons it had none but *ready*;
- `offered`, `sent`: how often each command was legal when a phase opened, and how often it was sent; `modules`: how
  many commands of each rule module were;
- `refused`: by policy, how many of its moves the rules refused; `faults`: what guards had to step in for;
- `failed`, `orders`: instead of all that, what broke and the commands that lead there, where the rules broke.

Source: Jaffe et al. 2012; the rulebook's "Targets for tuning".
"""

from __future__ import annotations

import json
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise, takewhile
from typing import Any, Final

import attrs

from makersphere_bots.policy import READY, Policy
from makersphere_playtest.games.guarded_policy import Guarded
from makersphere_playtest.games.headless import ANY, Player, Refused, Result, Runner, result_of
from makersphere_playtest.games.policies_by_name import player, plot
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.measured.garage_and_bids import garage_and_bids
from makersphere_playtest.measured.outcomes import outcomes
from makersphere_playtest.plans.places import place_of_one, places_of_two
from makersphere_playtest.plans.sweeps import Cell
from makersphere_rules import shipped
from makersphere_rules.ecosystem.figures.life import EXITS
from makersphere_rules.ecosystem.shared_steps.elimination_events import UpkeepPaid
from makersphere_rules.ecosystem.table.entities import Investor, Maker
from makersphere_rules.ecosystem.table.ratings import Comparison, Score
from makersphere_rules.engine import legal, seating
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.state import Seat, State

__all__ = ["Row", "play_row"]

Row = dict[str, Any]

_READING_S: Final = 15  # what changed, at the start of a phase
_DECIDING_S: Final = 12  # on each thing that a seat sends
_BUILT: Final = 64  # scenarios that a process keeps built


def play_row(cell: Cell, seats: int, seed: int, game: int) -> Row:
    """Play one game and return its row; where the rules break, the row has the commands that lead there."""
    scenario = _built(cell.source)
    found: Row = {"cell": cell.key, "game": game}
    runner = _Watched(scenario, seats, game_seed(seed, game), _seated(cell, scenario, seats, game))
    try:
        runner.play()
    except Exception as error:  # noqa: BLE001  (whatever breaks: the row says what, and how to come back to it)
        orders = [[actor, order.name, dict(order.args)] for actor, order, _ in runner.log]
        last = traceback.extract_tb(error.__traceback__)[-1]
        why = f"{type(error).__name__}: {error} ({last.name}, line {last.lineno})"
        return {**found, "failed": why, "seed": game_seed(seed, game), "orders": orders}
    return {**found, **_row(runner)}


@lru_cache(maxsize=_BUILT)
def _built(source: str) -> Scenario:
    return build(json.loads(source), shipped.modules())


def _seated(cell: Cell, scenario: Scenario, seats: int, game: int) -> dict[int | str, Guarded]:
    """Return a guarded policy for each seat; each seat has its own, since a guard remembers a policy that failed."""
    commands = {name for found in scenario.commands.values() for name in found}
    roles = seating(scenario, seats)
    names = [cell.players.get(role) or cell.players[ANY] for role in roles]
    plotters: dict[int, Policy] = {}
    if cell.swap is not None:
        role, name = cell.swap
        place = place_of_one(roles, role, game)
        if place is not None:
            names[place] = name
    if cell.plot:
        two = plot(cell.plot)
        giver, friend = places_of_two(roles, two.giver, two.friend, game) or (None, None)
        if giver is not None and friend is not None:
            names[giver] = names[friend] = cell.plot
            plotters = {giver: two.gives(friend + 1), friend: two.takes(giver + 1)}
    return {place + 1: Guarded(plotters.get(place) or player(name), name, commands) for place, name in enumerate(names)}


class _Watched(Runner):
    """A runner that counts, as each phase opens, what there is to decide."""

    def __init__(self, scenario: Scenario, seats: int, seed: str, guards: Mapping[int | str, Guarded]) -> None:
        """Open a lobby."""
        super().__init__(scenario, seats, seed, guards, keep=True)
        self.state.retells = False  # nobody reads the debrief of these games
        self.guards = guards
        self.offered: Counter[str] = Counter()
        self.idle: dict[str, dict[str, int]] = {}
        self.seconds = 0
        self._told = 0  # commands that were sent before this phase

    def ask(self, players: Sequence[Player], call: int) -> None:
        """Count what each seat may do as the phase opens, then ask the seats."""
        phase = self.state.game.phase
        if call == 0 and self.state.scenario.commands[phase]:
            idle = self.idle.setdefault(phase, {str(one.seat): 0 for one in players if self._has_part(one.role, phase)})
            for one in players:
                names = [name for name in legal(self.state, one.seat) if name != READY[0]]
                self.offered.update(names)
                if not names and str(one.seat) in idle:
                    idle[str(one.seat)] += 1
        super().ask(players, call)

    def close(self) -> None:
        """Add the minutes that people would need for the phase, then close it."""
        game = self.state.game
        limit = self.state.scenario.phases[game.phase_number].seconds(game.season)
        sent = Counter(actor for actor, order, _ in self.log[self._told :] if actor and order.name != READY[0])
        busiest = max(sent.values(), default=0)
        needed = _READING_S + _DECIDING_S * busiest if self.state.scenario.commands[game.phase] else limit
        self.seconds += min(needed, limit or needed)
        self._told = len(self.log)
        super().close()

    def _has_part(self, role: str, phase: str) -> bool:
        commands = self.state.scenario.commands[phase].values()
        return any(not command.roles or role in command.roles for command in commands)


def _row(runner: _Watched) -> Row:
    result = result_of(runner)
    seats = [_seat(runner.state, seat) for seat in runner.state.all(Seat).values()]
    played = {seat: guard for seat, guard in runner.guards.items() if isinstance(seat, int)}
    refused = Counter(played[one.seat].name for one in result.refusals)
    return {
        "seats": seats,
        "outcomes": {**_course(result), **_contest(seats), **dict(_firsts(seats)), "minutes": runner.seconds / 60},
        "seasons": result.seasons,
        "idle": runner.idle,
        "offered": dict(sorted(runner.offered.items())),
        "sent": dict(sorted(_sent(result).items())),
        "modules": dict(_by_module(runner.state.scenario, _sent(result))),
        "refused": dict(sorted(refused.items())),
        "refusals": _refusals(result.refusals, played),
        "faults": [attrs.asdict(guard.fault) for guard in played.values() if guard.fault is not None],
    }


def _refusals(refusals: Iterable[Refused], played: Mapping[int, Guarded]) -> list[Row]:
    """Return which moves of each policy were refused and why, each sort with how often and the season of the first."""
    found: dict[tuple[str, ...], Row] = {}
    for one in refusals:
        name, why = played[one.seat].name, one.refusal
        told = {"policy": name, "command": one.move[0], "code": why.code, "text": why.text, "field": why.field}
        sort = found.setdefault(
            tuple(told.values()), {**told, "values": {**why.values}, "season": one.season, "count": 0}
        )
        sort["count"] += 1
    return list(found.values())


def _seat(state: State, seat: Seat) -> Row:
    maker, investor, score = state.find(Maker, seat.id), state.find(Investor, seat.id), state.find(Score, seat.id)
    group = maker.background if maker is not None else investor.type if investor is not None else ""
    found: Row = {
        "role": seat.role,
        "group": group,
        "score": 0,
        "better_than": None,
        "among_best": None,
        "standings": [],
    }
    if score is not None and score.final is not None:
        found |= {"score": score.final, "standings": list(score.standings)}
    if (compared := state.find(Comparison, seat.id)) is not None:
        found |= {"better_than": compared.better_than, "among_best": compared.among_best}
    return found


def _sent(result: Result) -> Counter[str]:
    return Counter(order.name for actor, order, _ in result.log if actor and order.name != READY[0])


def _by_module(scenario: Scenario, sent: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield how many commands of each module were sent; a command that two modules offer counts for the first."""
    taken: set[str] = set()
    for module in scenario.modules:
        own = {command.name for command in module.commands} - taken
        taken |= own
        if own:
            yield module.name, sum(sent.get(name, 0) for name in own)


def _course(result: Result) -> dict[str, float]:
    """Return what is measured of the ecosystem; nothing where a scenario has none."""
    if not result.figures:
        return {}
    seasons = result.figures.values()
    events = (event for _, _, events in result.log for event in events)
    exits = {f"exits_{reason}": sum(season[f"exits_{reason}"] for season in seasons) for reason in EXITS}
    rescued = sum(isinstance(one, UpkeepPaid) and one.receivership for one in events)
    return {**outcomes(result), **garage_and_bids(result), **exits, "receiverships": rescued}


def _contest(seats: Sequence[Row]) -> dict[str, float]:
    """Return how open the contest within each role was."""
    found: dict[str, float] = {}
    for role in dict.fromkeys(seat["role"] for seat in seats):
        rivals = [seat for seat in seats if seat["role"] == role and seat["standings"]]
        if len(rivals) > 1:
            found.update({f"{name}_{role}": value for name, value in _of_rivals(rivals)})
    return found


def _firsts(seats: Sequence[Row]) -> Iterator[tuple[str, float]]:
    """Yield in which part a role's best is the best of the table, in per cent; nothing where one alone is compared."""
    best = {seat["role"]: seat["among_best"] for seat in seats if seat["among_best"] is not None}
    if len(best) > 1:
        firsts = [role for role, among_best in best.items() if among_best == max(best.values())]
        yield from ((f"first_{role}", 100 * (role in firsts) / len(firsts)) for role in best)


def _of_rivals(rivals: Sequence[Row]) -> Iterator[tuple[str, float]]:
    scores = [seat["score"] for seat in rivals]
    seasons = len(rivals[0]["standings"])
    half = [seat["standings"][(seasons - 1) // 2] for seat in rivals]
    leaders = [_first([seat["standings"][season] for seat in rivals]) for season in range(seasons)]
    winner = _first(scores)
    yield "kept", 100 * int(scores[_first(half)] == max(scores))
    pairs = [
        (mine - theirs) * (score - other)
        for (mine, score), (theirs, other) in combinations(zip(half, scores, strict=True), 2)
    ]
    told = [one for one in pairs if one]
    if told:
        yield "ahead", 100 * sum(one > 0 for one in told) / len(told)
    yield "decided", 100 * len([*takewhile(lambda leader: leader == winner, reversed(leaders))]) / seasons
    yield "changes", sum(one != other for one, other in pairwise(leaders))
    yield "comeback", 100 * int(sum(one > half[winner] for one in half) >= len(half) / 2)
    yield "spread", max(scores) - min(scores)


def _first(values: Sequence[int]) -> int:
    return values.index(max(values))
