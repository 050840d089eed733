"""The hunt: who is hunted, who is named and when, and that it finds a flaw which is planted in the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, Final

import pytest

from makersphere_bots.plots import PLOTS, Plot, bent
from makersphere_bots.policy import INVESTOR, MAKER, OPERATOR
from makersphere_playtest.games.policies_by_name import UnknownPolicy, plot
from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.measured.pairs import Gain, Pair
from makersphere_playtest.plans.findings import Findings, findings
from makersphere_playtest.plans.places import place_of_one, places_of_two
from makersphere_playtest.plans.playtests import Played, run
from makersphere_playtest.plans.suspects import GAIN, SUSPECTS, WINS, Suspect, at_table, of_plot
from makersphere_playtest.plans.sweeps import Plan, hunting, plan, source_of
from makersphere_rules import shipped
from tests.playtest.made_up_games import game
from tests.playtest.planted_flaws import FLAWS, SOUND, hunt, named

ROLES: Final = (*[MAKER] * 7, *[INVESTOR] * 4, OPERATOR)
SEMINAR: Final = source_of(shipped.scenario_source("seminar"))
RUNS: Final = 20
GAMES: Final = 40  # of each side, where a flaw is looked for
ALL: Final = frozenset(key for flaw in FLAWS.values() for key in flaw.found_by)

MINE = Plot(MAKER, MAKER, bent(), bent())  # somebody's own


def _plan(games: int, suspects: list[Suspect], **more: Any) -> Plan:  # noqa: ANN401  (whatever `plan` takes)
    return hunting(plan(SEMINAR, len(ROLES), games, 1, **more), suspects)


# -- who is hunted


def test_each_seat_takes_its_turn() -> None:
    """One seat of a role plays otherwise, each as often; of two who plot each meets each, and nobody itself."""
    assert [place_of_one(ROLES, INVESTOR, game) for game in range(6)] == [7, 8, 9, 10, 7, 8]
    assert place_of_one(ROLES, "king", 0) is None
    pairs = [places_of_two(ROLES, MAKER, MAKER, game) for game in range(7 * 6)]
    assert len(set(pairs)) == 7 * 6
    assert all(pair is not None and pair[0] != pair[1] for pair in pairs)
    assert len({places_of_two(ROLES, INVESTOR, MAKER, game) for game in range(28)}) == 28
    assert places_of_two(ROLES, OPERATOR, OPERATOR, 0) is None


def test_a_suspect_plays_only_where_its_seats_are() -> None:
    """A plot needs both seats, and the friend a rival beside the giver; each suspect is named once, each plot known."""
    assert at_table(SUSPECTS, ROLES) == list(SUSPECTS)
    few = at_table(SUSPECTS, (MAKER, INVESTOR, OPERATOR))
    assert {one.role for one in few} == {MAKER, INVESTOR, OPERATOR}
    two_investors = {one.name for one in at_table(SUSPECTS, (MAKER, MAKER, MAKER, INVESTOR, INVESTOR, OPERATOR))}
    assert set(PLOTS) - two_investors == {"stand-aside"}
    assert len({one.key for one in SUSPECTS}) == len(SUSPECTS)
    assert {one.name for one in SUSPECTS if not one.role} == set(PLOTS)


def test_a_term_that_comes_after_the_last_season_is_not_hunted() -> None:
    """Its ends, and what else would set it, play like anybody; what is there at some time is hunted."""
    left_out = {one.name for one in SUSPECTS} - {
        one.name for one in at_table(SUSPECTS, ROLES, {"set_terms.appraisal_bar", "set_terms.weights"})
    }
    assert left_out == {
        *(f"appraisal-bar-{bar}" for bar in (0, 15, 70, "most")),
        *(f"weights-{one}" for one in ("served", "growth", "rating", "competition")),
    }


def test_a_plot_of_ones_own_is_played_by_its_name() -> None:
    """As a policy of one's own is; what is no plot is told."""
    assert plot(f"{__name__}:MINE") is MINE
    with pytest.raises(UnknownPolicy) as unknown:
        plot("swap-al")
    assert unknown.value.near == "swap-all"
    with pytest.raises(UnknownPolicy, match="RUNS"):
        plot(f"{__name__}:RUNS")


def test_a_suspect_that_is_a_swap_too_is_played_once() -> None:
    """And it is told among the swaps only where it was asked for as one."""
    both = Suspect("greedy", MAKER, GAIN)
    assert [cell.key for cell in _plan(2, [both], swaps=[(MAKER, "greedy")]).cells] == ["", "maker: greedy"]
    assert [cell.is_hunted for cell in _plan(2, [both]).cells] == [False, True]


@pytest.mark.parametrize("name", PLOTS)
def test_two_plot_within_the_rules(name: str) -> None:
    """Whatever they send for each other is accepted, and no policy breaks; both play, in another game two others."""
    source = source_of(shipped.scenario_source("quickstart"))
    rows = [*run(hunting(plan(source, 8, 2, 3), [of_plot(name)]), cores(1)).rows]
    mine = [row for row in rows if row["cell"] == f"plot: {name}"]
    assert len(mine) == 2
    assert [(row["refused"], row["faults"]) for row in mine] == [({}, [])] * 2


# -- who is named


def _made_up(suspects: list[Suspect], games: int, seed: int, gains: Mapping[str, float]) -> Findings:
    """Return a hunt in made-up games, in which suspects have so much more of the standard bot's score."""
    planned, rng = _plan(games, suspects), Random(seed)
    return findings(Played(planned, [row for number in range(games) for row in _rows(planned, rng, number, gains)]))


def _rows(planned: Plan, rng: Random, number: int, gains: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    base = game(rng, number)
    yield base
    for one in planned.suspects:
        seats = [{**seat} for seat in game(rng, number)["seats"]]
        place = place_of_one(ROLES, one.role, number)
        if place is not None:
            seats[place]["score"] *= 1 + gains[one.name] / 100
        yield {**base, "cell": one.key, "seats": seats}


def test_of_twenty_hunts_in_which_all_pay_as_much_as_they_may_at_most_one_names_any() -> None:
    """Intervals are corrected for the number of suspects."""
    suspects = [Suspect(f"trick {number}", INVESTOR, GAIN) for number in range(30)]
    gains = {one.name: GAIN for one in suspects}
    hunts = [_made_up(suspects, 60, seed, gains) for seed in range(RUNS)]
    assert sum(bool(named(found)) for found in hunts) <= 1
    assert not any(found.warnings for found in hunts)


def test_what_pays_far_too_much_is_named_with_how_much() -> None:
    """Of two policies the one that brings 60 %; the sentence says by how much, and the other is not in it."""
    suspects = [Suspect("trick", INVESTOR, GAIN), Suspect("no trick", INVESTOR, GAIN)]
    found = _made_up(suspects, 200, 1, {"trick": 60, "no trick": 0})
    assert named(found) == {"investor: trick"}
    (one,) = (one for one in found.hunt if one.is_named)
    assert one.brings is not None
    assert one.brings.lo > GAIN
    assert one.brings.lo < 60 < one.brings.hi
    (said,) = found.warnings
    assert (said.text, said.values["swap"], said.values["by"]) == ("pays", "investor: trick", round(one.brings.mean))


def test_an_act_is_without_effect_where_a_seat_that_forgoes_it_keeps_its_score() -> None:
    """The bound is below nothing then: what it should cost; the sentence says what is kept."""
    found = _made_up([Suspect("never", OPERATOR, -5)], 200, 2, {"never": 0})
    assert [one.text for one in found.warnings] == ["keeps"]
    assert not _made_up([Suspect("never", OPERATOR, -5)], 200, 2, {"never": -20}).warnings


def test_a_plot_is_named_by_how_often_the_friend_wins() -> None:
    """Not by points: who wins by a plot in each game has won 6 of 7 games more than by chance, among seven makers."""
    planned, rng, rows = _plan(100, [of_plot("swap-all")]), Random(4), []
    for number in range(100):
        base = game(rng, number)
        seats = [{**seat} for seat in base["seats"]]
        _, friend = places_of_two(ROLES, MAKER, MAKER, number) or (0, 0)
        seats[friend]["score"] = 10_000
        rows += [base, {**base, "cell": "plot: swap-all", "seats": seats}]
    (one,) = findings(Played(planned, rows)).hunt
    assert one.is_named
    assert one.brings is not None
    assert one.wins is not None
    assert one.brings.mean == one.wins.mean > 60
    assert one.brings.lo > WINS
    assert one.costs is not None


@pytest.mark.parametrize(
    ("name", "giver", "taker"),
    [("early-gift", INVESTOR, MAKER), *((name, MAKER, INVESTOR) for name in ("dear-package", "fives", "ones"))],
)
def test_a_gift_is_held_against_an_honest_deal_of_the_same_two(name: str, giver: str, taker: str) -> None:
    """Whom one funds or ranks first is one's own choice: what that brings a friend for an honest price is no gift's."""
    gift = of_plot(name)
    assert gift.beside is not None
    planned = _plan(12, [gift])
    assert [cell.key for cell in planned.cells] == ["", gift.key, gift.beside.key]
    rows: list[dict[str, Any]] = []
    for number in range(planned.games):
        base = game(Random(number), number)
        _, friend = places_of_two(ROLES, giver, taker, number) or (0, 0)
        chosen = [
            {**seat, "score": 9000 if place == friend else seat["score"]} for place, seat in enumerate(base["seats"])
        ]
        rows += [base, *({**base, "cell": cell.key, "seats": chosen} for cell in planned.cells[1:])]
    found = findings(Played(planned, rows)).hunt[0]
    assert (found.games, found.points.mean, found.is_named) == (12, 0, False)


def test_nothing_is_named_of_few_games() -> None:
    """Nine games in which the friend always wins say nothing yet; and no interval is without end."""
    found = _made_up([Suspect("trick", INVESTOR, GAIN)], 9, 1, {"trick": 500})
    assert not named(found)
    planned = _plan(2, [of_plot("swap-all")])
    rows = [row for number in range(2) for row in (game(Random(number), number),)]
    same = [one for row in rows for one in (row, {**row, "cell": "plot: swap-all"})]
    (one,) = findings(Played(planned, same)).hunt
    assert one.brings is not None
    assert -100 <= one.brings.lo < 0 < one.brings.hi <= 100


def test_a_gain_is_in_per_cent_of_the_second_values() -> None:
    """120 beside 100, 60 beside 50: a fifth more, whatever the game."""
    found = Gain(Pair.of([120, 60], [100, 50])).estimate()
    assert found.mean == pytest.approx(20)


# -- a flaw in the rules


def test_in_sound_rules_nothing_is_named() -> None:
    """The rules as they are, hunted by all who find a flaw where it is planted."""
    assert named(hunt("sound", SOUND, GAMES, 11, ALL)) == set()


@pytest.mark.parametrize("name", FLAWS)
def test_a_flaw_that_is_planted_is_found(name: str) -> None:
    """By the one who knows where to look; that the whole catalogue finds it too is measured by the bench `hunt`."""
    flaw = FLAWS[name]
    found = hunt(name, flaw, GAMES, 11, flaw.found_by)
    assert named(found) == flaw.found_by
    assert found.warnings
