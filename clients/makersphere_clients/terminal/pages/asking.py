"""Who asks to be let into a seat: an option for each, above the commands of whoever may answer.

Answers from `asks_in` of the hand: a host's has all wishes, a seat's its own. The person chooses between letting in and
turning away; what follows is the server's to say.
"""

from __future__ import annotations

from typing import Final

from rich.text import Text

from makersphere_clients.terminal.page import Option, Scene

__all__ = ["ANSWERED_HERE", "PREFIX", "asking"]

PREFIX: Final = "asks_in"  # of an option, before the number of the wish
ANSWERED_HERE: Final = frozenset({"let_in", "host.let_in"})  # by these options, and by no form


def asking(scene: Scene) -> list[Option]:
    """Return an option for each who asks; none while nobody can be answered, since the room stands still."""
    if ANSWERED_HERE.isdisjoint(scene.view.legal) or scene.view.single("room").get("behind"):
        return []
    words, wishes = scene.words, scene.view.hand.get("asks_in", {})
    options = []
    for number, wish in wishes.items():
        said = words("terminal.join.asks_in", name=str(wish["name"]), seat=scene.names.seat(int(wish["seat"])))
        options.append(Option(f"{PREFIX}:{number}", Text(f"! {said}", style=scene.colours["warn"])))
    return options
