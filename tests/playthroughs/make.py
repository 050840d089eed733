"""Write the golden playthroughs: `python -m tests.playthroughs.make` says which differ; then read the difference.

A playthrough is a scene of play as text (`scenes`): what each seat may send, what it sends, the events, what changes on
the table and in each hand, and the sums of the accounts. What tells it, and the policy that is kept for it, stand in
`makersphere_playtest/playthrough`. Most begin at a table that is laid by hand, so that a rule moves the text of the
phases that it is about and no other. Made by this command, reviewed as a difference, and never edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from makersphere_playtest.playthrough import told
from makersphere_playtest.playthrough.text import Playthrough
from makersphere_rules import engine
from makersphere_rules.ledger import Account, Flow
from makersphere_rules.state import Game, Seat
from tests.playthroughs.scenes import SCENES

FOLDER: Final = Path(__file__).parent
_NOT_TOLD: Final = frozenset((Game, Seat, Account, Flow))  # of a table that is laid: what it brings with it


def lines_of(name: str) -> Iterator[str]:
    """Yield the lines of a playthrough."""
    scene = SCENES[name]
    state = scene.lay()
    text = Playthrough(state, scene.silent)
    yield f"# {name}: {scene.about}"
    if state.game.status == "running":
        yield from told.given(state, _NOT_TOLD)
    else:
        yield from text.order(engine.ROOM, engine.Order("start"))
    for _ in range(scene.phases):
        yield from text.phase()


def text_of(name: str) -> str:
    """Return a playthrough as it should stand in its file."""
    return "\n".join(lines_of(name)) + "\n"


def main(folder: Path = FOLDER) -> None:
    """Write the files that differ from what stands there, and print which those are."""
    differing = []
    for name in SCENES:
        file, text = folder / f"{name}.txt", text_of(name)
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            differing.append(name)
    differ = f"{len(differing)} of {len(SCENES)} playthroughs differ: {', '.join(differing)}"
    print(differ if differing else "none differs: no scene shows this")  # noqa: T201  (to whoever made them)


if __name__ == "__main__":
    main()
