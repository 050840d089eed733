"""None: nobody goes but the insolvent; the control group of the other modules of elimination.

Purpose: what the ecosystem does when nothing is selected; badges are appraised, and kept whatever the score.
Phase: appraisal, after the module `appraisal`.
Commands: none; `wild_card` (module `appraisal`) is not offered here, since it has nobody to spare.
Events: `danger_told`, `venture_closed`, `appraised`, `upkeep_paid`, `indices_counted`.
Parameters: those of the steps that all modules of elimination share (`ecosystem/shared_steps/elimination.py`).
Secrets: as in `threshold`.
Closing, in the same order as `threshold`.
Source: the rulebook's "7. Appraisal" (`none`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import attrs

from makersphere_rules.ecosystem.formulas.investor_appraisal import Judged
from makersphere_rules.ecosystem.shared_steps import elimination, fates
from makersphere_rules.ecosystem.shared_steps.eliminator import Eliminator
from makersphere_rules.module import Draft, Fate, Foreseen
from makersphere_rules.state import State

__all__ = ["NoElimination", "NoEliminationParams"]


@attrs.frozen
class NoEliminationParams(elimination.AppraisalParams):
    """The parameters where nobody is eliminated."""


class NoElimination(Eliminator):
    """Only debt closes a venture."""

    name: ClassVar[str] = "none"
    params: ClassVar[type | None] = NoEliminationParams
    withholds: ClassVar[frozenset[str]] = frozenset(("wild_card",))

    def going(self, state: State) -> elimination.Going:
        """Return the insolvent."""
        return elimination.insolvent(state)

    def fates(self, draft: Draft, seat: int, foreseen: Foreseen, *, most: bool) -> Iterator[Fate]:
        """Yield how far a treasury is from nothing."""
        judging = fates.Judging(
            params=draft.state.scenario.params(NoEliminationParams),
            reason=lambda venture: elimination.INSOLVENT if venture.insolvent else "",
            bar=lambda _: None,
        )
        yield from fates.of_all(draft, judging, seat, foreseen, most=most)

    def close(self, draft: Draft) -> None:
        """Close what is insolvent."""
        params = draft.state.scenario.params(NoEliminationParams)
        elimination.carry_out(draft, params, self.going(draft.state), _losing)


def _losing(state: State, judged: Sequence[Judged]) -> tuple[elimination.Badge, ...]:
    """Return no badge."""
    return ()
