"""What was decided about a seat, and by which numbers: the facts of its own hand, in the words of the log.

Answers sentences for *Mine*: a door, badges, appraisals, ventures in danger, the parts of a standing. Makes no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from makersphere_clients.terminal.view import Fields, View
from makersphere_clients.terminal.words.names import Names
from makersphere_clients.terminal.words.texts import Words, number

__all__ = ["decided", "parts_in_words"]

_AT_THE_DOOR: Final = {"given": "open", "wild_card": "wild_card", "below": "below", "full": "full"}


def decided(view: View, words: Words) -> list[str]:
    """Return what was decided last, each as one sentence."""
    names = Names(view, words)
    found = [_pitch(one, view, names, words) for one in view.all("pitch")]
    found += [_credential(one, view, words) for one in view.all("credential")]
    found += [_application(one, view, names, words) for one in view.all("application")]
    for one in view.all("list_answer"):
        found += _list(one, names)
    for one in view.all("appraisal"):
        found += _appraisal(one, names)
    season = view.single("game").get("season", 0)
    found += [_danger(one, names) for one in view.all("danger") if one["season"] == season]
    found += [parts_in_words(one["parts"], words) for one in view.all("standing")]
    return [line for line in found if line]


def _pitch(fact: Fields, view: View, names: Names, words: Words) -> str:
    if fact["maker"] == view.you.seat:
        return names.line(f"door_{_AT_THE_DOOR[fact['outcome']]}", fact)
    outcome = words(f"ui.outcome.{fact['outcome']}")
    return words(
        "ui.asked.desk", maker=names.seat(fact["maker"]), score=fact["score"], bar=fact["bar"], outcome=outcome
    )


def _credential(fact: Fields, view: View, words: Words) -> str:
    printed = view.find("investor", view.you.seat).get("credential", fact["score"])
    key = "ui.your_credential" if printed == fact["score"] else "ui.your_credential.judged"
    return words(key, n=fact["score"], printed=printed)


def _application(fact: Fields, view: View, names: Names, words: Words) -> str:
    if fact["investor"] == view.you.seat:
        is_given = fact["outcome"] in ("given", "wild_card")
        return names.line("badge_given" if is_given else f"badge_{fact['outcome']}", fact)
    who, outcome = names.seat(fact["investor"]), words(f"ui.outcome.{fact['outcome']}")
    return words("ui.asked.badge", investor=who, score=fact["score"], bar=fact["bar"], outcome=outcome)


def _list(fact: Fields, names: Names) -> Iterator[str]:
    """Yield why hours did not come from, or go to, each other on a list; of those that did the deals tell."""
    for other, outcome in fact["answers"].items():
        venture, investor = (fact["venture"], int(other)) if fact["venture"] else (int(other), fact["seat"])
        text = "list_no_place" if outcome == "free" and not fact["venture"] else f"list_{outcome}"
        yield names.line(text, {"venture": venture, "investor": investor})


def _appraisal(fact: Fields, names: Names) -> Iterator[str]:
    yield names.line("appraisal_measures" if "rating" in fact else "appraisal_measures_one_rater", fact)
    if "bar" in fact:
        yield names.line("appraisal_bar", fact)


def _danger(fact: Fields, names: Names) -> str:
    values = {"venture": fact["venture"], "credits": fact["sold"], "bar": fact.get("bar", 0)}
    if fact["reason"]:
        return names.line(f"danger_{fact['reason']}", values)
    return names.line("above_bar", values) if "bar" in fact else ""


def parts_in_words(parts: Mapping[str, int], words: Words) -> str:
    """Return what a score or a standing is the sum of."""
    named = [(words.first(f"ui.part_of_score.{part}", f"term.{part}", part), n) for part, n in parts.items() if n]
    return " · ".join(f"{name} {number(n)}" for name, n in named)
