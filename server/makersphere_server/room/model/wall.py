"""What the wall shows, as the hosts have it: a scene, a step of it, the curtain, whether the scene plays by itself.

Answers what `host.show` makes of it. Stands on the table, so that every wall and every console agree; it is no
event of the game. Source: the contract's host commands.
"""

from __future__ import annotations

from typing import Any, Final

import attrs

from makersphere_protocol.messages import Args

__all__ = ["ALL_ROLES", "MOST_STEPS", "SCENES", "TALKS", "THEMES", "Wall"]

_GAME: Final = "phase"
_OF_SEASON: Final = ("world", "entries", "ties", "deals", "dice", "energy", "exits", "indices", "leaders")
_BEFORE_IT: Final = ("opening", "slides")
SCENES: Final = (
    *(_GAME, "lobby"),
    *_BEFORE_IT,
    *_OF_SEASON,
    *("aims", "ranking", "together", "runs", "money", "curves", "survival", "network", "moments", "why", "proof"),
    *("beside", "replay"),
)
_RANKING: Final = "ranking"
ALL_ROLES: Final = 3  # makers, investors, operators: the steps of the ranking
_AFTER_RANKING: Final = SCENES[SCENES.index(_RANKING) + 1 :]  # what has it open, however it was come to
_OF_THE_MOMENT: Final = (*_BEFORE_IT, *_OF_SEASON)  # another phase takes them off
TALKS: Final = (
    *("", "lobby", "policy", "admission", "exchange", "matching"),
    *("incubation", "market", "appraisal", "recap", "over"),
)
THEMES: Final = ("light", "dark")
MOST_STEPS: Final = 999  # a replay has one for each phase
_OF_LATER_STORES: Final = ("calm", "silent", "talk", "since_ms", "answers", "opened")


@attrs.frozen
class Wall:
    """What is shown.

    Attributes:
        scene: `phase` follows the game.
        step: how much of the scene has been revealed.
        curtain: nothing is shown at all.
        theme: light or dark; "": as the projector's machine has it.
        language: "": the room's.
        calm: rare moments of the game do not take the wall.
        silent: the wall makes no sound.
        talk: the phase whose question for the class stands there, before whatever else is shown; "": none.
        since_ms: wall clock when the step began from which the scene plays by itself; 0: it stands still.
        answers: what the hosts have picked of people's answers stands there in the same way.
        opened: how many roles' rankings are open to everybody after the end; what is shown later takes none back.
        is_led: a host has closed, paused or prolonged a phase, made a season the last, or put something here.
    """

    scene: str = _GAME
    step: int = 0
    curtain: bool = False
    theme: str = ""
    language: str = ""
    calm: bool = False
    silent: bool = False
    talk: str = ""
    is_led: bool = False
    since_ms: int = 0
    answers: bool = False
    opened: int = 0

    def after(self, args: Args, now_ms: int, *, is_over: bool = False) -> Wall:
        """Return what is shown after `host.show`; what it leaves out stays, but another scene begins at its start.

        A scene or a step that is shown takes the question away, and people's answers; a question takes them away, too.
        A scene that plays goes on from a step that is shown, and another scene stands still. Whoever shows something
        leads, also once that is taken off again, and before the game: what is not open yet opens no more by itself.

        Args:
            args: of the command; its form has been checked.
            now_ms: what the wall clock says.
            is_over: whether the game is; then the ranking is open as far as it is shown.
        """
        given = {name: value for name, value in args.items() if name != "plays"}
        begins: Args = {"step": 0} if args["scene"] != self.scene else {}
        plays = args.get("plays", self.since_ms > 0 and not begins)
        if begins or "step" in args:
            begins = {**begins, "talk": ""}
        if begins or "talk" in args:
            begins = {**begins, "answers": False}
        since_ms = self.since_ms
        if args["scene"] != self.scene or "step" in args or "plays" in args:
            since_ms = now_ms if plays else 0
        shown = attrs.evolve(self, **{**begins, **given}, since_ms=since_ms)  # type: ignore[arg-type]
        opened = max(self.opened, _opened_by(shown.scene, shown.step)) if is_over else self.opened
        return attrs.evolve(shown, opened=opened, is_led=self.is_led or opened < ALL_ROLES)

    def with_answers(self, *, are_shown: bool) -> Wall:
        """Return what is shown once people's answers stand there, or do not, before whatever was shown."""
        return attrs.evolve(self, talk="" if are_shown else self.talk, answers=are_shown)

    def with_the_game(self) -> Wall:
        """Return what is shown once another phase has begun: the game, in place of what was told of the last."""
        quiet = attrs.evolve(self, talk="", answers=False, opened=0)
        return attrs.evolve(quiet, scene=_GAME, step=0, since_ms=0) if self.scene in _OF_THE_MOMENT else quiet

    def stored(self) -> dict[str, Any]:
        """Return it as the store has it; what older stores have none of stands there only where it is chosen."""
        fields = attrs.asdict(self)
        return {name: fields[name] for name in sorted(fields) if fields[name] or name not in _OF_LATER_STORES}

    def tree(self) -> dict[str, Any]:
        """Return it as it stands on the table."""
        tree: dict[str, Any] = {"scene": self.scene, "step": self.step}
        looks = {"curtain": self.curtain, "theme": self.theme, "language": self.language}
        habits = {"calm": self.calm, "silent": self.silent, "talk": self.talk, "since": self.since_ms}
        habits["opened"] = self.opened
        return tree | {name: value for name, value in (looks | habits).items() if value}


def _opened_by(scene: str, step: int) -> int:
    """Return how many roles' rankings a scene has open at a step, in the wall's order."""
    if scene == _RANKING:
        return min(step + 1, ALL_ROLES)
    return ALL_ROLES if scene in _AFTER_RANKING else 0
