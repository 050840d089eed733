"""`makersphere tune`: a search for parameters that bring a scenario to targets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from makersphere_cli.flags import Name
from makersphere_cli.many_games.tune_flags import TuneFlags
from makersphere_cli.speech.trouble import Trouble

__all__ = ["tune"]


def tune(
    scenario: Name,
    /,
    *,
    target: Path,
    flags: Annotated[TuneFlags, Parameter(name="*")] = TuneFlags(),  # noqa: B008  (frozen)
) -> int:
    """Search for parameters that bring a scenario to targets, with as few of them moved as may be.

    Args:
        scenario: the name of a shipped scenario, or a file.
        target: a file of what may move, [parameters], and what is wanted, [targets].
        flags: of a search.
    """
    flags.check(target)
    _need_extra()
    from makersphere_cli.many_games.tune_run import run_tune  # noqa: PLC0415  (quick --help)

    return run_tune(scenario, target, flags)


def _need_extra() -> None:
    """Say that the extra is missing, before anything is played."""
    try:
        import optuna  # noqa: F401, PLC0415  (of the extra)
        import scipy  # noqa: F401, PLC0415
    except ModuleNotFoundError as error:
        raise Trouble("extra_missing", module=error.name or "", extra="tune") from None
