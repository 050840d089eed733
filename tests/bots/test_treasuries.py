"""What the standard operator leaves in its treasury: what the season may cost beyond what tenants pay."""

from __future__ import annotations

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules.ecosystem.shared_steps.elimination_events import UpkeepPaid
from makersphere_rules.shipped import scenario


def test_where_tenants_are_few_an_operator_keeps_what_the_season_may_cost() -> None:
    """In eight games with more desks than makers a space is in receivership in at most two."""
    broke = 0
    for game in range(8):
        result = play(scenario("rivals"), 12, f"treasury-{game}", {ANY: policy("standard")}, keep=True)
        told = [event for _, _, events in result.log for event in events]
        broke += any(isinstance(event, UpkeepPaid) and event.receivership for event in told)
    assert broke <= 2
