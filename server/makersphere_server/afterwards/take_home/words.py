"""Sentences and names of a page that is taken home, in one language.

Answers how a number of an entity is shown to people: seats by their people's names, ventures by their card, spaces by
their house. The texts are those of the web client; those of these pages alone are `home.*`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from makersphere_protocol import texts
from makersphere_protocol.free_text import shown
from makersphere_rules.ecosystem.figures.all_figures import scale_of
from makersphere_rules.ecosystem.table.vocabulary import STAGES

__all__ = ["Tree", "Words"]

Tree = Mapping[str, Any]

_SEATS: Final = frozenset("seat maker investor operator lead sender receiver".split())
_KINDS: Final = {"reason": "exit", "other_price": "price"}
_PER_CENT: Final = 100  # shares that are one per cent
_MINUS: Final = "\N{MINUS SIGN}"


class Words:
    """The words of one room's pages."""

    def __init__(self, language: str, tree: Tree, names: Mapping[int, str], first_season: int) -> None:
        """Name what a room's debrief shows.

        Args:
            language: in which the pages are written.
            tree: the debrief of the room, as its file has it.
            names: of the people at each seat; a seat without one is shown by role and number.
            first_season: of the run that is told, which people count as season 1.
        """
        self.language = texts.known(language)
        self._tree = tree
        self._names = names
        self._first_season = first_season
        self._spaces = [int(number) for number in tree.get("space", {})]

    def __call__(self, key: str, **values: int | str) -> str:
        """Return a sentence with its values filled in."""
        return texts.say(self.language, key, values, default=key)

    def has(self, key: str) -> bool:
        """Return whether there is a sentence of that name."""
        return key in texts.catalogue(self.language)

    def first(self, *keys: str) -> str:
        """Return the first sentence that there is, else the last key."""
        return self(next((key for key in keys if self.has(key)), keys[-1]))

    def count(self, key: str, n: int, **values: int | str) -> str:
        """Return a sentence about so many things."""
        one = f"{key}.one"
        return self(one if n == 1 and self.has(one) else key, n=self.number(n), **values)

    def listed(self, items: Iterable[str]) -> str:
        """Return things one after the other, as a language parts them."""
        return texts.joined(self.language, items)

    # -- numbers

    @staticmethod
    def number(value: int) -> str:
        """Return a whole number as people read it."""
        return f"{value:,}".replace("-", _MINUS)

    @staticmethod
    def signed(value: int) -> str:
        """Return a change as people read it."""
        return f"{value:+,}".replace("-", _MINUS) if value else "0"

    @staticmethod
    def percent(shares: int) -> str:
        """Return a holding in per cent, with a decimal only where there is one."""
        whole, rest = divmod(shares, _PER_CENT)
        return f"{whole if not rest else f'{shares / _PER_CENT:.1f}'}%"

    def scaled(self, figure: str, value: int) -> str:
        """Return the value of a figure as people read it: 58 tenths are 5.8."""
        scale = scale_of(figure)
        return self.number(value) if scale == 1 else f"{value / scale:,.{len(str(scale)) - 1}f}".replace("-", _MINUS)

    # -- names

    def seat(self, seat: int) -> str:
        """Return what a seat is called."""
        return shown(self._names.get(seat, "")) or self.numbered(seat)

    def numbered(self, seat: int) -> str:
        """Return a seat's role and number, whoever sits there."""
        role = self._tree.get("seat", {}).get(str(seat), {}).get("role", "player")
        return self("ui.seat.number", role=self(f"role.{role}"), n=seat)

    def venture(self, venture: int) -> str:
        """Return a venture's name: that of its card, with the number of a later edition."""
        card = str(self._tree.get("venture", {}).get(str(venture), {}).get("card", ""))
        printed, _, edition = card.partition("#")
        name = self.first(f"idea.{printed}.name", printed) if card else self("ui.venture.number", n=venture)
        return f"{name} {edition}".rstrip()

    def space(self, space: int) -> str:
        """Return a space's name: the houses of the town in the order in which their operators sit."""
        if not space:
            return self("garage")
        order = self._spaces.index(space) + 1 if space in self._spaces else 0
        key = f"ui.space.{order}"
        return self(key) if self.has(key) else self("ui.space.number", n=order or space)

    def stage(self, stage: int) -> str:
        """Return a stage's name."""
        return self(f"stage.{STAGES[stage] if 0 <= stage < len(STAGES) else stage}")

    def kind(self, seat: int) -> str:
        """Return what sort of its role a seat is: a maker's background, an investor's kind, an operator's house."""
        key = str(seat)
        if maker := self._tree.get("maker", {}).get(key):
            return self(f"background.{maker['background']}")
        if investor := self._tree.get("investor", {}).get(key):
            return self.first(f"kind.{investor['type']}.{investor['speciality']}", f"kind.{investor['type']}")
        return self.space(seat) if seat in self._spaces else ""

    def season(self, season: int) -> str:
        """Return the name of a season; every run begins with season 1."""
        return self("ui.season", season=self.in_run(season))

    def in_run(self, season: int) -> int:
        """Return a season's number as people count it."""
        return season - self._first_season + 1

    def when(self, season: int, phase: str) -> str:
        """Return when something was."""
        return self("ui.when", season=self.in_run(season), phase=self(f"phase.{phase}"))

    def figure(self, name: str) -> str:
        """Return what a curve or a figure is called."""
        stem, _, last = name.rpartition("_")
        if last.isdigit() and int(last) in self._spaces:
            return self("home.curve.of_space", what=self(f"home.curve.{stem}"), space=self.space(int(last)))
        if stem == "demand":
            return self("home.curve.demand_in", sector=self(f"sector.{last}"))
        return self.first(f"home.curve.{name}", f"figure.{name}")

    def value(self, field: str, value: object) -> str:
        """Return how a value of a field is shown."""
        if isinstance(value, int):
            return self._number_of(field, value)
        key = f"{_KINDS.get(field, field)}.{value}"
        return self(key) if self.has(key) else str(value)

    def _number_of(self, field: str, value: int) -> str:
        if field in _SEATS:
            return self.seat(value)
        if field == "venture":
            return self.venture(value)
        if field == "space":
            return self.space(value)
        if field == "stage":
            return self.stage(value)
        if field == "season":
            return str(self.in_run(value))
        return self.percent(value) if field == "shares" else self.number(value)

    def moment(self, told: Tree) -> str:
        """Return a moment, a cause or a question as a sentence; "" where there are no words for it."""
        key = f"moment.{told['text']}"
        if not self.has(key):
            return ""
        is_swap = told["text"] == "gift_of_swap"  # what comes back are shares there, and credits elsewhere
        fields = {name: "shares" if is_swap and name == "back" else name for name in told["values"]}
        return self(key, **{name: self.value(fields[name], value) for name, value in told["values"].items()})
