"""`makersphere playtest`: many games of a scenario, and what they say about it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from makersphere_cli.flags import Name
from makersphere_cli.many_games.playtest_flags import PlaytestFlags
from makersphere_cli.speech.trouble import Trouble

__all__ = ["playtest"]


def playtest(
    scenario: Name,
    /,
    *,
    flags: Annotated[PlaytestFlags, Parameter(name="*")] = PlaytestFlags(),  # noqa: B008  (frozen)
) -> int:
    """Play many games of a scenario and say what they tell. The same seed gives the same numbers, everywhere.

    Args:
        scenario: the name of a shipped scenario, or a file.
        flags: of a playtest.
    """
    flags.check()
    _need_extras()
    from makersphere_cli.many_games.playtest_run import run_playtest  # noqa: PLC0415  (quick --help)

    return run_playtest(scenario, flags)


def _need_extras() -> None:
    """Say which extra is missing, before anything is played."""
    try:
        import arro3.io  # noqa: F401, PLC0415  (of the extra)
        import scipy  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        raise Trouble("extra_missing", module=error.name or "", extra="playtest") from None
