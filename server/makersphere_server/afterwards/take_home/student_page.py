"""The page of one student: its own game in the second person, to keep, to hand in, to print.

Answers a whole page for one person of a seat: role, seasons with what it did and what came of it, score and where it
lies, curves, turning points, this person's own answers, taking part, and which mechanism all of it shows. What was
another seat's secret, and is not open to all when a game is over, is not in it: it is made of the seat's own story and
of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, Final

from makersphere_rules.lessons.grading import points_for
from makersphere_server.afterwards.take_home.answers import asked_and_answered
from makersphere_server.afterwards.take_home.drawings import Curve, curves, spread
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.meanings import of_turns
from makersphere_server.afterwards.take_home.page import (
    Cell,
    Text,
    document,
    figure,
    items,
    pairs,
    paragraph,
    section,
    table,
)
from makersphere_server.afterwards.take_home.participation import Part
from makersphere_server.afterwards.take_home.seasons_lived import came, did, stood_in, was_there
from makersphere_server.afterwards.take_home.stays import Time
from makersphere_server.room.model.log.own_story import own_part

__all__ = ["student_page", "turning_points"]

Tree = dict[str, Any]

_MEASURES: Final = (
    "credits",
    "standing",
    "spirit",
    "vitality",
    "ties",
    "hours",
)  # in the order in which they are drawn
_TURNS: Final = 3
_OTHERS: Final = 2  # seats of a role that make a spread
_GIVEN: Final = ("credits", "hours", "lessons")


def student_page(game: Game, seat: int, member: int = 0, *, is_own: bool = False) -> bytes:
    """Return the page of a seat, as that one of its people reads it.

    Args:
        game: that was played.
        seat: of the page.
        member: which of its people; 0: nobody, so that no answers are on it.
        is_own: this person asks for it, so its own words are on it, whether people are named or not.
    """
    words, role = game.words, game.role(seat)
    known = game.answers if is_own else game.answers_for_others
    answers = [each for each in known if (int(each["seat"]), each["member"]) == (seat, member)]
    title = words("home.student.title", name=game.person(seat, member))
    kind = game.words.kind(seat)
    lead = [
        words("home.role", role=role, kind=kind) if kind else words(f"role.{role}"),
        *(words("home.of_class", scenario=game.title, n=len(list(game.seats()))), game.day),
        words("home.room", room=game.finished.row.room),
    ]
    return document(words.language, title, lead, _sections(game, seat, member, answers))


def _sections(game: Game, seat: int, member: int, answers: list[Mapping[str, Any]]) -> Iterator[str]:
    words, time = game.words, game.time_of(seat, member)
    turns = turning_points(game, seat, time)
    yield section(words("home.role.title"), *_role(game, seat, member, time))
    yield section(words("home.turns.title"), *_turns(game, turns), sort="turning")
    yield section(words("home.seasons.title"), _seasons(game, seat, time))
    yield section(words("home.score.title"), *_score_of(game, seat, time))
    yield section(words("home.curves.title"), *_curves(game, seat, time))
    yield section(words("home.money.title"), *_money(game, seat, time))
    yield section(words("home.given.title"), _given(game, seat, time))
    yield section(words("home.answers.own"), *asked_and_answered(words, answers, named=False))
    yield section(words("home.means.title"), *of_turns(game, seat, turns))
    yield section(words("home.part.own"), *_part(game, seat, member))


def _role(game: Game, seat: int, member: int, time: Time) -> Iterator[str]:
    """Yield what the seat was, what it was after, when it was theirs, and which part of its game a bot has played."""
    words, role = game.words, game.role(seat)
    yield paragraph(words.first(f"home.you.{role}", "home.you.player"))
    yield from _aim(game, seat, time)
    if not time.is_whole(*game.begun):
        yield from _had(game, time)
    for part in game.of_seat(seat):
        if part.bot_from and member in (0, part.member) and time.is_to_end:
            yield paragraph(words("home.bot_from", when=words.when(*part.bot_from)), "soft")
            break


def _aim(game: Game, seat: int, time: Time) -> Iterator[str]:
    """Yield what a seat was after, and for those who had it at the end what that brought."""
    words, aim = game.words, game.story(seat).get("aim", {})
    sort = "" if time.is_to_end else ".alone"
    if aim.get("name") == "thesis":
        sectors, stage = words.listed(words(f"sector.{sector}") for sector in aim["sectors"]), words.stage(aim["stage"])
        yield paragraph(words(f"home.aim.thesis{sort}", sectors=sectors, stage=stage, points=aim["points"]))
    elif aim:
        yield paragraph(words(f"home.aim.ambition{sort}", ambition=aim["name"], points=aim["points"]))
        yield paragraph(words.first(f"ambition.{aim['name']}.text", ""), "soft")


def _had(game: Game, time: Time) -> Iterator[str]:
    """Yield when a seat was somebody's, who did not have it all the time."""
    words = game.words
    spans = [(words.when(*first), words.when(*last)) for first, last in time.spans(game.begun)]
    told = [words("home.stay.span", first=first, last=last) if first != last else first for first, last in spans]
    yield paragraph(words("home.stay.some" if told else "home.stay.none"), "soft")
    yield items(told)
    yield paragraph(words("home.stay.rest"), "soft")


# -- turning points and seasons


def turning_points(game: Game, seat: int, time: Time) -> list[Tree]:
    """Return what turned a seat's game in somebody's time: three at most, their own choices before what else is told.

    What a phase has brought is told to those who had the seat at its end; what a season has, who had it all through.
    What a bot has done in their place is no turn of theirs.
    """
    own = own_part(game.story(seat), time, stood_in(game, seat))["turning"]
    return [own[number] for number in sorted(own, key=int)][:_TURNS]


def _turns(game: Game, turns: Sequence[Tree]) -> Iterator[str]:
    words = game.words
    told = [(words.moment(moment), words.when(moment["season"], moment["phase"])) for moment in turns]
    yield items([(said, when) for said, when in told if said], is_ordered=True, sort="turns")


def _seasons(game: Game, seat: int, time: Time) -> str:
    """Return each season of somebody's time: what they did, and what came of the phases that closed in it."""
    words = game.words
    parts: list[str] = []
    for season in filter(time.is_in, game.begun):
        done, result = did(game, seat, season, time), list(came(game, seat, season, time))
        for_them = did(game, seat, season, time, by_bot=True)
        head = words.season(season)
        parts.append(f"<h3>{escape(head)}</h3>")
        if done:
            own = words("home.did", what=words.listed(done))
        else:
            own = words("home.did.left" if was_there(game, seat, season, time) else "home.did.nothing")
        parts.append(paragraph(own))
        if for_them:
            parts.append(paragraph(words("home.did.for_you", what=words.listed(for_them))))
        if result and not time.is_whole(season):
            parts.append(paragraph(words("home.stay.season"), "soft"))
        parts.append(items(result))
    return "".join(parts)


# -- numbers


def _score_of(game: Game, seat: int, time: Time) -> Iterator[str]:
    """Yield the score of a seat for those who had it at the end; else why it is not there."""
    if not time.is_to_end:
        yield paragraph(game.words("home.stay.no_score"))
        return
    if game.score(seat) and not time.is_whole(*game.begun):
        yield paragraph(game.words("home.stay.score"), "soft")
    yield from _score(game, seat)


def _score(game: Game, seat: int) -> Iterator[str]:
    """Yield the score, where it lies among those of the role, and what it is made of."""
    words, score, role = game.words, game.score(seat), game.role(seat)
    if score.get("final") is None:
        return
    same = [game.score(other)["final"] for other in game.seats(role) if game.score(other).get("final") is not None]
    place = words("ui.final.place", place=score["place"], all=len(same))
    yield paragraph(words("home.score.lead", n=words.number(score["final"]), place=place))
    compared = game.tree.get("comparison", {}).get(str(seat))
    if compared and game.is_whole:
        yield paragraph(words(f"ui.final.better_than.{role}", n=compared["better_than"]))
    yield from _spread(game, score, same)
    rows = [
        (
            words.first(f"ui.part_of_score.{part}", f"home.part_of_score.{part}", f"part.{part}"),
            Cell(words.number(points), f"score.parts.{part}"),
        )
        for part, points in score["parts"].items()
    ]
    total = (words("home.total"), Cell(words.number(score["final"]), "score.final"))
    yield table((words("home.score.part"), words("home.points")), [*rows, total])


def _spread(game: Game, score: Tree, same: list[int]) -> Iterator[str]:
    """Yield where a score lies among those of its role, if there is another one."""
    words = game.words
    if len(same) < _OTHERS:
        return
    is_held = game.is_whole and score.get("par")
    marks = [(score["par"], words("home.score.par", n=words.number(score["par"])))] if is_held else []
    note = words("home.score.spread", lo=words.number(min(same)), hi=words.number(max(same)))
    yield figure(spread(words("home.score.picture"), same, score["final"], marks), note=note)


def _curves(game: Game, seat: int, time: Time) -> Iterator[str]:
    """Yield a picture of each thing that the seat was measured by at the end of a season, each with its table."""
    lived = own_part(game.story(seat), time).get("seasons", {})
    seasons = sorted(map(int, lived))
    measures = [measure for measure in _MEASURES if any(measure in lived[str(season)] for season in seasons)]
    yield pairs((_curve(game, lived, seasons, measure) for measure in measures), len(seasons))


def _curve(game: Game, lived: Tree, seasons: list[int], measure: str) -> str:
    words = game.words
    values = {season: lived[str(season)][measure] for season in seasons if measure in lived[str(season)]}
    name = words(f"home.curve.own.{measure}")
    numbers = {season: str(words.in_run(season)) for season in seasons}
    cells = [Cell(words.number(values[season]), f"seasons.{season}.{measure}") for season in values]
    heads = (words("home.season"), *numbers.values())
    drawn = figure(curves(name, seasons, [Curve(name, 1, values)], numbers))
    return f"<h3>{escape(name)}</h3>{drawn}{table(heads, [(words(f'home.own.{measure}'), *cells)])}"


def _money(game: Game, seat: int, time: Time) -> Iterator[str]:
    """Yield by reason where credits came from and where they went, season by season."""
    words, money = game.words, own_part(game.story(seat), time).get("money", {})
    seasons = sorted(map(int, money))
    if not seasons:
        return
    yield paragraph(words("home.money.lead"), "soft")
    rows: list[tuple[Text, ...]] = [_money_row(game, money, seasons, words("home.money.start"), "start", "")]
    for side in ("in", "out"):
        for reason in dict.fromkeys(reason for season in seasons for reason in money[str(season)][side]):
            name = words.first(f"reason.{reason}", reason.replace("_", " "))
            rows.append(_money_row(game, money, seasons, name, side, reason))
    rows.append(_money_row(game, money, seasons, words("home.money.kept"), "kept", ""))
    yield table(("", *(words.season(season) for season in seasons)), rows)


def _money_row(game: Game, money: Tree, seasons: list[int], name: str, side: str, reason: str) -> tuple[Text, ...]:
    """Return a row of the table of money: a number for each season, with its sign where it moved."""
    cells: list[Text] = [name]
    for season in seasons:
        found = money[str(season)][side]
        value = found.get(reason, 0) if reason else found
        if not value and reason:
            cells.append("")
            continue
        key = f"money.{season}.{side}.{reason}".rstrip(".")
        signed = game.words.number(value) if side == "start" else game.words.signed(-value if side == "out" else value)
        cells.append(Cell(signed, key))
    return tuple(cells)


def _given(game: Game, seat: int, time: Time) -> str:
    words, given = game.words, own_part(game.story(seat), time)["given"]
    heads = ("", *(words(f"home.given.{what}") for what in _GIVEN))
    rows: list[tuple[Text, ...]] = [
        (
            words.seat(int(giver)),
            *(
                Cell(words.number(found[what]), f"given.{giver}.{what}") if what in found else Cell("")
                for what in _GIVEN
            ),
        )
        for giver, found in given.items()
    ]
    return table(heads, rows)


# -- the person


def _part(game: Game, seat: int, member: int) -> Iterator[str]:
    words = game.words
    people = [part for part in game.of_seat(seat) if member in (0, part.member)]
    for part in people:
        name = paragraph(part.name, "soft") if len(people) > 1 else ""
        yield name + paragraph(words("home.part.lead", decided=len(part.own), phases=len(part.phases)))
        if part.own != part.decided:
            yield paragraph(words("home.part.together", decided=len(part.decided), phases=len(part.phases)))
        yield paragraph(_points(game, part))
    if people:
        yield paragraph(words("home.part.how"), "soft")


def _points(game: Game, part: Part) -> str:
    """Return what taking part is worth by the scenario's own policy, in words."""
    words = game.words
    points, most = points_for(game.scenario.grade, part.done)
    return words("home.grade.own", points=points, most=most) if most else ""
