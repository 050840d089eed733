"""Admission: founding, pitching, joining, badges, the wild card, and the garage."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.ecosystem.table.agreements import Proposal
from makersphere_rules.ecosystem.table.entities import Deck, Idea, Investor, Maker, Space, Venture
from makersphere_rules.modules.admission import Admission, credential_score
from makersphere_rules.seen.outlook import outlook
from makersphere_rules.seen.views import hand_of
from makersphere_rules.state import Seat
from tests.rules.table import Draws, Table, given, investor, maker, space, venture

HARBOUR = 9
LOFT = 10


def card(difficulty: int, sector: str = "food") -> str:
    """Return an idea card of a sector and difficulty."""
    names = printed_decks.names("ideas")
    return next(
        n for n in names if (printed_decks.idea(n).sector, printed_decks.idea(n).difficulty) == (sector, difficulty)
    )


def hall(
    *entities: object,
    stations: int = 9,
    credits: dict[str, int] | None = None,  # noqa: A002
    draws: Draws | None = None,
    season: int = 1,
    ideas: tuple[str, ...] = (),
) -> Table:
    """Lay Harbour, an investor with 100 credits, and whatever else; open admission."""
    deck = Deck("ideas", (*ideas, *printed_decks.names("ideas")))
    laid = given(
        investor(5),
        space(HARBOUR, stations=stations),
        deck,
        *entities,  # type: ignore[arg-type]
        modules=[Admission()],
        phase="admission",
        credits={"investor:5": 100, **(credits or {})},
        draws=draws,
        season=season,
    )
    return laid.open()


def place(laid: Table, seat: int) -> int:
    """Return where a maker sits."""
    return laid.one(Venture, laid.one(Maker, seat).venture).space


class TestFounding:
    """A maker without a venture draws three ideas, keeps one and pitches."""

    def test_three_ideas_come_into_the_hand_alone(self) -> None:
        """Nobody else sees them, and nobody sees their appeal."""
        laid = hall(maker(1))
        ideas = laid.found(Idea)

        assert [idea.number for idea in ideas] == [1, 2, 3]
        assert all(idea.owners == (1,) for idea in ideas)
        assert "'idea'" not in laid.public()
        for idea in ideas:
            assert idea.lo <= idea.appeal <= idea.hi

    def test_a_kept_idea_becomes_a_venture_with_all_shares(self) -> None:
        """The other cards go under the deck; range and appeal come along."""
        laid = hall(maker(1))
        kept, others = laid.found(Idea)[1], [laid.found(Idea)[n].card for n in (0, 2)]
        laid.when(1, "keep_idea", card=2).when(1, "pitch", space="garage").close()
        founded = laid.one(Venture, 1)

        assert (founded.card, founded.lead, founded.space, founded.shares) == (kept.card, 1, 0, {1: 10_000})
        assert (founded.appeal, founded.lo, founded.hi) == (kept.appeal, kept.lo, kept.hi)
        assert laid.found(Idea) == []
        assert laid.one(Deck, "ideas").cards[-2:] == tuple(others)

    def test_the_default_keeps_the_best_looking_idea(self) -> None:
        """6 (lo + hi) - 4 x difficulty; pitched where the rent is lowest."""
        laid = hall(maker(1, (7, 7, 7)), space(LOFT, rent=5), ideas=(card(9), card(6), card(7)))
        laid.close()

        assert laid.one(Venture, 1).card == card(6)
        assert place(laid, 1) == LOFT

    def test_ideas_run_out_of_bounds_of_the_hand(self) -> None:
        """There are three; a fourth is refused by name."""
        hall(maker(1)).when(1, "keep_idea", card=4).refused("bad_args", "card")


class TestTheDoor:
    """Each space takes those at or above its bar, best score first, while desks last."""

    def chen(self, stations: int = 9, *others: object, bar: int = 36) -> Table:
        """Lay the rulebook's Chen: skills 13, a card of difficulty 7 with appeal 5, a look of 3 to 5, bonus 1."""
        harbour = Space(HARBOUR, maker_bar=bar, integration=1, community=1, stations=stations)
        lively = [maker(3, spirit=6, venture=1), venture(1, lead=3, space=HARBOUR)]
        draws: Draws = {
            ("appeal", card(7), 0): 5,
            ("pitch_look", 2, 0): 1,  # noise -1 at width 1: 3 to 5
        }
        return hall(maker(1, (4, 4, 5)), *lively, *others, draws=draws, ideas=(card(7),)).put(harbour)

    @pytest.mark.parametrize(("bar", "goal"), [(46, HARBOUR), (47, 0)])
    def test_the_pitch_score_of_the_example(self, bar: int, goal: int) -> None:
        """13 + 3 x (3 + 5) + 2 x 3 + 3 x 1 = 46: in at 46, out at 47."""
        laid = self.chen(bar=bar)
        laid.when(1, "keep_idea", card=1).when(1, "pitch", space=HARBOUR).close()

        assert place(laid, 1) == goal

    def test_the_score_is_shown_to_its_maker_and_the_operator_alone(self) -> None:
        """To all others no number is told, not even to the tenant of the space."""
        laid = self.chen(bar=47)
        laid.when(1, "keep_idea", card=1).when(1, "pitch", space=HARBOUR).close()

        assert laid.one(Space, HARBOUR).passed == ()
        assert [line.text for line in laid.told(1) if line.audience != (0,)] == [
            "door_below",
            "idea_worked_over",
        ]
        for seat in (3, 5):
            assert all("46" not in str(line.values) for line in laid.told(seat))
            assert "46" not in repr(hand_of(laid.state, seat))
        assert "46" not in laid.public()

    @pytest.mark.parametrize(("known", "told"), [((6, 6, 6), 0), ((6, 5, 6), 1), ((5, 5, 5), 1)])
    def test_an_idea_is_told_to_be_worked_over_where_something_changes(
        self, known: tuple[int, int, int], told: int
    ) -> None:
        """Appeal and what is known of it end at 6; a new idea that is there already stays as it is."""
        appeal, lo, hi = known
        new = attrs.evolve(venture(1, lead=1, appeal=appeal), lo=lo, hi=hi, founded=1)
        laid = hall(maker(1, (1, 1, 1)), new).put(Space(HARBOUR, maker_bar=80, stations=9))
        laid.when(1, "pitch", space=HARBOUR).close()

        assert [line.text for line in laid.told(1)].count("idea_worked_over") == told
        idea = laid.one(Venture, 1)
        assert (idea.appeal, idea.lo, idea.hi) == (6, 6, 6)

    def test_desks_last_for_the_best(self) -> None:
        """Two pass, one desk: the better score has it, the other works from the garage."""
        laid = hall(maker(1, (4, 4, 4)), maker(2, (9, 9, 9)), stations=1)
        for seat in (1, 2):
            laid.when(seat, "pitch", space=HARBOUR)
        laid.close()

        assert (place(laid, 1), place(laid, 2)) == (0, HARBOUR)
        assert laid.one(Space, HARBOUR).passed == (1, 2)

    @pytest.mark.parametrize(("bar", "goal"), [(47, HARBOUR), (56, HARBOUR), (57, 0)])
    def test_the_wild_card_lifts_from_ten_points_below_the_bar(self, bar: int, goal: int) -> None:
        """A score of 46, after those who passed, if a desk is left; then it is used up. No bar shuts all others out."""
        laid = self.chen(bar=bar).act(HARBOUR, "wild_card", {"seat": 1})
        laid.when(1, "keep_idea", card=1).when(1, "pitch", space=HARBOUR).close()

        assert place(laid, 1) == goal
        assert laid.one(Space, HARBOUR).wild_card_used is bool(goal)

    def test_the_wild_card_makes_no_desk(self) -> None:
        """Where none is left it is not used."""
        laid = hall(maker(1, (0, 0, 0)), maker(2, (9, 9, 9)), stations=1)
        laid.act(HARBOUR, "wild_card", {"seat": 1})
        for seat in (1, 2):
            laid.when(seat, "pitch", space=HARBOUR)
        laid.close()

        assert (place(laid, 1), place(laid, 2)) == (0, HARBOUR)
        assert not laid.one(Space, HARBOUR).wild_card_used

    def test_a_venture_moves_if_admitted_else_stays(self) -> None:
        """Pitching elsewhere risks nothing; leaving for the garage always works."""
        laid = hall(maker(1, (0, 0, 0)), venture(1, lead=1, space=HARBOUR), Space(LOFT, maker_bar=80, stations=3))
        laid.when(1, "pitch", space=LOFT).close()
        assert place(laid, 1) == HARBOUR

        laid = hall(maker(1), venture(1, lead=1, space=HARBOUR))
        laid.when(1, "leave_space").close()
        assert place(laid, 1) == 0


class TestTeams:
    """A maker without a venture may ask to join one; the lead names shares out of its own."""

    def teams(self) -> Table:
        """Lay a lead with a venture at Harbour and a maker without one."""
        return hall(maker(1), venture(1, lead=1, space=HARBOUR), maker(2))

    def test_a_lead_takes_in_a_cofounder_at_the_close(self) -> None:
        """Existing shares move; nobody is diluted; the joiner founds nothing."""
        laid = self.teams().when(2, "ask_to_join", venture=1)
        laid.when(1, "answer_join", maker=2, accept=True, shares=1500).close()
        joined = laid.one(Venture, 1)

        assert (joined.cofounders, joined.shares) == ((2,), {1: 8500, 2: 1500})
        assert laid.one(Maker, 2).venture == 1
        assert len(laid.found(Venture)) == 1
        assert laid.found(Idea) == []

    def test_an_unanswered_request_is_declined_and_the_card_stands(self) -> None:
        """The joiner founds what it kept."""
        laid = self.teams().when(2, "ask_to_join", venture=1).close()

        assert laid.one(Maker, 2).venture == 2
        assert laid.one(Venture, 1).cofounders == ()

    def test_a_request_takes_back_the_leads_ready(self) -> None:
        """Somebody waits for its answer."""
        laid = self.teams()
        laid.put(Seat(1, "maker", ready=True)).when(2, "ask_to_join", venture=1)

        assert not laid.one(Seat, 1).done

    def test_a_later_request_replaces_the_earlier(self) -> None:
        """One request a maker."""
        laid = hall(maker(1), venture(1, lead=1), maker(2), maker(3), venture(5, lead=3))
        laid.when(2, "ask_to_join", venture=1).when(2, "ask_to_join", venture=5)

        assert [(p.receiver, p.terms["venture"]) for p in laid.found(Proposal)] == [(3, 5)]

    def test_no_more_shares_than_the_lead_has(self) -> None:
        """The bound is the lead's own holding, 3,000 at the most."""
        laid = hall(maker(1), venture(1, lead=1, shares={1: 700, 5: 9300}), maker(2))
        laid.when(2, "ask_to_join", venture=1)

        laid.when(1, "answer_join", maker=2, accept=True, shares=701).refused("bad_args", "shares")

    def test_a_cofounder_leaves_with_its_shares_and_draws_ideas(self) -> None:
        """At once, so that it can found in the same phase."""
        laid = hall(maker(1), maker(2), venture(1, lead=1, cofounders=(2,), shares={1: 8000, 2: 2000}))
        laid.when(2, "leave_team")

        assert laid.one(Venture, 1).cofounders == ()
        assert laid.one(Venture, 1).shares == {1: 8000, 2: 2000}
        assert len(laid.found(Idea)) == 3

    def test_a_lead_closes_its_venture_and_founds_again(self) -> None:
        """Wound up without the gain of skill; the whole team draws ideas in the same phase."""
        laid = hall(
            maker(1),
            maker(2),
            venture(1, lead=1, space=HARBOUR, cofounders=(2,), tracks=(9, 4, 1)),
            credits={"maker:1": 4},
        )
        skills = laid.one(Maker, 1).skills
        laid.when(1, "close_venture")

        assert laid.one(Venture, 1).closed == "closed"
        assert laid.one(Maker, 1).skills == skills
        assert laid.balance("maker:1") == 0  # the clearing, as far as it can
        assert laid.one(Space, HARBOUR).commons == 4 + 2 + 0
        assert len(laid.found(Idea)) == 6
        laid.close()
        assert {laid.one(Maker, 1).venture, laid.one(Maker, 2).venture} == {2, 3}


class TestBadges:
    """Investors hold up to two badges and pay for each at the close."""

    def test_a_badge_costs_six_and_is_paid_to_the_treasury(self) -> None:
        """The default applies where there are most desks."""
        laid = hall(space(LOFT, stations=3)).close()

        assert laid.one(Investor, 5).badges == (HARBOUR, LOFT)
        assert (laid.balance("investor:5"), laid.balance("operator:9")) == (88, 6)

    def test_who_cannot_pay_gives_the_badge_back(self) -> None:
        """Without a penalty."""
        laid = hall(investor(6, badges=(HARBOUR,)), credits={"investor:6": 5}).close()

        assert laid.one(Investor, 6).badges == ()
        assert laid.one(Investor, 6).lost_badges == {}
        assert laid.balance("investor:6") == 5

    def test_no_badge_is_handed_back(self) -> None:
        """Who holds one keeps it as long as its fee is paid."""
        laid = hall(investor(6, badges=(HARBOUR,)), credits={"investor:6": 50})
        laid.when(6, "drop_badge", space=HARBOUR).refused("unknown_command")
        laid.close()

        assert laid.one(Investor, 6).badges == (HARBOUR,)

    @pytest.mark.parametrize(("bar", "passes"), [(50, True), (51, False)])
    def test_the_credential_is_held_against_the_bar(self, bar: int, passes: bool) -> None:  # noqa: FBT001
        """Before the first appraisal the printed credential alone."""
        laid = hall().put(Space(HARBOUR, investor_bar=bar, stations=3)).close()

        assert (HARBOUR in laid.one(Investor, 5).badges) is passes

    def test_past_appraisals_move_the_credential(self) -> None:
        """Printed + (mean - 50) div 2."""
        laid = hall()
        found = laid.one(Investor, 5)

        assert credential_score(laid.state, found) == 50
        for past, score in (((70,), 60), ((31, 32), 40), ((0, 100), 50)):
            laid.put(Investor(5, "angel", "customers", 50, appraisals=past))
            assert credential_score(laid.state, laid.one(Investor, 5)) == score

    def test_after_a_loss_one_admission_is_sat_out_and_the_next_is_harder(self) -> None:
        """Lost in season 1: not in 2; in 3 with the bar + 10."""
        lost = Investor(5, "angel", "customers", 50, lost_badges={HARBOUR: 1})
        laid = hall(season=2).put(lost)
        assert not laid.may(5, "apply")
        assert laid.close().one(Investor, 5).badges == ()

        for bar, badges in ((40, (HARBOUR,)), (41, ())):
            laid = hall(season=3).put(lost, Space(HARBOUR, investor_bar=bar, stations=3)).close()
            assert laid.one(Investor, 5).badges == badges
            assert laid.one(Investor, 5).lost_badges == ({} if badges else {HARBOUR: 1})

    def test_the_wild_card_gives_no_badge_far_below_the_bar(self) -> None:
        """11 points are too many: no bar shuts all others out."""
        laid = hall().put(Space(HARBOUR, investor_bar=61, stations=3))
        laid.act(HARBOUR, "wild_card", {"seat": 5}).when(5, "apply", spaces=[HARBOUR]).close()

        assert laid.one(Investor, 5).badges == ()
        assert not laid.one(Space, HARBOUR).wild_card_used

    def test_the_wild_card_gives_a_badge_below_the_bar(self) -> None:
        """Up to 10 points, if it asked and can pay."""
        laid = hall().put(Space(HARBOUR, investor_bar=60, stations=3))
        laid.act(HARBOUR, "wild_card", {"seat": 5}).when(5, "apply", spaces=[HARBOUR]).close()

        assert laid.one(Investor, 5).badges == (HARBOUR,)
        assert laid.one(Space, HARBOUR).wild_card_used
        assert laid.balance("investor:5") == 94


@pytest.mark.parametrize("noise", [1, 3, 5])
@pytest.mark.parametrize("appeal", [2, 4])
def test_a_maker_foresees_between_which_scores_its_pitch_lies(noise: int, appeal: int) -> None:
    """Whatever the space's look brings: at a bar of the least it gets a desk, above the most it does not."""

    def knocked(bar: int) -> Table:
        harbour = attrs.evolve(space(HARBOUR, stations=9), maker_bar=bar)
        own = attrs.evolve(venture(1, 1), appeal=appeal, lo=2, hi=4)
        laid = hall(maker(1, venture=1), own, harbour, draws={("pitch_look", 1, 0): noise})
        return laid.when(1, "pitch", space=HARBOUR)

    found = outlook(knocked(0).state, 1)
    least, most = found["least"][1], found["most"][1]
    assert int(str(least["score"])) < int(str(most["score"]))
    assert place(knocked(int(str(least["score"]))).close(), 1) == HARBOUR
    assert place(knocked(int(str(most["score"])) + 1).close(), 1) == 0


def test_what_is_foreseen_of_an_idea_follows_the_card_and_the_door() -> None:
    """Before anything is founded it stands under 0, and the garage has no bar."""
    laid = hall(maker(1)).when(1, "keep_idea", card=2).when(1, "pitch", space=HARBOUR)
    assert outlook(laid.state, 1)["least"][0]["bar"] == laid.one(Space, HARBOUR).maker_bar
    assert outlook(laid.when(1, "pitch", space="garage").state, 1) == {}
