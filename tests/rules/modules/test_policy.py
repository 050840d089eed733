"""Policy: the walk of demand, the cards, the terms and the levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from makersphere_rules.ecosystem.shared_steps.setup import dealt, purse_of, put_under, seating, take
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.ecosystem.table.entities import Deck, Sector, Space, World
from makersphere_rules.ecosystem.table.vocabulary import EFFECTS, SECTORS
from makersphere_rules.engine import Order, decide
from makersphere_rules.entity import Entity
from makersphere_rules.module import Draft
from makersphere_rules.modules.policy import Policy
from tests.rules.table import Table, given, investor, maker, space, venture

OPERATOR = 6


def table(
    treasury: int = 90,
    *,
    draws: dict[tuple[str, int | str, int], int] | None = None,
    cards: tuple[str, str] = ("", ""),
    only: int = 0,
) -> Table:
    """Lay a table of three makers, two investors and one space, with the decks stacked as wished."""
    policies, markets = (printed_decks.names(name) for name in ("policies", "markets"))
    return given(
        maker(1), maker(2), maker(3), investor(4), investor(5), space(OPERATOR, stations=2),
        *(Sector(name, 264, 264) for name in SECTORS),
        Deck("policies", (cards[0] or policies[0], *policies)),
        Deck("markets", (cards[1] or markets[0], *markets)),
        modules=[Policy()],
        credits={"operator:6": treasury},
        draws=draws,
        params={"policy": {"only": only}},
    )  # fmt: skip


def card(effect: str) -> str:
    """Return a policy card of an effect."""
    return next(name for name in printed_decks.names("policies") if printed_decks.policy(name).effect == effect)


class TestTheWorldMoves:
    """Demand walks towards its base; a market card bends two sectors for this season alone."""

    def test_demand_walks_by_its_formula(self) -> None:
        """From d: d + (b - d) div 2 + k b div 20, kept within half and double the base; b = 88 x makers."""
        laid = table(draws={("demand", "food", 0): 1, ("demand", "energy", 0): 5})
        laid.put(Sector("food", 300, 300), Sector("energy", 264, 264), Sector("city", 99, 99)).open()

        market = printed_decks.market(laid.one(World).market)
        walks = {name: laid.one(Sector, name).walk for name in SECTORS}

        assert walks["food"] == 300 + (264 - 300) // 2 + -3 * 264 // 20
        assert walks["energy"] == 264 + 3 * 264 // 20
        assert walks["city"] == max(132, 99 + (264 - 99) // 2)
        for name, sector in ((name, laid.one(Sector, name)) for name in SECTORS):
            percent = {market.up: 140, market.down: 75}.get(name, 100)
            assert sector.demand == walks[name] * percent // 100

    def test_demand_stays_between_half_and_double_its_base(self) -> None:
        """However far it was away."""
        laid = table(draws={("demand", name, 0): 5 for name in SECTORS})
        laid.put(Sector("food", 5000, 5000), Sector("city", 0, 0)).open()

        assert laid.one(Sector, "food").walk == 528
        assert laid.one(Sector, "city").walk == max(132, 132 + 3 * 264 // 20)

    @pytest.mark.parametrize(("effect", "tax"), [("tax", 20), ("quiet", 10), ("subsidy", 10), ("voucher", 10)])
    def test_the_policy_card_sets_the_tax(self, effect: str, tax: int) -> None:
        """20 per cent under a tax card, the usual 10 else; everyone is told the card."""
        laid = table(cards=(card(effect), "")).open()

        assert (laid.one(World).effect, laid.one(World).tax) == (effect, tax)
        assert [line.text for line in laid.told()] == ["policy_turned", "market_turned"]

    def test_cards_go_under_the_deck(self) -> None:
        """What was turned comes last."""
        laid = table()
        top = laid.one(Deck, "policies").cards[0]
        laid.open()

        assert laid.one(Deck, "policies").cards[-1] == top


class TestOneKindOfCard:
    """A scenario may insist on one effect: for the experiment on policy."""

    @pytest.mark.parametrize(("only", "effect"), tuple(enumerate(EFFECTS, 1)))
    def test_only_cards_of_one_effect_are_turned(self, only: int, effect: str) -> None:
        """The others go under the deck, no card is lost, and no die is rolled for it."""
        laid = table(only=only)
        before = laid.one(Deck, "policies")
        laid.open()
        after = laid.one(Deck, "policies")

        assert laid.one(World).effect == effect
        assert sorted(after.cards) == sorted(before.cards)
        assert after.edition == before.edition
        assert after.cards[-1] == laid.one(World).policy

    def test_an_empty_deck_is_shuffled_anew_until_such_a_card_comes(self) -> None:
        """As in a game that somebody imagines, who does not know the deck."""
        laid = table(only=4).put(Deck("policies", ())).open()

        assert laid.one(World).effect == "quiet"


class TestTerms:
    """An operator announces the season; all is shown when the phase closes."""

    def test_terms_are_sealed_until_the_close(self) -> None:
        """The table shows last season's terms until then."""
        laid = table()
        before = laid.public()
        terms = {
            "rent": 20,
            "maker_bar": 40,
            "investor_bar": 50,
            "weights": [4, 3, 2, 1],
            "appraisal_bar": 30,
        }

        laid.act(OPERATOR, "set_terms", terms)  # type: ignore[arg-type]
        assert laid.public() == before

        laid.close()
        found = laid.one(Space, OPERATOR)
        assert (found.rent, found.maker_bar, found.investor_bar) == (20, 40, 50)
        assert (found.weights, found.appraisal_bar) == ((4, 3, 2, 1), 30)

    def test_who_says_nothing_keeps_last_seasons_terms(self) -> None:
        """The default of the rulebook: rent 12, bars 36, 45 and 34, weights 3, 3, 2, 2."""
        laid = table().close()

        found = laid.one(Space, OPERATOR)
        assert (found.rent, found.maker_bar, found.investor_bar, found.appraisal_bar) == (12, 36, 45, 34)
        assert found.weights == (3, 3, 2, 2)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("rent", 31),
            ("rent", -1),
            ("maker_bar", 81),
            ("weights", [5, 5, 1, 0]),
            ("weights", [10]),
            ("weights", [11, -1, 0, 0]),
        ],
    )
    def test_bounds_are_kept(self, field: str, value: object) -> None:
        """The refusal names the field."""
        terms = {
            "rent": 20,
            "maker_bar": 40,
            "investor_bar": 50,
            "weights": [4, 3, 2, 1],
            "appraisal_bar": 30,
        }
        laid = table()

        laid.act(OPERATOR, "set_terms", {**terms, field: value})  # type: ignore[dict-item]

        laid.refused("bad_args", field)

    def test_only_operators_set_terms(self) -> None:
        """A maker is told that it is not its role's."""
        table().when(1, "buy_level", path="community").refused("not_your_role")


class TestLevels:
    """Levels cost 30 x the next one, from the treasury to suppliers."""

    def test_levels_are_bought_one_at_a_time(self) -> None:
        """30 for the first, 60 for the second; shown only when the phase closes."""
        laid = table(90)
        before = laid.public()

        laid.when(OPERATOR, "buy_level", path="community").when(OPERATOR, "buy_level", path="community")

        assert laid.one(Space, OPERATOR).community == 2
        assert (laid.balance("operator:6"), laid.balance("suppliers")) == (0, 90)
        assert laid.public() == before
        laid.close()
        assert laid.one(Space, OPERATOR).stations == max(2, 3 - 2) + 2

    def test_what_cannot_be_paid_is_refused(self) -> None:
        """The cheapest level and what is there stand in the refusal."""
        laid = table(29)
        refusal = decide(laid.state, OPERATOR, Order("buy_level", {"path": "resources"}))

        assert refusal.values == {"cost": 30, "have": 29}  # type: ignore[union-attr]
        laid.when(OPERATOR, "buy_level", path="resources").refused("cannot_afford")

    def test_five_is_the_highest_level(self) -> None:
        """After that the path is no choice any more."""
        laid = table(1000).put(space(OPERATOR, community=5))

        laid.when(OPERATOR, "buy_level", path="community").refused("bad_args", "path")

    def test_nobody_loses_a_desk_in_use(self) -> None:
        """A space has at least as many desks as ventures that sit there."""
        laid = table().put(*(venture(n, n, space=OPERATOR) for n in (1, 2, 3)))

        laid.close()

        assert laid.one(Space, OPERATOR).stations == 3


def _kinds_dealt(seats: int) -> list[list[str]]:
    """Return the kinds of all investors in order of seats, as they are dealt in forty rooms of so many seats."""
    lay: dict[str, Callable[[int], Entity]] = {"maker": maker, "investor": investor, "operator": space}
    found = []
    for room in range(40):
        laid = given(
            *(lay[role](seat) for seat, role in enumerate(seating(seats), 1)),
            modules=[Policy()],
            dice=partial(Random(room).randint, 1),
        )
        found.append([one.type for one in dealt(Draft(laid.state, applies=True)).investors])
    return found


class TestDealing:
    """Seats and decks."""

    @pytest.mark.parametrize(
        ("seats", "counts"),
        [
            (1, (1, 1, 1)),
            (3, (1, 1, 1)),
            (6, (3, 2, 1)),
            (12, (7, 4, 1)),
            (13, (7, 4, 2)),
            (36, (22, 11, 3)),
            (60, (37, 18, 5)),
        ],
    )
    def test_seating(self, seats: int, counts: tuple[int, int, int]) -> None:
        """One operator per 12 seats; the rest makers and investors 2 : 1 by largest remainder; one of each at least."""
        roles = seating(seats)

        assert tuple(roles.count(role) for role in ("maker", "investor", "operator")) == counts

    @pytest.mark.parametrize("seats", [8, 12, 30, 60])
    def test_a_mentor_is_dealt_first_from_eight_seats_on(self, seats: int) -> None:
        """However the kinds are shuffled; at fewer seats it is one kind of five."""
        assert all("mentor" in kinds for kinds in _kinds_dealt(seats))
        assert not all("mentor" in kinds for kinds in _kinds_dealt(7))

    @pytest.mark.parametrize("seats", [12, 18, 30])
    def test_one_kind_is_dealt_twice_from_twelve_seats_on(self, seats: int) -> None:
        """So that two compete for one project; under twelve each kind appears before one repeats."""
        assert all(max(Counter(kinds).values()) >= 2 for kinds in _kinds_dealt(seats))
        assert all(max(Counter(kinds).values()) == 1 for kinds in _kinds_dealt(11))

    @pytest.mark.parametrize(
        ("makers", "investors", "growth", "purse"),
        [(7, 4, 100, 140), (5, 2, 100, 200), (5, 2, 10, 146), (3, 2, 10, 138), (3, 2, 0, 140), (37, 18, 20, 144)],
    )
    def test_a_purse_follows_the_makers_for_each_investor(
        self, makers: int, investors: int, growth: int, purse: int
    ) -> None:
        """By `purse_growth` per cent; printed are purses for seven makers and four investors."""
        assert purse_of(140, growth, makers, investors) == purse

    def test_any_seat_may_get_the_mentor(self) -> None:
        """A seat's number tells nothing of its kind."""
        assert {kinds.index("mentor") for kinds in _kinds_dealt(12)} == {0, 1, 2, 3}

    def test_an_empty_deck_is_refilled_with_an_edition(self) -> None:
        """Cards of a freshly shuffled copy carry its number."""
        draft = Draft(table().state.copy(), applies=True)
        cards, deck = take(draft, Deck("policies", ("last",)), 3)

        assert cards[0] == "last"
        assert all(card.endswith("#2") for card in cards[1:])
        assert deck.edition == 2
        assert len(deck.cards) == len(printed_decks.names("policies")) - 2
        assert put_under(deck, ("x",)).cards[-1] == "x"
