"""Names of what lies on the table: seats, ventures, spaces, stages, and the values of any field.

Answers how a number of an entity is shown to people; every page names entities through this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from makersphere_clients.terminal.view import GARAGE, View
from makersphere_clients.terminal.words.texts import Words, percent
from makersphere_protocol.free_text import shown

__all__ = ["SKILLS", "TRACKS", "Names"]

_STAGES: Final = ("idea", "prototype", "pilot", "product")
TRACKS: Final = ("technology", "customers", "business")
SKILLS: Final = ("technology", "network", "business")

_SEATS: Final = frozenset(
    "seat maker investor investors operator lead last giver taker sender receiver lender board holder".split()
)
_VENTURES: Final = frozenset("venture ventures give_venture take_venture".split())
_SPACES: Final = frozenset({"space", "spaces"})
_WORDS: Final = {
    "teach": "skill",
    "learn": "skill",
    "answer": "choice",
    "what": "choice",
    "first": "sector",
    "second": "sector",
    "up": "sector",
    "down": "sector",
    "command_phase": "phase",
    "thing": "device_kind",
    "other_price": "price",
    "score": "rating",
    "theme": "ui.theme",
    "rank": "ui.console.hosts.rank",
}
_FREE: Final = frozenset({"text", "name", "message"})  # what people wrote
_PRINTED: Final = frozenset({"policy", "market"})  # cards with a name of their own
_IDLE_AT_0: Final = {"spirit_bonus": "bonus", "subsidy": "count"}  # lines that say nothing where this is 0


class Names:
    """The names in a view, in a language."""

    def __init__(self, view: View, words: Words) -> None:
        """Name what a view shows."""
        self.view = view
        self.words = words

    def seat(self, seat: int) -> str:
        """Return who sits in a seat; before the start the number after the last is a seat that can be added."""
        found = self.view.find("seat", seat)
        if not found and self.view.status == "lobby" and seat == len(self.view.all("seat")) + 1:
            return self.words("terminal.seat.new", n=seat)
        role = self.words(f"role.{found.get('role', 'player')}")
        return shown(str(found.get("name", ""))) or self.words("ui.seat.number", role=role, n=seat)

    def idea(self, card: str) -> str:
        """Return the printed name of an idea card; a later edition of the deck carries its number."""
        printed, _, edition = card.partition("#")
        name = self.words(f"idea.{printed}.name") if self.words.has(f"idea.{printed}.name") else printed
        return f"{name} {edition}".rstrip()

    def venture(self, venture: int) -> str:
        """Return a venture's name."""
        card = self.view.find("venture", venture).get("card")
        return self.idea(str(card)) if card else self.words("ui.venture.number", n=venture)

    def space(self, space: int) -> str:
        """Return a space's name: the houses of the town in the order in which their operators sit."""
        if not space:
            return self.words(GARAGE)
        order = [each["id"] for each in self.view.all("space")].index(space) + 1 if self._is_space(space) else 0
        key = f"ui.space.{order}"
        return self.words(key) if self.words.has(key) else self.words("ui.space.number", n=order or space)

    def _is_space(self, space: int) -> bool:
        return bool(self.view.find("space", space))

    def stage(self, stage: int) -> str:
        """Return a stage's name."""
        return self.words(f"stage.{_STAGES[stage] if stage < len(_STAGES) else stage}")

    def kind(self, type_: str, speciality: str) -> str:
        """Return what kind of investor it is."""
        return self.words.first(f"kind.{type_}.{speciality}", f"kind.{type_}")

    def track(self, track: str) -> str:
        """Return what a track or a speciality is called."""
        return self.words("ui.any_track") if track == "any" else self.words(f"track.{track}")

    def value(self, field: str, value: object) -> str:
        """Return how a value of a field is shown."""
        if field in _FREE:
            return shown(str(value))
        if isinstance(value, bool):
            return self.words("choice.yes" if value else "choice.no")
        if isinstance(value, list | tuple):
            return ", ".join(self.value(field, each) for each in value)
        if isinstance(value, int):
            return self._number(field, value)
        if value == GARAGE:
            return self.words(GARAGE)
        if field in ("card", "idea"):
            return self.words.first(f"policy.{value}.name", f"market.{value}.name", f"idea.{value}.name", str(value))
        kind = "exit" if field == "reason" and self.words.has(f"exit.{value}") else _WORDS.get(field, field)
        key = f"{kind}.{value}" + (".name" if field in _PRINTED else "")
        return self.words(key) if self.words.has(key) else str(value)

    def _number(self, field: str, value: int) -> str:
        if field in _SEATS:
            return self.seat(value)
        if field in _VENTURES:
            return self.venture(value)
        if field in _SPACES:
            return self.space(value)
        match field:
            case "stage":
                return self.stage(value)
            case "shares" | "give_shares" | "take_shares":
                return percent(value)
            case "card":
                return self._card(value)
            case "sheet":
                return self._sheet(value)
            case "proposal":
                return self._proposal(value)
            case _:
                key = f"{_WORDS.get(field, field)}.{value}"
                return self.words(key) if self.words.has(key) else f"{value:,}"

    def _card(self, number: int) -> str:
        idea = next((each for each in self.view.all("idea") if each.get("number") == number), None)
        return self.idea(str(idea["card"])) if idea else f"#{number}"

    def _sheet(self, id: int) -> str:
        sheet = self.view.find("sheet", id)
        if not sheet:
            return f"#{id}"
        investor, venture = self.seat(sheet["investor"]), self.venture(sheet["venture"])
        return self.words("ui.sheet.name", investor=investor, venture=venture, n=sheet["number"])

    def _proposal(self, id: int) -> str:
        found = self.view.find("proposal", id)
        if not found:
            return f"#{id}"
        what = self.words(f"ui.proposal.{found['what']}")
        return self.words("ui.proposal.name", sender=self.seat(found["sender"]), what=what, n=found["number"])

    def line(self, text: str, values: Mapping[str, Any]) -> str:
        """Return a line of the log as a sentence, or "" where there are no words for it or nothing to say."""
        key = next((key for key in (f"log.{text}", f"ui.log.{text}") if self.words.has(key)), "")
        if not key or values.get(_IDLE_AT_0.get(text, "")) == 0:
            return ""
        shown = dict(values)
        if isinstance(shown.get("season"), int):
            shown["season"] = self.view.in_run(shown["season"])
        return self.words(key, {name: self._said(text, name, value) for name, value in shown.items()})

    def _said(self, text: str, name: str, value: object) -> str:
        return str(value) if name == "score" else self.value(name, value)  # the log's scores are points
