"""Incubation: how makers spend their hours and their own money, and where operators send the workshop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from makersphere_bots.legal import Form, bounds, most, options
from makersphere_bots.policy import Move, Tree, View, whole
from makersphere_bots.standard.balances import credits_of_venture
from makersphere_bots.standard.printed_values import (
    ANY,
    GARAGE,
    PRODUCT,
    PROTOTYPE,
    TRACKS,
    greatest,
    materials,
    needs,
    printed_of,
)
from makersphere_bots.standard.venture_worth import living, lots_of, seasons_left

__all__ = ["ENOUGH", "after_work", "give_workshop", "is_lost", "work", "workshop_of"]

ENOUGH = 100  # progress with which quality is at its best


def work(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Plan the hours; as a lead, put in own money where the venture's is short."""
    form = legal.get("plan")
    if form is None:
        return []
    table, seat = view.table, view.seat
    me = view.hand["maker"][str(seat)]
    venture: Tree | None = table.get("venture", {}).get(str(me["venture"]))
    hours: int = me["hours"]
    if venture is None or venture["closed"]:
        return [_plan(form, (0, 0, 0), min(hours, printed_of(view).day_job))]
    moves: list[Move] = []
    if venture["lead"] == seat:
        missing = _missing_credits(view, venture)
        put_in = legal.get("put_in")
        able = put_in is not None and missing <= bounds(put_in.fields["credits"])[1]
        hopeless = is_lost(table, venture) or (missing > 0 and not able)
        if hopeless:
            return [_plan(form, (0, 0, 0), min(hours, printed_of(view).day_job))]
        if missing > 0:
            moves.append(("put_in", {"credits": missing}))
    moves.append(_plan(form, *_hours(view, venture, me["skills"], hours)))
    return moves


def _plan(form: Form, tracks: tuple[int, int, int], day_job: int) -> Move:
    day_job = min(day_job, most(form, "day_job"))
    technology, customers, business = tracks
    return "plan", {
        "technology": technology,
        "customers": customers,
        "business": business,
        "day_job": day_job,
    }


def is_lost(table: Tree, venture: Tree) -> bool:
    """Return whether the venture will be closed as unfunded whatever is done now."""
    return not venture["born"] and table["game"]["season"] > venture["founded"]


def _promised(view: View, venture: Tree) -> list[Tree]:
    """Return this season's deals of the venture that promise hours."""
    deals = view.derived("deal", _promising).get(venture["id"], ())
    return [deal for deal in deals if deal["season"] == view.table["game"]["season"]]


def _promising(deals: Tree) -> dict[int, list[Tree]]:
    """Return the deals that promise hours, by venture."""
    found: dict[int, list[Tree]] = defaultdict(list)
    for deal in sorted(deals.values(), key=lambda one: one["id"]):
        if deal["hours"]:
            found[deal["venture"]].append(deal)
    return found


def _missing_credits(view: View, venture: Tree) -> int:
    """Return what the venture lacks for materials and fees."""
    fees = sum(deal["fee"] for deal in _promised(view, venture))
    return max(0, materials(view, venture) + int(fees) - credits_of_venture(view.hand, venture))


def _after_help(view: View, venture: Tree) -> tuple[int, int, int]:
    """Return what the tracks will lack when all promised hours have come."""
    pairs, printed, season = view.table.get("pair", {}), printed_of(view), view.table["game"]["season"]
    lacking = list(needs(printed, venture))
    for deal in _promised(view, venture):
        speciality = view.table["investor"][str(deal["investor"])]["speciality"]
        pair = pairs.get(f"{venture['lead']}:{deal['investor']}")
        trusted = pair is not None and (pair["trust"] or pair["introduced"] == season)
        points = printed.hour * (deal["hours"] + (printed.trust_hours if trusted else 0))
        track = lacking.index(max(lacking)) if speciality == ANY else TRACKS.index(speciality)
        lacking[track] -= points
    return lacking[0], lacking[1], lacking[2]


def _hours(view: View, venture: Tree, skills: list[int], hours: int) -> tuple[tuple[int, int, int], int]:
    """Return the hours by track and those of a day job: needs come first, and hours that nothing needs earn money."""
    lacking = list(_after_help(view, venture))
    spent = [0, 0, 0]
    last = seasons_left(view.table) == 1
    stage, total = venture["stage"], sum(venture["tracks"])
    day_job = 0
    if stage == PRODUCT and total >= ENOUGH:
        day_job = min(hours, printed_of(view).day_job)  # what is left keeps a place in the team
    if last and stage <= PROTOTYPE and sum(max(0, need) for need in lacking) > hours * 15 // 10 + 8:
        day_job = min(hours, printed_of(view).day_job)  # it will not move up any more
    counted = printed_of(view).garage_work if venture["space"] == GARAGE else 100
    for _ in range(hours - day_job):
        track = lacking.index(max(lacking))
        before = _progress(spent[track], skills[track], counted)
        spent[track] += 1
        lacking[track] -= _progress(spent[track], skills[track], counted) - before
    return (spent[0], spent[1], spent[2]), day_job


def _progress(hours: int, skill: int, counted: int) -> int:
    """Return the progress of so many hours on a track, of which so many per cent count."""
    return hours * (10 + skill) // 10 * counted // 100


# -- operators


def give_workshop(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Give the hours to the tenants nearest to a roll, where progress will be missing after help and own work."""
    form = legal.get("workshop")
    if form is None:
        return []
    left, printed = workshop_of(view), printed_of(view)
    targets, lot = options(form.fields["venture"]), lots_of(view)
    near = []
    for venture in living(view):
        if venture["id"] in targets and venture["stage"] < PRODUCT and not is_lost(view.table, venture):
            lacking = after_work(view, venture)
            gap = sum(max(0, need) for need in lacking)
            blocked = venture["stage"] == PROTOTYPE and not venture["born"]
            near.append((blocked, gap or 60, -venture["stage"], lot(venture["lead"]), venture["id"], lacking))
    near.sort()
    moves: list[Move] = []
    for *_, number, lacking in near:
        free = printed.workshop_venture
        for _, track in sorted((-need, track) for track, need in enumerate(lacking)):
            hours = min(left, free, -(-max(0, lacking[track]) // printed.hour))
            if hours > 0:
                left, free = left - hours, free - hours
                moves.append(("workshop", {"venture": number, "track": TRACKS[track], "hours": hours}))
        if left == 0:
            return moves
    return moves + _rest(view, targets, moves, left)


def _rest(view: View, targets: tuple[int | str, ...], moves: list[Move], left: int) -> list[Move]:
    """Give hours that no tenant needs to the youngest ones, each on a track that has had none yet."""
    given = {(args["venture"], args["track"]): whole(args, "hours") for _, args in moves}
    tenants, lot = [venture for venture in living(view) if venture["id"] in targets], lots_of(view)
    rest: list[Move] = []
    for venture in sorted(tenants, key=lambda venture: (venture["stage"], lot(venture["lead"]))):
        had = [given.get((venture["id"], track), 0) for track in TRACKS]
        hours = min(left, printed_of(view).workshop_venture - sum(had))
        if hours > 0 and 0 in had:
            left -= hours
            rest.append(("workshop", {"venture": venture["id"], "track": TRACKS[had.index(0)], "hours": hours}))
    return rest


def workshop_of(view: View) -> int:
    """Return the hours that an operator's workshop has in a season."""
    printed = printed_of(view)
    return printed.workshop + printed.workshop_level * int(view.table["space"][str(view.seat)]["resources"])


def after_work(view: View, venture: Tree) -> tuple[int, int, int]:
    """Return what the tracks will lack after promised hours and an even day's work of the team."""
    lacking = list(_after_help(view, venture))
    skills = view.table["maker"][str(venture["lead"])]["skills"]
    for _ in range(9 * (1 + len(venture["cofounders"]))):
        track = lacking.index(max(lacking))
        lacking[track] -= 1
    extra = sum(skills) // 3 - 1
    lacking[greatest((max(lacking[0], 0), max(lacking[1], 0), max(lacking[2], 0)))] -= extra
    return lacking[0], lacking[1], lacking[2]
