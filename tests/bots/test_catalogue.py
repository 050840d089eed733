"""The policies by name: all of them play whole games by the rules, and each keeps to what its name says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from functools import cache

import pytest

from makersphere_bots.catalogue import PLAYERS, POLICIES, RESTRICTED, policy
from makersphere_bots.characters import CAUTIOUS, GREEDY, SHREWD, Character, Manner
from makersphere_bots.forgetful import Forgetful
from makersphere_bots.legal import Form, OneOf, Whole, WireForm
from makersphere_bots.naive import NAIVE
from makersphere_bots.policy import READY, Move, Policy, Tree, View, WholeView, whole
from makersphere_bots.random_stream import Stream
from makersphere_bots.restricted import (
    CLINICS,
    DELIVERING,
    EXCHANGING,
    LEVELS,
    LOOKING,
    RATING,
    SEEING,
    Restricted,
    Restriction,
)
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_rules import engine
from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.shipped import scenario

SEATS = 6
_SOUND = [name for name in {**PLAYERS, **RESTRICTED} if name not in ("random", "lookahead")]  # it has its own tests


@cache
def _game(name: str, seed: str = "1") -> Result:
    return _again(name, seed)


def _again(name: str, seed: str = "1") -> Result:
    return play(scenario("seminar"), SEATS, seed, {ANY: policy(name)}, keep=True, hashed=True)


def _sent(result: Result) -> Counter[str]:
    return Counter(order.name for _, order, _ in result.log)


@pytest.mark.parametrize("name", _SOUND)
def test_whoever_knows_the_game_is_never_refused(name: str) -> None:
    """Each plays a game to its end, the books right, and sends only what is legal when it comes."""
    result = _game(name)
    assert result.state is not None
    assert result.state.game.status == "over"
    assert engine.invariants(result.state) == []
    assert result.refusals == ()


@pytest.mark.parametrize("name", _SOUND)
def test_a_game_comes_out_the_same_twice(name: str) -> None:
    """Characters and restrictions keep nothing from game to game."""
    assert _game(name).state_hash == _again(name).state_hash


@pytest.mark.parametrize(
    ("name", "restriction"),
    [
        ("standard-exchange", EXCHANGING),
        ("standard-look", LOOKING),
        ("standard-see", SEEING),
        ("standard-clinic", CLINICS),
        ("standard-levels", LEVELS),
    ],
)
def test_what_is_forbidden_is_never_sent(name: str, restriction: Restriction) -> None:
    """The standard bot sends it in the same game; the restricted one does not."""
    free, bound = (sum(_sent(_game(who))[command] for command in restriction.commands) for who in ("standard", name))
    assert bound == 0 < free


def test_who_sees_no_look_plays_as_if_nobody_had_shown_it_any() -> None:
    """The looks that come with lists and clinics are left out of its hand; everything else is in it."""
    hands: list[Tree] = []

    class _Watches:
        def choose(self, view: View, *_: object) -> list[Move]:
            assert (view.seat, view.role, view.phase) == (4, "investor", "matching")
            assert view.derived("venture", len) == 1
            hands.append(view.hand)
            return [READY]

    table = {"game": {"phase": "matching"}, "venture": {"1": {}}}
    view = WholeView(4, "investor", table, {"look": {"4:1": {"lo": 5, "hi": 6}}, "sheet": {"7": {}}})
    assert Restricted(_Watches(), SEEING).choose(view, {}, Stream("test")) == [READY]
    (hand,) = hands
    assert hand.get("look", {}) == {}
    with pytest.raises(KeyError):
        hand["look"]
    assert hand["sheet"] == hand.get("sheet") == {"7": {}}
    assert ("sheet" in hand, "look" in hand) == (True, False)
    assert "look" in view.hand


def test_who_never_delivers_says_so_at_every_deal() -> None:
    """The close would deliver what was promised: no hours at all are sealed instead."""
    orders = [order for _, order, _ in _game("standard-deliver").log if order.name in DELIVERING.commands]
    assert orders
    assert {order.args["hours"] for order in orders} == {0}


def test_who_never_rates_says_nothing_good_and_nothing_bad() -> None:
    """The close would rate by the printed default: a 3 for everybody is sealed instead."""
    orders = [order for _, order, _ in _game("standard-rate").log if order.name in RATING.commands]
    assert orders
    assert {order.args["score"] for order in orders} == {3}


PATHS = ("community", "resources", "integration")


def _levels(policy: str) -> dict[str, int]:
    """Return the levels of all spaces together, by path, at the end of a game that everybody plays by a policy."""
    state = _game(policy).state
    assert state is not None
    return {path: sum(getattr(space, path) for space in state.all(Space).values()) for path in PATHS}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_alone_is_built_alone(path: str) -> None:
    """The other two stay at level 0."""
    levels = _levels(f"only-{path}")
    assert levels.pop(path) > 0
    assert set(levels.values()) == {0}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_never_built_stays_at_nothing(path: str) -> None:
    """The other two are built on."""
    levels = _levels(f"standard-{path}")
    assert levels.pop(path) == 0
    assert sum(levels.values()) > 0


def _view(phase: str, role: str) -> WholeView:
    venture = {"id": 1, "stage": 2, "price": "low"}
    return WholeView(4, role, {"game": {"phase": phase}, "venture": {"1": venture}}, {})


class _Says:
    """Sends what it was told to."""

    def __init__(self, *moves: Move) -> None:
        self.moves = list(moves)

    def choose(self, *_: object) -> list[Move]:
        """Return the moves."""
        return [*self.moves, READY]


def _as(manner: Manner, monkeypatch: pytest.MonkeyPatch, role: str, form: WireForm, *moves: Move) -> list[Move]:
    character = Character(manner)
    monkeypatch.setattr(character, "_sound", _Says(*moves))
    return character.choose(_view("matching", role), {moves[0][0]: form}, Stream("test"))


def test_the_greedy_ask_more_shares_as_far_as_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter more than the standard bot for the same money, never above the live bound; makers ask as it does."""
    form = WireForm({"venture": OneOf((1,)), "credits": Whole(0, 200), "shares": Whole(0, 4000)})
    low: Move = ("send_terms", {"venture": 1, "credits": 60, "shares": 3000})
    high: Move = ("send_terms", {"venture": 1, "credits": 60, "shares": 3500})
    asked = _as(GREEDY, monkeypatch, "investor", form, low, high)
    assert [args["shares"] for name, args in asked if name == "send_terms"] == [3750, 4000]
    assert _as(GREEDY, monkeypatch, "maker", form, low) == [low, READY]


def test_the_cautious_dare_one_thing_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """One level, where the standard bot buys two; what is not named in the manner is not counted."""
    level: Move = ("buy_level", {"path": "resources"})
    assert _as(CAUTIOUS, monkeypatch, "operator", WireForm({}), level, level) == [level, READY]
    scout: Move = ("scout", {"venture": 1})
    assert _as(CAUTIOUS, monkeypatch, "investor", WireForm({}), scout, scout) == [scout, scout, READY]


def test_prices_are_what_the_manner_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The greedy are dear, whatever promises most."""
    form = WireForm({"venture": OneOf((1,)), "price": OneOf(("low", "fair", "high"))})
    fair: Move = ("set_price", {"venture": 1, "price": "fair"})
    assert _as(GREEDY, monkeypatch, "maker", form, fair) == [("set_price", {"venture": 1, "price": "high"}), READY]


def test_the_shrewd_ask_more_and_offer_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth more shares as an investor; as a maker what others offer, since fewer are often declined."""
    form = WireForm({"credits": Whole(0, 200), "shares": Whole(0, 4000)})
    terms: Move = ("send_terms", {"credits": 60, "shares": 3000})
    assert _as(SHREWD, monkeypatch, "maker", form, terms) == [terms, READY]
    assert _as(SHREWD, monkeypatch, "investor", form, terms) == [("send_terms", {"credits": 60, "shares": 3300}), READY]


def test_the_shrewd_post_dearer_terms_once() -> None:
    """Each that is printed cheaper asks 8 credits, or what 500 shares leave, in the first matching, once."""
    orders = [(seat, order) for seat, order, _ in _game("shrewd").log if order.name == "post_package"]
    assert orders
    dearest = {(min(8, (500 - whole(dict(order.args), "shares")) // 50), 1) for _, order in orders}
    assert {(order.args["fee"], order.at.season) for _, order in orders if order.at} == dearest
    assert len({seat for seat, _ in orders}) == len(orders)


def test_a_place_in_a_team_is_asked_for_where_it_promises_more() -> None:
    """Whoever has lost its venture asks for one before the last season too, where founding again comes too late."""

    def asked(name: str) -> set[int]:
        players: dict[int | str, Policy] = {ANY: policy(name)}
        games = (play(scenario("seminar"), SEATS, str(seed), players, keep=True).log for seed in range(4))
        return {order.at.season for log in games for _, order, _ in log if order.name == "ask_to_join" and order.at}

    assert asked("standard") & {2, 3}
    assert asked("shrewd") & {2, 3}


def test_the_forgetful_let_some_turns_pass() -> None:
    """Chance decides which, by the policy's own stream: the same stream is the same turn."""
    assert _sent(_game("forgetful")).total() < _sent(_game("standard")).total()
    sound: list[Move] = [("look", {"venture": 1}), READY]

    class Sound:
        def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
            return list(sound)

    view = WholeView(1, "maker", {}, {})
    answers = [Forgetful(Sound(), 30).choose(view, {}, Stream(str(turn))) for turn in range(300)]
    assert 60 <= answers.count([READY]) <= 120
    assert answers.count(sound) == 300 - answers.count([READY])
    assert Forgetful(Sound(), 0).choose(view, {}, Stream("x")) == sound
    assert Forgetful(Sound(), 100).choose(view, {}, Stream("x")) == [READY]


def test_names_stand_once() -> None:
    """Players, restricted and naive ones are told apart by their names."""
    assert len(POLICIES) == len(PLAYERS) + len(RESTRICTED) + len(NAIVE)
    with pytest.raises(KeyError):
        policy("clairvoyant")
