"""The page of a class: what it lived through together, for everybody; and the same with what only a teacher reads.

Answers a whole page. For everybody it has no grade, no score but a podium's, and of what was said only what the host
has picked, without names, seats or their order. The teacher's copy adds who took part, all scores and all answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from makersphere_rules.lessons.grading import points_for
from makersphere_server.afterwards.differences import difference_said
from makersphere_server.afterwards.take_home.answers import asked_and_answered, asked_and_counted
from makersphere_server.afterwards.take_home.class_figures import figures
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.meanings import ABOUT_ONE, of_class
from makersphere_server.afterwards.take_home.page import Cell, Text, document, items, paragraph, section, table
from makersphere_server.afterwards.take_home.participation import Part
from makersphere_server.afterwards.take_home.stays import Place

__all__ = ["class_page"]

Tree = Mapping[str, Any]

_ROLES: Final = ("maker", "investor", "operator")
_PODIUM: Final = 3


def class_page(game: Game, *, for_teacher: bool = False) -> bytes:
    """Return the page of a class, or its teacher's copy."""
    words = game.words
    title = words("home.teacher.title" if for_teacher else "home.class.title")
    lead = [words("home.of_class", scenario=game.title, n=len(list(game.seats()))), game.day]
    lead.append(words("home.room", room=game.finished.row.room))
    return document(words.language, title, lead, _sections(game, for_teacher=for_teacher))


def _sections(game: Game, *, for_teacher: bool) -> Iterator[str]:
    words = game.words
    several = len(game.tree.get("debrief", {})) > 1
    yield section(words("home.class.facts"), _together(game), paragraph(words("home.class.runs")) if several else "")
    if for_teacher:
        yield section(words("home.class.part"), *_participation(game))
        yield section(words("home.class.scores"), _scores(game))
    yield section(words("home.class.moments"), _moments(game, for_teacher=for_teacher), sort="turning")
    yield section(words("home.class.why"), *_why(game))
    yield section(words("home.class.who"), _who(game))
    yield section(words("home.class.podium"), *_podium(game))
    yield section(words("home.class.aims"), _aims(game))
    if for_teacher:
        yield section(words("home.answers.title"), *asked_and_answered(words, game.answers_for_others, named=True))
    else:
        picked = (each for each in game.answers_for_others if each["picked"])
        yield section(words("home.answers.picked"), *asked_and_counted(words, picked))
    yield section(words("home.class.means"), *of_class(game))
    yield section(words("lesson.part.grade"), *_grade(game))
    yield from figures(game)


def _together(game: Game) -> str:
    """Return what the class has built, in a few large numbers."""
    words, life, curves = game.words, game.told.get("life", {}), game.told.get("curves", {})
    network = game.told.get("network", {})
    found = {
        "from_outside": sum(curves.get("energy_in", {}).values()),
        "births": sum(season["births"] for season in life.values()),
        "products": sum(season["products"] for season in life.values()),
        "closed": sum(season["deaths"] for season in life.values()),
        "ties": sum(len(season["ties"]) for season in network.values()),
        "deals": sum(sum(season["deals"].values()) for season in network.values()),
    }
    if not network:
        return ""
    inner = "".join(
        f'<div><dt>{words(f"home.class.{name}")}</dt><dd data-of="together.{name}">{words.number(value)}</dd></div>'
        for name, value in found.items()
    )
    return f'<dl class="big">{inner}</dl>'


def _who(game: Game) -> str:
    words = game.words
    heads = [words(f"home.class.{name}") for name in ("name", "role", "kind")]
    rows = [
        (words.seat(seat), words(f"role.{role}"), words.listed(filter(None, (words.kind(seat), *_bots(game, seat)))))
        for role in _ROLES
        for seat in game.seats(role)
    ]
    others = [
        (words.seat(seat), words(f"role.{game.role(seat)}"), "")
        for seat in game.seats()
        if game.role(seat) not in _ROLES
    ]
    return table(heads, [*rows, *others], sort="roster")


def _bots(game: Game, seat: int) -> Iterator[str]:
    """Yield until when a bot has played a seat before anybody came, and since when; or that one always did."""
    words, people = game.words, game.of_seat(seat)
    if not people:
        yield words("home.class.bot")
        return
    came = _came_after_a_bot(game, seat)
    if came:
        yield words("home.class.bot_before", when=words.when(*came))
    gone = people[-1].bot_from
    if gone:
        yield words("home.class.bot_from", when=words.when(*gone))


def _came_after_a_bot(game: Game, seat: int) -> Place | None:
    """Return the phase in which the first of a seat's people came, where a bot had played it till then."""
    order = game.played.in_play(seat)
    spans = [span for part in game.of_seat(seat) for span in game.time_of(seat, part.member).spans(game.begun)]
    first = min((order.index(begins) for begins, _ in spans), default=0)
    before = frozenset(order[:first])
    by_bot = ((row[2], row[3]) for row in game.finished.events if row[4] == seat and row[5] == "bot" and not row[-1])
    return order[first] if before and not before.isdisjoint(by_bot) else None


def _moments(game: Game, *, for_teacher: bool) -> str:
    """Return the moments in order of time; who fell short is named to the teacher alone, as on the wall to nobody."""
    words, told = game.words, game.told.get("moments", {})
    found = [told[number] for number in sorted(told, key=int)]
    found = [moment for moment in found if for_teacher or moment["text"] not in ABOUT_ONE]
    said = [(words.moment(moment), words.when(moment["season"], moment["phase"])) for moment in found]
    return items([(moment, when) for moment, when in said if moment], is_ordered=True, sort="turns")


def _why(game: Game) -> Iterator[str]:
    """Yield the moments of which it is known what might have been."""
    words, told = game.words, game.tree.get("why", {})
    found = list(told.values() if isinstance(told, Mapping) else told)
    for moment in sorted(found, key=lambda each: each["number"]):
        yield f"<h3>{words.when(moment['season'], moment['phase'])}</h3>"
        yield paragraph(words.moment(moment["cause"]))
        yield paragraph(f"{words.moment(moment['instead'])} {words('home.class.why.futures', n=moment['futures'])}")
        yield items(_difference(game, moment, each) for each in moment["differences"])
        yield f"<blockquote>{paragraph(words.moment(moment['question']))}</blockquote>"


def _difference(game: Game, moment: Tree, told: Tree) -> str:
    words = game.words
    key = f"moment.why.what.{told['what']}"
    seat = words.seat(told["seat"]) if told["seat"] else ""
    what = words(key, venture=words.venture(moment.get("venture", 0)), seat=seat)
    sentence, numbers = difference_said(told)
    return words(sentence, what=what, **numbers)


def _podium(game: Game) -> Iterator[str]:
    """Yield the first three of each role by name, without what they scored."""
    words = game.words
    yield paragraph(words("home.class.podium.lead"), "soft")
    blocks: list[str] = []
    for role in _ROLES:
        placed = sorted((place, seat) for seat in game.seats(role) if (place := game.score(seat).get("place")))
        first = [(words.seat(seat), "") for place, seat in placed if place <= _PODIUM]
        if first:
            blocks.append(f"<div><h3>{words(f'ui.final.{role}')}</h3>{items(first, is_ordered=True)}</div>")
    if blocks:
        yield f'<div class="thirds">{"".join(blocks)}</div>'


def _aims(game: Game) -> str:
    words = game.words
    heads = ("", *(words(f"home.class.aims.{what}") for what in ("held", "reached", "points")))
    rows: list[tuple[Text, ...]] = [
        (
            words("home.class.aims.thesis") if name == "thesis" else words(f"ambition.{name}"),
            *(Cell(words.number(found[what]), f"aims.{name}.{what}") for what in ("held", "reached", "points")),
        )
        for name, found in game.told.get("aims", {}).items()
    ]
    return table(heads, rows)


# -- the teacher's copy


def _participation(game: Game) -> Iterator[str]:
    words = game.words
    yield paragraph(words("home.class.part.lead"), "soft")
    names = ("decided", "seasons", "answered", "asked", "left", "points")
    heads = (words("home.class.name"), *(words(f"home.class.part.{name}") for name in names))
    yield table(heads, [_took_part(game, part) for part in game.people])


def _took_part(game: Game, part: Part) -> tuple[Text, ...]:
    words, key = game.words, f"part.{part.seat}.{part.member}"

    def of(done: tuple[int, int], name: str) -> Cell:
        return Cell(words("home.class.part.of", n=done[0], of=done[1]) if done[1] else "", f"{key}.{name}")

    answered = (part.answered[0] + part.reflected[0], part.answered[1] + part.reflected[1])
    left = words.when(*part.left) if part.left else ""
    return (
        game.called(part),
        of(part.done["decided"], "decided"),
        of(part.seasons, "seasons"),
        of(answered, "answered"),
        Cell(words.number(part.asked), f"{key}.asked"),
        left,
        of(points_for(game.scenario.grade, part.done), "points"),
    )


def _scores(game: Game) -> str:
    words = game.words
    heads = [words(f"home.class.{name}") for name in ("name", "role", "score", "place")]
    rows = [
        (
            words.seat(seat),
            words(f"role.{role}"),
            Cell(words.number(score["final"]), f"score.{seat}.final"),
            Cell(words.number(score["place"]), f"score.{seat}.place"),
        )
        for role in _ROLES
        for seat in game.seats(role)
        if (score := game.score(seat)).get("final") is not None
    ]
    return table(heads, rows)


def _grade(game: Game) -> Iterator[str]:
    """Yield what a student gets points for, in words."""
    words = game.words
    weighed = {term: points for term, points in game.scenario.grade.items() if points}
    if not weighed:
        yield paragraph(words("lesson.grade.none"))
        return
    yield paragraph(words("lesson.grade.lead"))
    yield items(words(f"lesson.grade.{term}", n=points) for term, points in weighed.items())
    yield paragraph(words("lesson.grade.how"), "soft")
