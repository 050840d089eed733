"""One line about an idea, a space, a venture or a person, from the table alone.

Answers with the text beside a name in a list or a choice. Shapes and words carry the meaning; colour only repeats it.
"""

from __future__ import annotations

from typing import Final

from makersphere_clients.terminal.view import Fields
from makersphere_clients.terminal.words.names import SKILLS, TRACKS, Names
from makersphere_clients.terminal.words.texts import number, percent

__all__ = ["SHAPES", "about", "of_investor", "of_maker", "of_space", "of_venture", "part", "terms"]

SHAPES: Final = {"maker": "⬢", "investor": "⦿", "operator": "⌂", "host": "⚑", "watcher": "◇"}
_PARTS: Final = 4  # of which a product is made
_NOT_OPEN: Final = "\u2013"  # as many desks as a space has whose terms are not set


def part(stage: int) -> str:
    """Return the picture of a stage: a part being cut out, quarter by quarter."""
    return "▰" * (stage + 1) + "▱" * (_PARTS - 1 - stage)


def about(names: Names, field: str, value: object) -> str:
    """Return the line about a value of a field, or ""."""
    if not isinstance(value, int) or isinstance(value, bool):
        return ""
    view = names.view
    match field:
        case "card":
            idea = next((each for each in view.all("idea") if each.get("number") == value), {})
            return _of_idea(names, idea) if idea else ""
        case "space" | "spaces":
            return of_space(names, view.find("space", value))
        case "venture" | "ventures" | "give_venture" | "take_venture":
            return of_venture(names, view.find("venture", value))
        case "seat" | "maker" | "investor" | "investors":
            return of_seat(names, value)
        case _:
            return ""


def of_seat(names: Names, seat: int) -> str:
    """Return the line about the person in a seat."""
    maker, investor = names.view.find("maker", seat), names.view.find("investor", seat)
    if maker:
        return of_maker(names, maker)
    if investor:
        return of_investor(names, investor)
    return names.words(f"role.{names.view.find('seat', seat).get('role', 'player')}")


def _of_idea(names: Names, idea: Fields) -> str:
    """Return the text of an idea card, and the appeal as far as its holder knows it."""
    words = names.words
    said = [words(f"sector.{idea['sector']}"), f"{words('term.difficulty')} {idea['difficulty']}"]
    if "lo" in idea:
        said.append(f"{words('term.appeal')} {span(idea['lo'], idea['hi'])}")
    return " · ".join(said)


def of_space(names: Names, space: Fields) -> str:
    """Return a space's terms and its free desks."""
    if not space:
        return ""
    words, view = names.words, names.view
    used = sum(1 for each in view.all("venture") if not each.get("closed") and each.get("space") == space["id"])
    desks = f"{used}/{space['stations']}" if space["stations"] else _NOT_OPEN
    figures = {"term.desk": desks, "term.rent": space["rent"]}
    figures |= {"term.maker_bar": space["maker_bar"], "term.investor_bar": space["investor_bar"]}
    return " · ".join(f"{words(key)} {value}" for key, value in figures.items())


def of_maker(names: Names, maker: Fields) -> str:
    """Return a maker's background, skills and spirit."""
    words = names.words
    said = [words(f"background.{maker['background']}")]
    said += [f"{words(f'skill.{skill}')} {level}" for skill, level in zip(SKILLS, maker["skills"], strict=False)]
    return " · ".join([*said, f"{words('term.spirit')} {maker['spirit']}"])


def of_investor(names: Names, investor: Fields) -> str:
    """Return an investor's kind, what it helps with, and where it has badges."""
    words = names.words
    said = [names.kind(investor["type"], investor["speciality"])]
    said.append(words("ui.helps_with", track=names.track(investor["speciality"])))
    return " · ".join([*said, *(words("ui.badge_at", space=names.space(each)) for each in investor["badges"])])


def of_venture(names: Names, venture: Fields) -> str:
    """Return a venture's sector, stage, state and lead."""
    if not venture:
        return ""
    words = names.words
    closed = bool(venture.get("closed"))
    state = words("ui.part.closed") if closed else words("term.born" if venture["born"] else "term.unborn")
    said = [words(f"sector.{venture['sector']}"), f"{part(venture['stage'])} {names.stage(venture['stage'])}", state]
    return " · ".join([*said, names.seat(venture["lead"])])


def tracks(names: Names, venture: Fields) -> str:
    """Return how far a venture has come on each track."""
    named = zip(TRACKS, venture.get("tracks", ()), strict=False)
    return " · ".join(f"{names.track(track)} {level}" for track, level in named)


def cap_table(names: Names, venture: Fields) -> str:
    """Return who holds how much of a venture."""
    held = [(int(seat), shares) for seat, shares in venture.get("shares", {}).items() if shares > 0]
    return " · ".join(
        f"{names.seat(seat)} {percent(shares)}" for seat, shares in sorted(held, key=lambda each: -each[1])
    )


def terms(names: Names, deal: Fields) -> str:
    """Return the terms of a deal or an offer."""
    words = names.words
    said = []
    if deal["credits"]:
        said.append(words.count("ui.terms.credits", deal["credits"]))
    if deal["hours"]:
        speciality = str(names.view.find("investor", deal["investor"]).get("speciality", "any"))
        said.append(words.count("ui.terms.hours", deal["hours"], track=names.track(speciality)))
    if deal["shares"]:
        said.append(words("ui.terms.shares", share=percent(deal["shares"])))
    if deal["fee"]:
        said.append(words("ui.terms.fee", n=number(deal["fee"])))
    return words.listed(said)


def span(lo: int, hi: int) -> str:
    """Return a range; one of a single number is written as the number."""
    return str(lo) if lo == hi else f"{lo}\N{EN DASH}{hi}"
