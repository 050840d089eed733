"""Pivotal moments: what a class will want to talk about, found by itself, each of which can be said in a sentence.

Answers at most one moment of each sort, in order of time: the text `moment.NAME` with its values, the season and the
phase. Values named after an entity are its number. Of equals the earliest counts. Never ranks people, never tells a
single rating. Source: the rulebook's "Where the rules come from" and "The end" (all but single ratings opens).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from makersphere_rules.debrief.favours import cards, workshops
from makersphere_rules.debrief.gifts import gifts
from makersphere_rules.debrief.past import Past, Plain, number_of
from makersphere_rules.ecosystem.table.agreements import Pair
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR, PRODUCT
from makersphere_rules.frozen import frozen

__all__ = ["Moment", "Values", "moments", "place_of_phase"]

_PHASES: Final = ("policy", "admission", "exchange", "matching", "incubation", "market", "appraisal", "recap")
_ROLL: Final = ("dice", "spirit", "help", "misses")
Values = dict[str, int | str]


@frozen
class Moment:
    """A moment: when it was, its text, and the values of that."""

    season: int
    phase: str
    text: str
    values: Values

    def tree(self) -> dict[str, Plain]:
        """Return it as plain data."""
        return {"season": self.season, "phase": self.phase, "text": self.text, "values": dict(self.values)}


def moments(past: Past) -> list[Moment]:
    """Return the moments in order of time."""
    found = [moment for find in _SORTS for moment in find(past)]
    return sorted(found, key=lambda moment: (moment.season, place_of_phase(moment.phase)))


def place_of_phase(phase: str) -> int:
    """Return where a phase stands in a season, from 0; one that the game has not of itself comes last."""
    return _PHASES.index(phase) if phase in _PHASES else len(_PHASES)


def _largest_sale(past: Past) -> Iterator[Moment]:
    """Find the largest move of energy: what consumers paid for one venture in one season."""
    sales = [posted for posted in past.postings if posted[2].reason == "sales"]
    if sales:
        season, phase, posting = max(sales, key=lambda posted: posted[2].amount)
        values: Values = {"venture": number_of(posting.target), "credits": posting.amount}
        yield Moment(season, phase, "largest_sale", values)


def _largest_payout(past: Past) -> Iterator[Moment]:
    """Find the largest dividend of a seat; what comes back when a venture closes is no payout to be proud of."""
    paid = [posted for posted in past.postings if posted[2].reason == "dividend"]
    if paid:
        season, phase, posting = max(paid, key=lambda posted: posted[2].amount)
        values: Values = {"venture": number_of(posting.source), "seat": number_of(posting.target)}
        yield Moment(season, phase, "largest_payout", {**values, "credits": posting.amount})


def _first_birth(past: Past) -> Iterator[Moment]:
    """Find the venture that was the first to get what a birth takes, in the order in which deals were signed."""
    order = {number: place for place, number in enumerate(_funded(past))}
    for season in past.seasons:
        born = [venture for venture in past.all(Venture, season).values() if venture.born]
        if born:
            first = min(born, key=lambda venture: order.get(venture.id, len(order)))
            yield Moment(season, "matching", "first_birth", {"venture": first.id, "maker": first.lead})
            return


def _funded(past: Past) -> Iterator[int]:
    """Yield the ventures in the order in which each got the capital that a birth takes."""
    enough = world(past.state).birth_credits
    paid = Counter[int]()
    for _, _, posting in past.postings:
        number = number_of(posting.target)
        if posting.reason == "capital" and paid[number] < enough:
            paid[number] += posting.amount
            if paid[number] >= enough:
                yield number


def _first_product(past: Past) -> Iterator[Moment]:
    """Find the first product; of a season's the first in the order of the ventures, in which they roll."""
    for season in past.seasons:
        for venture in past.all(Venture, season).values():
            if venture.stage == PRODUCT:
                yield Moment(season, "incubation", "first_product", {"venture": venture.id, "maker": venture.lead})
                return


def _broken_match(past: Past) -> Iterator[Moment]:
    """Find the deal of which most promised hours never came."""
    deals = [deal for deal in past.deals if deal.season in past.counted and deal.delivered < deal.hours]
    if deals:
        deal = max(deals, key=lambda deal: deal.hours - deal.delivered)
        values: Values = {"investor": deal.investor, "venture": deal.venture}
        values |= {"promised": deal.hours, "hours": deal.delivered}
        yield Moment(deal.season, "incubation", "broken_match", values)


def _gift(past: Past) -> Iterator[Moment]:
    """Find what was furthest from the printed price, and say by name who gave whom what for what."""
    found = list(gifts(past))
    if found:
        gift = max(found, key=lambda gift: gift.worth)
        yield Moment(gift.season, gift.phase, f"gift_of_{gift.what}", dict(gift.values))


def _workshop(past: Past) -> Iterator[Moment]:
    """Find the maker who got the most hours of one workshop, where that was more than half of them."""
    found = list(workshops(past))
    if found:
        one = max(found, key=lambda one: one.count)
        values: Values = {"space": one.space, "maker": one.seat, "hours": one.count, "given": one.of}
        yield Moment(one.season, "incubation", "workshop_for_one", values)


def _wild_cards(past: Past) -> Iterator[Moment]:
    """Find the seat for which one space played its wild card most often, where that was twice or more."""
    found = list(cards(past))
    if found:
        one = max(found, key=lambda one: one.count)
        values: Values = {"space": one.space, "seat": one.seat, "count": one.count}
        yield Moment(one.season, "admission", "cards_for_one", values)


def _missed_deal(past: Past) -> Iterator[Moment]:
    """Find the pair that courted in vain over the venture that consumers would have liked best of those unfunded."""
    funded = {deal.venture for deal in past.deals}
    missed: list[tuple[int, Pair, Venture]] = []
    for season in past.seasons:
        for pair in past.all(Pair, season).values():
            venture = past.venture_of(pair.maker, season) if pair.lost == season else None
            if venture is not None and venture.id not in funded:
                missed.append((season, pair, venture))
    if missed:
        season, pair, venture = max(missed, key=lambda found: found[2].appeal)
        values: Values = {"maker": pair.maker, "investor": pair.investor, "venture": venture.id}
        yield Moment(season, "matching", "missed_deal", {**values, "appeal": venture.appeal})


def _decisive_dice(past: Past) -> Iterator[Moment]:
    """Find the narrowest roll that was won and the narrowest that was lost; of equals the one for the highest stage."""
    won: list[tuple[tuple[int, int], Moment]] = []
    lost: list[tuple[tuple[int, int], Moment]] = []
    for season in past.seasons:
        for venture in past.all(Venture, season).values():
            if venture.roll and venture.closed_season in (0, season):
                total = sum(venture.roll.get(part, 0) for part in _ROLL)
                needed, stage = venture.roll["needed"], venture.stage + (not venture.moved_up)
                values: Values = {"venture": venture.id, "total": total, "needed": needed, "stage": stage}
                text = "dice_won" if venture.moved_up else "dice_lost"
                rank = (abs(total - needed), -stage)
                (won if venture.moved_up else lost).append((rank, Moment(season, "incubation", text, values)))
    for rolls in (won, lost):
        if rolls:
            yield min(rolls, key=lambda roll: roll[0])[1]


def _closing(past: Past) -> Iterator[Moment]:
    """Find the venture that had come furthest when it closed."""
    gone = [venture for venture in past.ventures.values() if venture.closed]
    if gone:
        venture = max(gone, key=lambda venture: (venture.stage, sum(venture.tracks)))
        phase = "admission" if venture.closed == "closed" else "appraisal"
        values: Values = {"venture": venture.id, "maker": venture.lead, "reason": venture.closed}
        yield Moment(venture.closed_season, phase, "closing", values)


def _rebirth(past: Past) -> Iterator[Moment]:
    """Find the venture that came furthest among those that a maker founded after its first was closed."""
    founders: set[int] = set()
    second: list[Venture] = []
    for venture in past.ventures.values():
        if venture.lead in founders:
            second.append(venture)
        founders.add(venture.lead)
    if second:
        venture = max(second, key=lambda venture: (venture.stage, sum(venture.tracks)))
        values: Values = {
            "maker": venture.lead,
            "venture": venture.id,
            "stage": venture.stage,
        }
        yield Moment(venture.founded, "admission", "rebirth", values)


def _badge_lost(past: Past) -> Iterator[Moment]:
    for season in past.seasons:
        for investor in past.all(Investor, season).values():
            for space, lost in investor.lost_badges.items():
                if lost == season:
                    yield Moment(season, "appraisal", "badge_lost", {"investor": investor.seat, "space": space})
                    return


def _receivership(past: Past) -> Iterator[Moment]:
    for season in past.counted:
        for space in past.all(Space, season).values():
            if space.receivership:
                yield Moment(season, "appraisal", "receivership", {"space": space.id})
                return


def _lead_taken(past: Past) -> Iterator[Moment]:
    """Find for each role the season in which its final leader took the lead from another seat."""
    for role in (MAKER, INVESTOR, OPERATOR):
        leaders = [_leader(past, role, season) for season in past.counted]
        winner = _winner(past, role)
        if leaders and leaders[-1] == winner != 0 and any(leader != winner for leader in leaders):
            since = len(leaders)
            while leaders[since - 1] == winner:
                since -= 1
            yield Moment(past.counted[since], "recap", "lead_taken", {"seat": winner, "role": role})


def _winner(past: Past, role: str) -> int:
    """Return the seat that alone won its role, secrets counted; 0: none did."""
    first = [score.seat for score in past.state.all(Score).values() if score.place == 1]
    won = [seat for seat in first if past.state.role(seat) == role]
    return won[0] if len(won) == 1 else 0


def _leader(past: Past, role: str, season: int) -> int:
    """Return the seat of a role with the highest standing after a season; 0: nobody, or several."""
    standings = {
        score.seat: score.standings[-1]
        for score in past.all(Score, season).values()
        if score.standings and past.state.role(score.seat) == role
    }
    highest = max(standings.values(), default=0)
    best = [seat for seat, standing in standings.items() if standing == highest]
    return best[0] if len(best) == 1 else 0


_SORTS: Final[tuple[Callable[[Past], Iterator[Moment]], ...]] = (
    _largest_sale,
    _largest_payout,
    _first_birth,
    _first_product,
    _broken_match,
    _gift,
    _workshop,
    _wild_cards,
    _missed_deal,
    _decisive_dice,
    _closing,
    _rebirth,
    _badge_lost,
    _receivership,
    _lead_taken,
)
