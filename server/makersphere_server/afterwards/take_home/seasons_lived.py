"""What one seat did in each season, and what came of it, told in the second person.

Answers sentences for one seat's own page. Of others it tells only what everybody saw: signatures, dice, sales, ends.
Never a single rating, and of a door only how one's own pitch was judged. Commands that were changed before the phase
closed count once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from makersphere_rules.debrief.network import exchanges
from makersphere_rules.ecosystem.table import vocabulary
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.verdicts import Pitch
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.stays import Place, Time
from makersphere_server.room.model.log.stood_in import NO_BOT, LeftToBots, left_to_bots

__all__ = ["came", "did", "stood_in", "was_there"]

_READY: Final = "ready"
_ROLL: Final = ("dice", "spirit", "help", "misses")
_AT_THE_END: Final = ""  # in the place of a phase: what came of a season that was counted
Came = tuple[str, str]  # of which phase something came, and the sentence


def did(game: Game, seat: int, season: int, time: Time, *, by_bot: bool = False) -> list[str]:
    """Return what the people of a seat did in a season, or a bot in their place, in the order of its first times.

    It is what they did in the time that one of them had the seat.

    What their phone offered is theirs where they said that they were done with a phase: the close did it for them.
    What was left to a default otherwise is not told.
    """
    done: dict[str, set[object]] = {}
    accepted = set() if by_bot else _done_with(game, seat, season, time)
    for seq, _, at, phase, actor, by, _, command, event, data, undone in game.finished.events:
        if at != season or undone or command == _READY or not time.holds(int(seq or 0)):
            continue
        told = msgspec.json.decode(str(data)) if event == "choice_made" else {}
        if told.get("by_default"):
            if phase in accepted and told.get("seat") == seat and any(told["args"].values()):
                done.setdefault(told["command"], set()).add(told["target"])
        elif (actor, by == "bot") == (seat, by_bot):
            done.setdefault(str(command), set()).add(told.get("target", "") if told else seq)
    return [_sentence(game, command, len(times)) for command, times in done.items()]


def stood_in(game: Game, seat: int) -> LeftToBots:
    """Return what of a game a bot decided for a seat in its people's place, whether they came back or not.

    Of a seat that nobody but a bot has played there is nothing: its page tells of the bot.
    """
    did: dict[bool, dict[Place, bool]] = {False: {}, True: {}}
    for _, _, season, phase, actor, by, _, command, _, _, undone in game.finished.events:
        place = (int(season or 0), str(phase))
        if actor == seat and not undone and place in game.played.opened:
            found = did[by == "bot"]
            found[place] = found.get(place, False) or command != _READY
    if not did[False] and not game.of_seat(seat):
        return NO_BOT
    return left_to_bots(did[False], did[True], [*game.played.opened])


def was_there(game: Game, seat: int, season: int, time: Time) -> bool:
    """Return whether the people of a seat said in some phase of a season that they were done with it, in that time."""
    return bool(_done_with(game, seat, season, time))


def _done_with(game: Game, seat: int, season: int, time: Time) -> set[str]:
    """Return the phases of a season that the people of a seat were done with at the close, as they said."""
    said: dict[str, bool] = {}
    for seq, _, at, phase, actor, by, _, command, _, data, undone in game.finished.events:
        if (at, actor, command) == (season, seat, _READY) and not undone and time.holds(int(seq or 0)):
            said[str(phase)] = by != "bot" and msgspec.json.decode(str(data))["ready"]
    return {phase for phase, is_done in said.items() if is_done}


def _sentence(game: Game, command: str, times: int) -> str:
    key = f"home.did.{command}"
    return game.words.count(key, times) if game.words.has(key) else game.words.first(f"command.{command}", command)


def came(game: Game, seat: int, season: int, time: Time) -> Iterator[str]:
    """Yield what came of a season for a seat, as sentences: of the phases that closed in somebody's time."""
    match game.role(seat):
        case vocabulary.MAKER:
            found = _for_maker(game, seat, season)
        case vocabulary.INVESTOR:
            found = _for_investor(game, seat, season)
        case vocabulary.OPERATOR:
            found = _for_operator(game, seat, season)
        case _:
            return
    yield from (said for phase, said in found if _has_come(game, season, phase) and _is_theirs(time, season, phase))


def _has_come(game: Game, season: int, phase: str) -> bool:
    """Return whether a phase was closed: the last one of a season in whose middle the game was ended was not."""
    return season in game.seasons or (season, phase) in list(game.played.opened)[:-1]


def _is_theirs(time: Time, season: int, phase: str) -> bool:
    return time.ends(season) if phase == _AT_THE_END else time.has_closed(season, phase)


def _for_maker(game: Game, seat: int, season: int) -> Iterator[Came]:
    words = game.words
    ventures = [one for one in game.past.all(Venture, season).values() if seat in one.team]
    for venture in ventures:
        if venture.founded == season and venture.lead == seat:
            sector = words(f"sector.{venture.sector}")
            yield "admission", words("home.came.founded", venture=words.venture(venture.id), sector=sector)
    pitch = game.past.all(Pitch, season).get(seat)
    if pitch is not None and pitch.season == season:
        key = "home.came.door_open" if pitch.outcome in ("given", "wild_card") else "home.came.door_shut"
        yield "admission", words(key, space=words.space(pitch.space), points=pitch.score, bar=pitch.bar)
    for proposal in exchanges(game.past, season):
        if seat in (proposal.sender, proposal.receiver):
            other = proposal.receiver if proposal.sender == seat else proposal.sender
            yield "exchange", words(f"home.came.{proposal.what}", seat=words.seat(other))
    for deal in game.past.deals:
        if deal.maker == seat and deal.season == season:
            yield "matching", _deal(game, "home.came.signed_with", deal.investor, deal)
    for venture in ventures:
        yield from _of_venture(game, venture, season)


def _deal(game: Game, key: str, other: int, deal: Deal) -> str:
    words = game.words
    sort = ".money" if not deal.hours else ".hours" if not deal.credits else ""
    return words(
        f"{key}{sort}",
        seat=words.seat(other),
        venture=words.venture(deal.venture),
        credits=words.number(deal.credits),
        hours=words.number(deal.hours),
        shares=words.percent(deal.shares),
        fee=words.number(deal.fee),
    )


def _of_venture(game: Game, venture: Venture, season: int) -> Iterator[Came]:
    """Yield what happened to a venture in a season: its roll, what it sold, its end."""
    words, name = game.words, game.words.venture(venture.id)
    if venture.closed and venture.closed_season != season:
        return
    if venture.roll:
        total = sum(venture.roll.get(part, 0) for part in _ROLL)
        key = "home.came.roll_won" if venture.moved_up else "home.came.roll_lost"
        stage = words.stage(venture.stage)
        yield "incubation", words(key, venture=name, total=total, needed=venture.roll["needed"], stage=stage)
    if venture.sales:
        yield "market", words("home.came.sold", venture=name, credits=words.number(venture.sales))
    if venture.closed_season == season:
        why = words.first(f"exit.{venture.closed}", venture.closed)
        yield _closes_in(venture), words("home.came.closed", venture=name, why=why)


def _closes_in(venture: Venture) -> str:
    """Return the phase in which a venture has closed: its lead closes it at the door, all else at the appraisal."""
    return "admission" if venture.closed == "closed" else "appraisal"


def _for_investor(game: Game, seat: int, season: int) -> Iterator[Came]:
    words = game.words
    now = game.past.all(Investor, season).get(seat)
    before = game.past.all(Investor, season - 1).get(seat) if season - 1 in game.past.counted else None
    held, had = set(now.badges if now else ()), set(before.badges if before else ())
    yield from (("admission", words("home.came.badge", space=words.space(space))) for space in sorted(held - had))
    for deal in game.past.deals:
        if deal.investor == seat and deal.season == season:
            yield "matching", _deal(game, "home.came.signed_for", deal.maker, deal)
            if deal.hours:
                venture = words.venture(deal.venture)
                told = words("home.came.delivered", hours=deal.delivered, promised=deal.hours, venture=venture)
                yield "incubation", told
    if now is not None and season in now.best_appraisals:
        yield "appraisal", words("home.came.appraised", points=now.best_appraisals[season])
    for space, when in (now.lost_badges if now else {}).items():
        if when == season:
            yield "appraisal", words("home.came.badge_lost", space=words.space(space))


def _for_operator(game: Game, seat: int, season: int) -> Iterator[Came]:
    words, space = game.words, game.past.all(Space, season).get(seat)
    if space is None:
        return
    yield "policy", words("home.came.terms", rent=space.rent, bar=space.maker_bar)
    ventures = [one for one in game.past.all(Venture, season).values() if one.space == seat]
    yield _AT_THE_END, words.count("home.came.tenants", sum(not one.closed for one in ventures))
    for one in ventures:
        if one.closed_season == season:
            yield _closes_in(one), words("home.came.tenant_closed", venture=words.venture(one.id))
    yield _AT_THE_END, words("home.came.vitality", vitality=space.vitality)
    if space.receivership:
        yield "appraisal", words("home.came.receivership")
