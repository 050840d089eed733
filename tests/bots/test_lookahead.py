"""The policy that looks ahead: it tries what else it might do, learns nothing it may not know, and disturbs nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import attrs
import pytest

from makersphere_bots.legal import Form, OneOf, Whole, WireForm
from makersphere_bots.lookahead import Foresight, Lookahead
from makersphere_bots.lookahead.answer_changes import countered
from makersphere_bots.lookahead.simulator import Imagined, Simulator
from makersphere_bots.lookahead.variations import variations
from makersphere_bots.policy import READY, Move, Policy, View, WholeView
from makersphere_bots.random_stream import Stream
from makersphere_bots.standard import Standard
from makersphere_playtest.games.guarded_policy import Guarded
from makersphere_playtest.games.headless import ANY, Asker, Imagining, Player, Result, Runner, play
from makersphere_playtest.games.live_sight import Legal
from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.entities import Deck, Investor, Maker, Venture
from makersphere_rules.entity import changed
from makersphere_rules.refusals import Refusal
from makersphere_rules.seen.views import hand_of, table_of
from makersphere_rules.shipped import scenario
from makersphere_rules.state import State
from makersphere_rules.written.notation import state_hash

SEATS = 4
QUICK = Foresight(worlds=1, seasons=1, doubt=0.0)
SOUND = Standard()


def game(policy: Policy, role: str, seed: str = "7") -> Result:
    """Return a short game in which one role is played by a policy, all others by standard bots."""
    return play(scenario("quickstart"), SEATS, seed, {role: policy, ANY: SOUND}, keep=True, hashed=True)


class Scorer:
    """A simulator that knows what each answer is worth, in every world."""

    def __init__(self, worth: Mapping[int, Sequence[float]]) -> None:
        """Score by how many moves an answer has, world after world."""
        self.worth = worth
        self.asked: list[str] = []

    def imagine(self, name: str) -> World:
        """Return a world, in order of asking."""
        self.asked.append(name)
        return World(self, len(self.asked) - 1)


@attrs.frozen
class World:
    """One of its worlds."""

    scorer: Scorer
    number: int

    def play_out(self, moves: Sequence[Move], then: Policy, others: Policy, seasons: int) -> float:
        """Return what the answer is worth here."""
        scores = self.scorer.worth.get(len(moves), (0.0,))
        return scores[self.number % len(scores)]


def opening() -> tuple[View, Legal]:
    """Return what an operator sees and may do when a game begins."""
    runner = Runner(scenario("quickstart"), SEATS, "7", {ANY: SOUND}, keep=False)
    runner.start()
    view = WholeView(SEATS, "operator", table_of(runner.state), hand_of(runner.state, SEATS))
    return view, Legal(runner.state, SEATS, "operator")


def test_without_a_simulator_it_is_the_standard_bot() -> None:
    """Over the wire, say, nobody can imagine for it."""
    for role in ("maker", "investor", "operator"):
        assert game(Standard(), role).state_hash == play_alone(role).state_hash


def play_alone(role: str) -> Result:
    """Return a game of one who is handed nothing."""

    class Alone:
        def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
            return Lookahead(QUICK).choose(view, legal, rng)

    return game(Alone(), role)


def test_it_does_what_is_surely_best() -> None:
    """Of the answers that are better in every world the one that is better by most."""
    view, legal = opening()
    sound = SOUND.choose(view, legal, Stream("x"))
    others = {len(moves) for moves in variations(view, legal, sound)} - {len(sound)}
    best = max(others)
    found = Lookahead(Foresight(2), Scorer({best: (9.0, 8.0)})).choose(view, legal, Stream("x"))
    assert len(found) == best


class Frugal:
    """A simulator, and each of its worlds, in which an operator does well by a rent of 25 and no levels."""

    def imagine(self, name: str) -> Frugal:
        """Return the world."""
        return self

    def play_out(self, moves: Sequence[Move], then: Policy, others: Policy, seasons: int) -> float:
        """Return what the answer is worth."""
        sent = dict(moves)
        return 10.0 * (sent.get("set_terms", {}).get("rent") == 25) + 5.0 * ("buy_level" not in sent)


@pytest.mark.parametrize(("changes", "levels"), [(1, True), (2, False)])
def test_a_change_may_be_laid_upon_another(changes: int, levels: bool) -> None:  # noqa: FBT001
    """With one change it asks the better rent; with two it buys no level besides."""
    view, legal = opening()
    assert {"set_terms", "buy_level"} <= dict(SOUND.choose(view, legal, Stream("x"))).keys()
    sent = dict(Lookahead(Foresight(2, changes=changes), Frugal()).choose(view, legal, Stream("x")))
    assert sent["set_terms"]["rent"] == 25
    assert ("buy_level" in sent) is levels


def test_what_is_surely_worse_is_tried_no_further() -> None:
    """When nothing may be better than the standard answer, the first few worlds are all that are imagined."""
    view, legal = opening()
    sound = SOUND.choose(view, legal, Stream("x"))
    lengths = {len(moves) for moves in variations(view, legal, sound)} | {len(sound)}
    scorer = Scorer(dict.fromkeys(lengths, (0.0,)))
    assert Lookahead(Foresight(3), scorer).choose(view, legal, Stream("x")) == sound
    assert len(scorer.asked) == 3


def test_capital_that_would_be_signed_is_countered_from_either_side() -> None:
    """With other shares for the same credits; what brings hours alone, or is declined, stays as it is."""
    sheets = {
        str(number): {"id": number, "venture": 7, "investor": 4, "credits": credits_, "shares": 3000}
        for number, credits_ in ((1, 60), (2, 0), (3, 60))
    }
    view = WholeView(1, "maker", {}, {"sheet": sheets})
    moves: list[Move] = [
        ("answer_terms", {"sheet": 1, "answer": "accept"}),
        ("answer_terms", {"sheet": 2, "answer": "accept"}),
        ("answer_terms", {"sheet": 3, "answer": "decline"}),
    ]
    for partner, number in (("investor", 4), ("venture", 7)):
        form = WireForm({partner: OneOf((number,)), "shares": Whole(0, 2000)})
        counter = "send_terms", {partner: number, "credits": 60, "hours": 0, "fee": 0, "shares": 1800}
        assert countered(view, {"send_terms": form}, moves, lambda sheet: sheet["shares"] * 6 // 10) == [
            counter,
            *moves[1:],
        ]
    assert countered(view, {}, moves, len) == moves


def test_what_is_better_by_chance_is_not_done() -> None:
    """Here much better and there much worse is no reason to leave the standard answer."""
    view, legal = opening()
    sound = SOUND.choose(view, legal, Stream("x"))
    lengths = {len(moves) for moves in variations(view, legal, sound)} - {len(sound)}
    scores = dict.fromkeys(lengths, (90.0, -70.0))
    assert Lookahead(Foresight(2, doubt=1.0), Scorer(scores)).choose(view, legal, Stream("x")) == sound


def test_the_work_for_one_answer_is_bounded() -> None:
    """No more worlds than four times as many as it begins with, whatever there is to try."""
    view, legal = opening()
    scorer = Scorer({})
    Lookahead(Foresight(3), scorer).choose(view, legal, Stream("x"))
    assert 3 <= len(scorer.asked) <= 12
    assert len({*scorer.asked}) == len(scorer.asked)


@pytest.mark.parametrize("role", ["maker", "investor", "operator"])
def test_it_plays_whole_games_by_the_rules_and_the_same_twice(role: str) -> None:
    """Its luck is its own stream's: no draw of the room's, so the game comes out the same; nothing is refused."""
    one, two = game(Lookahead(QUICK), role), game(Lookahead(QUICK), role)
    assert one.refusals == ()
    assert one.state_hash == two.state_hash
    assert one.state is not None
    assert engine.invariants(one.state) == []


def test_in_a_scenario_of_several_runs_it_looks_no_further_than_the_run() -> None:
    """The score that it goes by is the one of the run that is played."""
    result = play(scenario("mechanisms"), SEATS, "3", {"operator": Lookahead(QUICK), ANY: SOUND}, keep=True)
    assert len(result.runs) > 1
    assert result.refusals == ()


def _moments(phases: Sequence[str]) -> list[State]:
    """Return a game as it stands when some phases of its second season open."""
    runner = Runner(scenario("seminar"), 6, "11", {ANY: SOUND}, keep=False)
    runner.start()
    found: list[State] = []
    while runner.state.game.status == "running":
        if runner.state.game.season == 2 and runner.state.game.phase in phases:
            found.append(runner.state.copy())
        runner.ask_all()
        runner.close()
    return found


def _with_other_secrets(state: State, seat: int) -> State:
    """Return a game that differs in appeals, decks, and what others than the seat hold in private."""
    twin = state.copy()
    for deck in list(twin.all(Deck).values()):
        twin.put(changed(deck, cards=deck.cards[::-1]))
    for venture in list(twin.all(Venture).values()):
        if venture.lead != seat:
            twin.put(changed(venture, appeal=7 - venture.appeal, lo=1, hi=6))
    for maker in list(twin.all(Maker).values()):
        if maker.seat != seat:
            twin.put(changed(maker, ambition="craft", hours=1))
    for investor in list(twin.all(Investor).values()):
        if investor.seat != seat:
            twin.put(changed(investor, thesis_stage=1, thesis_sectors=investor.thesis_sectors[::-1], hours=2))
    return twin


@pytest.mark.parametrize(("role", "seat", "phases"), [
    ("maker", 1, ("matching", "market")),
    ("investor", 4, ("matching", "incubation")),
    ("operator", 6, ("policy", "incubation")),
])  # fmt: skip
def test_what_it_may_not_know_makes_no_difference(role: str, seat: int, phases: Sequence[str]) -> None:
    """In two games that differ only in the secrets of others it tries the same with the same result, and does it."""
    moments = _moments(phases)
    assert len(moments) == len(phases)
    for state in moments:
        twin = _with_other_secrets(state, seat)
        assert state_hash(twin) != state_hash(state)
        answers = [_answer(one, seat, role) for one in (state, twin)]
        assert answers[0] == answers[1]


@attrs.frozen
class Heard:
    """A world whose every answer is written down."""

    world: Imagined
    heard: list[float]

    def play_out(self, moves: Sequence[Move], then: Policy, others: Policy, seasons: int) -> float:
        """Return what the world answers."""
        self.heard.append(self.world.play_out(moves, then, others, seasons))
        return self.heard[-1]


@attrs.frozen
class Hearing:
    """A simulator of such worlds."""

    simulator: Simulator
    heard: list[float] = attrs.field(factory=list)

    def imagine(self, name: str) -> Heard:
        """Return a world."""
        return Heard(self.simulator.imagine(name), self.heard)


def _answer(state: State, seat: int, role: str) -> tuple[list[Move], list[float]]:
    """Return what it does, and what it found each answer to be worth; the game stands as it did."""
    hearing = Hearing(Imagining(state, seat))
    view = WholeView(seat, role, table_of(state), hand_of(state, seat))
    before = state_hash(state), view.table, view.hand
    moves = Lookahead(QUICK, hearing).choose(view, Legal(state, seat, role), Stream("x"))
    assert (state_hash(state), table_of(state), hand_of(state, seat)) == before
    return moves, hearing.heard


class Trying(Asker):
    """Asks as usual, but tries every variation of an answer on a copy before it is given."""

    tried: dict[tuple[str, str], int]

    def _ask(self, player: Player, at: engine.At, call: int, ready: engine.Order) -> None:
        self.views.catch_up(player.seat)
        sound = SOUND.choose(player.view, player.legal, Stream("x"))
        for moves in variations(player.view, player.legal, sound):
            copy = self.state.copy()
            for name, args in moves:
                outcome = engine.step(copy, player.seat, engine.Order(name, args, at))
                assert not isinstance(outcome, Refusal), (player.role, at.phase, name, args, outcome)
            place = at.phase, player.role
            self.tried[place] = self.tried.get(place, 0) + 1
        super()._ask(player, at, call, ready)


def test_no_variation_is_refused() -> None:
    """What might be done instead can be done, in every phase and role: within bounds, and paid for."""
    tried: dict[tuple[str, str], int] = {}
    for seed in range(3):
        state = engine.new(scenario("seminar"), SeededDice(bytes([seed]) * 32), 8)
        engine.step(state, engine.ROOM, engine.Order("start"))
        asker = Trying(state, str(seed), {ANY: SOUND}, keep=False)
        asker.tried = tried
        while state.game.status == "running":
            asker.ask_all()
            asker.close()
    assert {role for _, role in tried} == {"maker", "investor", "operator"}
    assert len(tried) >= 8


def test_a_guard_hands_the_simulator_on_and_answers_for_what_it_raises() -> None:
    """Looking ahead may fail like anything else: the seat is ready, and the fault is named."""

    class Blind:
        def imagine(self, name: str) -> World:
            raise RuntimeError("no world")

    view, legal = opening()
    guarded = Guarded(Lookahead(QUICK), "lookahead", set(legal)).handed(Blind())
    assert guarded.choose(view, legal, Stream("x")) == [READY]
    assert guarded.fault is not None
    assert (guarded.fault.kind, guarded.fault.policy) == ("raised", "lookahead")
