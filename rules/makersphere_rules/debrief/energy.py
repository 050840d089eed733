"""The energy picture of each season: how credits came from outside, through sectors and steps, to those who got them.

Answers nodes in a fixed order and links with their credits, four columns from left to right:

- from: consumers, government, makers, investors, operators, and `reserve`, what ventures had before;
- sector: the six sectors of consumers, for what ventures took in; `outside` for what went through no venture
  (day jobs, hours sold elsewhere, grants to spaces, badges, search ...);
- step: what it was for: the steps of the payout, materials, winding up, `kept` in the ventures, and the rest;
- to: makers, investors, operators, suppliers, government, and `reserve`, what ventures keep.

Every column sums to the season's total, and what comes into a sector or step goes out of it, to the credit: they are
the ledger's postings. Starting credits and what an investor sets aside are left out; what a list gave back is taken
off. Shares are thousandths of the total by the largest remainder, so those of each column sum to 1,000.
Source: the rulebook's "Where the rules come from" (energy Sankey) and "6. Market and payout"; Lindeman 1942.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from makersphere_rules.debrief.past import Past, Plain, number_of
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR, SECTORS
from makersphere_rules.ledger import (
    CONSUMERS,
    GOVERNMENT,
    KEPT,
    NO_STEPS,
    SET_ASIDE,
    SUPPLIERS,
    Posting,
    account_sort,
)
from makersphere_rules.split import split

__all__ = ["COLUMNS", "nodes", "season_credits", "season_energy"]

OUTSIDE: Final = "outside"
RESERVE: Final = "reserve"
COLUMNS: Final = {
    "from": (CONSUMERS, GOVERNMENT, INVESTOR, MAKER, OPERATOR, RESERVE),
    "sector": (*SECTORS, OUTSIDE),
    "step": (
        *(
            "goods",
            "materials",
            "wage",
            "fee",
            "rent",
            "tax",
            "dividend",
            KEPT,
            "preference",
            "liquidation",
            "clearing",
        ),
        *("capital", "own_money", "space_grant", "subsidy", "sales", "day_job", "resale"),
        *("birth_grant", "backer_grant", "product_grant", "grant_back"),
        *("badge", "search", "look", "lend", "platform", "upkeep", "rescue"),
    ),
    "to": (MAKER, INVESTOR, OPERATOR, SUPPLIERS, GOVERNMENT, RESERVE),
}
_PLACE: Final = {
    f"{sort}:{name}": (column, order)
    for column, (sort, names) in enumerate(COLUMNS.items())
    for order, name in enumerate(names)
}
_THOUSANDTHS: Final = 1000
_VENTURE: Final = "venture"
Link = tuple[str, str]  # from one node to another
Flows = dict[Link, int]


def season_energy(past: Past, season: int) -> dict[str, Plain]:
    """Return a season's total and its links, those of each column together, in the order of the nodes."""
    columns = _columns(past, season)
    links: dict[str, Plain] = {}
    for column in columns:
        shares = split(_THOUSANDTHS, [credits_ for _, credits_ in column])
        for ((source, target), credits_), share in zip(column, shares, strict=True):
            links[f"{source}>{target}"] = {"from": source, "to": target, "credits": credits_, "share": share}
    return {"total": sum(credits_ for _, credits_ in columns[0]), "links": links}


def season_credits(past: Past, season: int) -> dict[str, int]:
    """Return the same links with their credits alone, by `FROM>TO`."""
    return {f"{source}>{target}": amount for column in _columns(past, season) for (source, target), amount in column}


def nodes(past: Past) -> dict[str, Plain]:
    """Return all possible nodes with their column and their order, which are the same in every season."""
    found: dict[str, Plain] = {}
    for node, (column, order) in _places(past).items():
        sort, _, name = node.partition(":")
        found[node] = {"column": column, "order": order, "sort": sort, "name": name}
    return found


def _places(past: Past) -> dict[str, tuple[int, int]]:
    """Return column and order of each node: those of the rulebook, then the steps that modules have of their own."""
    column, last = tuple(COLUMNS).index("step"), len(COLUMNS["step"])
    own = (f"step:{step}" for reason, step in past.state.scenario.reasons.items() if step == reason)
    return {**_PLACE, **{node: (column, last + place) for place, node in enumerate(own)}}


def _columns(past: Past, season: int) -> list[list[tuple[Link, int]]]:
    """Return the links between each two columns, in the order of the nodes."""
    columns: list[list[tuple[Link, int]]] = [[], [], []]
    places = _places(past)
    for link, credits_ in _flows(past, season).items():
        if credits_:
            columns[places[link[0]][0]].append((link, credits_))
    for column in columns:
        column.sort(key=lambda flow: (places[flow[0][0]], places[flow[0][1]]))
    return columns


def _flows(past: Past, season: int) -> Flows:
    flows: Flows = defaultdict(int)
    kept: dict[int, int] = defaultdict(int)  # by venture: what came in less what went out
    reasons = past.state.scenario.reasons
    for _, posting in past.posted(season):
        step = reasons.get(posting.reason, posting.reason)
        if step not in NO_STEPS and step != SET_ASIDE:
            _add(past, flows, kept, posting, step)
    for number, rest in kept.items():
        sector = f"sector:{past.ventures[number].sector}"
        if rest > 0:
            flows[sector, f"step:{KEPT}"] += rest
            flows[f"step:{KEPT}", f"to:{RESERVE}"] += rest
        else:
            flows[f"from:{RESERVE}", sector] -= rest
    return flows


def _add(past: Past, flows: Flows, kept: dict[int, int], posting: Posting, reason: str) -> None:
    """Add a posting: into a venture's sector, out of one by its step, or past them all."""
    source, target, amount = posting.source, posting.target, posting.amount
    if source == SUPPLIERS:  # they only give back
        source, target, amount = target, source, -amount
    step = f"step:{reason}"
    giver, taker = (past.holder_of(account) for account in (source, target))
    if account_sort(target) == _VENTURE:
        number = number_of(target)
        kept[number] += amount
        flows[f"from:{giver}", f"sector:{past.ventures[number].sector}"] += amount
    elif account_sort(source) == _VENTURE:
        number = number_of(source)
        kept[number] -= amount
        flows[f"sector:{past.ventures[number].sector}", step] += amount
        flows[step, f"to:{taker}"] += amount
    else:
        flows[f"from:{giver}", f"sector:{OUTSIDE}"] += amount
        flows[f"sector:{OUTSIDE}", step] += amount
        flows[step, f"to:{taker}"] += amount
