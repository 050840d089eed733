"""The numbers of a debrief counted again from a room's log, by another way than the debrief's own.

Postings and events are read as the log has them; figures are those that the recap of a season stored. Answers numbers
by the names under which the pages that are taken home show them.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from makersphere_rules.ecosystem.table.agreements import Clinic, Deal, Pair, Proposal
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Sector, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_server.afterwards.export_tables import FinishedRoom

__all__ = ["for_class", "for_seat"]

Numbers = dict[str, int]
Row = tuple[Any, ...]  # of a table: cells are whole numbers and words
_STILL = ("endowment", "escrow", "release")
_WORLD = ("consumers", "government", "suppliers")


class _Log:
    """What a finished room's log says, of the game as it was played in the end."""

    def __init__(self, finished: FinishedRoom) -> None:
        self.state = finished.state
        self.postings: list[Row] = [tuple(row) for row in finished.postings]
        self.events = [(row[2], row[8], json.loads(str(row[9]))) for row in finished.events if not row[10] and row[9]]
        self.figures: dict[int, Numbers] = {
            told["season"]: {**told["figures"], **told["opened"]}
            for _, event, told in self.events
            if event == "season_recapped"
        }
        self.seasons = sorted(self.figures)
        self.ventures = self.state.all(Venture)

    def kept(self, cls: type, season: int) -> Any:  # noqa: ANN401  (entities of that kind)
        return self.state.history.seasons[season].get(cls, {})

    def balance(self, account: str, season: int) -> int:
        return sum(
            credits_ * (target == account) - credits_ * (source == account)
            for _, at, _, source, target, credits_, _ in self.postings
            if at <= season
        )


def _sort(account: str) -> str:
    return account.partition(":")[0]


def _from_suppliers(source: str, target: str, credits_: int) -> tuple[str, str, int]:
    """Return a posting; what suppliers give back is taken off what went to them."""
    return (target, source, -credits_) if source == "suppliers" else (source, target, credits_)


def for_class(finished: FinishedRoom) -> Numbers:
    """Return every number that a class's page may show."""
    log = _Log(finished)
    return {
        **dict(_curves(log)),
        **dict(_life(log)),
        **dict(_energy(log)),
        **dict(_network(log)),
        **dict(_aims(log)),
        **dict(_together(log)),
    }


def _curves(log: _Log) -> Iterator[tuple[str, int]]:
    for season, figures in log.figures.items():
        yield from ((f"curves.{name}.{season}", value) for name, value in figures.items())
        demand = {sector.name: sector.demand for sector in log.kept(Sector, season).values()}
        yield f"curves.demand.{season}", sum(demand.values())
        yield from ((f"curves.demand_{name}.{season}", value) for name, value in demand.items())
        held: Counter[str] = Counter()
        for _, at, _, source, target, credits_, _ in log.postings:
            if at <= season:
                held[_sort(source)] -= credits_
                held[_sort(target)] += credits_
        for role in ("maker", "operator", "venture"):
            yield f"curves.credits_{role}.{season}", held[role]
        yield f"curves.credits_investor.{season}", held["investor"] + held["escrow"]


def _life(log: _Log) -> Iterator[tuple[str, int]]:
    for season, figures in log.figures.items():
        ventures = log.ventures.values()
        ended = Counter(one.closed for one in ventures if one.closed_season == season)
        yield f"life.{season}.founded", sum(one.founded == season for one in ventures)
        yield f"life.{season}.deaths", ended.total()
        reasons = ("insolvent", "unfunded", "unsold", "bottom", "closed")
        yield from ((f"life.{season}.exits.{reason}", ended[reason]) for reason in reasons)
        now, before = log.kept(Venture, season), log.kept(Venture, season - 1) if season > log.seasons[0] else {}
        born = [one.id for one in now.values() if one.born and not (one.id in before and before[one.id].born)]
        yield f"life.{season}.births", len(born)
        rolls = [told for at, event, told in log.events if at == season and event == "rolled"]
        yield f"life.{season}.moved_up", sum(told["success"] for told in rolls)
        for name in ("products", "badges_won", "badges_given_back", "badges_lost"):
            yield f"life.{season}.{name}", figures.get(name, 0)
    last = log.figures[log.seasons[-1]]
    for name in ("at_risk", "deaths", "censored", "survival"):
        for age in range(1, 41):
            if f"{name}_age_{age}" in last:
                yield f"survival.{age}.{name}", last[f"{name}_age_{age}"]


def _energy(log: _Log) -> Iterator[tuple[str, int]]:
    for season in log.seasons:
        links: Counter[str] = Counter()
        kept: Counter[int] = Counter()
        for _, at, _, *moved, reason in log.postings:
            if at != season or reason in _STILL:
                continue
            source, target, credits_ = _from_suppliers(*moved)
            of = next((int(each.partition(":")[2]) for each in (target, source) if _sort(each) == "venture"), 0)
            sector = f"sector:{log.ventures[of].sector if of else 'outside'}"
            came, went = _sort(target) == "venture", _sort(source) == "venture"
            kept[of] += credits_ * came - credits_ * went
            if not went:
                links[f"from:{_sort(source)}>{sector}"] += credits_
            if not came:
                links[f"{sector}>step:{reason}"] += credits_
                links[f"step:{reason}>to:{_sort(target)}"] += credits_
        for venture, rest in kept.items():
            if venture and rest > 0:
                links[f"sector:{log.ventures[venture].sector}>step:kept"] += rest
                links["step:kept>to:reserve"] += rest
            elif venture:
                links[f"from:reserve>sector:{log.ventures[venture].sector}"] -= rest
        yield from ((f"energy.{season}.links.{link}", credits_) for link, credits_ in links.items())
        yield f"energy.{season}.total", sum(credits_ for link, credits_ in links.items() if link.startswith("from:"))


def _network(log: _Log) -> Iterator[tuple[str, int]]:
    known: set[tuple[int, int]] = set()
    for season in log.seasons:
        ties = {
            (maker.seat, other)
            for maker in log.kept(Maker, season).values()
            for other in maker.ties
            if maker.seat < other
        }
        yield f"network.{season}.ties", len(ties - known)
        known |= ties
        yield f"network.{season}.deals", sum(deal.season == season for deal in log.state.all(Deal).values())
        agreed = [one for one in log.kept(Proposal, season).values() if one.status == "accepted"]
        yield f"network.{season}.exchanges", sum(one.what in ("exchange", "lending", "swap") for one in agreed)
        yield f"network.{season}.trust", sum(pair.trust for pair in log.kept(Pair, season).values())


def _aims(log: _Log) -> Iterator[tuple[str, int]]:
    held: defaultdict[str, list[int]] = defaultdict(list)
    for score in log.state.all(Score).values():
        maker, investor = log.state.find(Maker, score.seat), log.state.find(Investor, score.seat)
        if maker is not None or investor is not None:
            name = maker.ambition if maker is not None else "thesis"
            held[name].append(score.parts.get("ambition" if maker is not None else "thesis", 0))
    for name, points in held.items():
        yield f"aims.{name}.held", len(points)
        yield f"aims.{name}.reached", sum(each > 0 for each in points)
        yield f"aims.{name}.points", sum(points)


def _together(log: _Log) -> Iterator[tuple[str, int]]:
    paid = [row for row in log.postings if row[6] not in _STILL and _sort(str(row[3])) in ("consumers", "government")]
    yield "together.from_outside", sum(row[5] for row in paid if row[1] in log.figures and _sort(row[4]) not in _WORLD)
    yield "together.births", sum(venture.born for venture in log.ventures.values())
    yield "together.products", sum(figures["products"] for figures in log.figures.values())
    yield "together.closed", sum(bool(venture.closed) for venture in log.ventures.values())
    yield "together.ties", sum(len(maker.ties) for maker in log.state.all(Maker).values()) // 2
    yield "together.deals", sum(event == "deal_signed" for _, event, _ in log.events)


def for_seat(finished: FinishedRoom, seat: int) -> Numbers:
    """Return every number that a student's page may show."""
    log = _Log(finished)
    score = log.state.one(Score, seat)
    parts = {f"score.parts.{part}": points for part, points in score.parts.items()}
    whole = {"score.final": sum(score.parts.values())}
    return {**parts, **whole, **dict(_seasons(log, seat)), **dict(_money(log, seat)), **dict(_given(log, seat))}


def _seasons(log: _Log, seat: int) -> Iterator[tuple[str, int]]:
    role, before = log.state.role(seat), 0
    for number, season in enumerate(log.seasons):
        account = f"{role}:{seat}"
        yield f"seasons.{season}.credits", log.balance(account, season) + log.balance(f"escrow:{seat}", season)
        yield f"seasons.{season}.standing", log.state.one(Score, seat).standings[number]
        worked = sum(venture.work.get(seat, 0) for venture in log.kept(Venture, season).values())
        yield f"seasons.{season}.hours", worked - before
        before = worked
        if role == "maker":
            maker = log.kept(Maker, season)[seat]
            yield f"seasons.{season}.spirit", maker.spirit
            yield f"seasons.{season}.ties", len(maker.ties)
        elif role == "investor":
            pairs = log.kept(Pair, season).values()
            yield f"seasons.{season}.ties", sum(pair.trust for pair in pairs if pair.investor == seat)
        else:
            yield f"seasons.{season}.vitality", log.kept(Space, season)[seat].vitality


def _money(log: _Log, seat: int) -> Iterator[tuple[str, int]]:
    account = f"{log.state.role(seat)}:{seat}"
    start = sum(row[5] for row in log.postings if row[1] < log.seasons[0] and row[4] == account)
    for season in log.seasons:
        moved: Counter[tuple[str, str]] = Counter()
        for _, at, _, source, target, credits_, reason in log.postings:
            if at == season and reason not in ("escrow", "release"):
                if target in (account, f"escrow:{seat}"):
                    moved["in", reason] += credits_
                if source in (account, f"escrow:{seat}"):
                    moved["out", reason] += credits_
        yield f"money.{season}.start", start
        yield from ((f"money.{season}.{side}.{reason}", credits_) for (side, reason), credits_ in moved.items())
        kept = sum(credits_ if side == "in" else -credits_ for (side, _), credits_ in moved.items())
        yield f"money.{season}.kept", kept
        start += kept


def _given(log: _Log, seat: int) -> Iterator[tuple[str, int]]:
    given: Counter[tuple[int, str]] = Counter()

    def whose(account: str) -> int:
        sort, _, number = account.partition(":")
        return log.ventures[int(number)].lead if sort == "venture" else int(number or 0)

    for _, _, _, source, target, credits_, _ in log.postings:
        if whose(str(target)) == seat and whose(str(source)) not in (0, seat):
            given[whose(str(source)), "credits"] += int(credits_)
    for venture in log.ventures.values():
        if venture.lead == seat:
            for giver, hours in venture.work.items():
                given[giver, "hours"] += hours
    for clinic in log.state.all(Clinic).values():
        given[clinic.investor, "lessons"] += clinic.maker == seat
    for season in log.seasons:
        for one in log.kept(Proposal, season).values():
            if one.status == "accepted" and one.what == "exchange":
                given[one.sender, "lessons"] += one.receiver == seat and one.terms["teach"] != "none"
                given[one.receiver, "lessons"] += one.sender == seat and one.terms["learn"] != "none"
    yield from ((f"given.{giver}.{what}", count) for (giver, what), count in given.items() if giver != seat)
