"""The names that logs, hashes and views have for ever: all event types with their versions, and all kinds of entities.

Written down here once more, so that whoever renames a class sees that its stored name must not follow.
A version from before cannot read an event that is new: whoever adds one raises FORMAT in `storage/database.py`, unless
it has been raised since the last commit that `tests/faults/rig/earlier.toml` names.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Final

from makersphere_rules import shipped
from makersphere_rules.entity import Entity
from makersphere_rules.events import CORE_ENTITIES, CORE_EVENTS
from makersphere_rules.ledger import Flow

AT_VERSION_1: Final = """
    applications_judged appraised auction_held badges_kept birth_grants_paid bonuses_fixed capital_cleared
    capital_list_paid capital_posted card_turned choice_made choices_cleared cleared clinic_held cofounder_joined
    commons_drawn counted credentials_read danger_told day_jobs_paid deal_signed deals_shown dealt debrief_opened
    dividends_paid door_judged drawn entries_counted exchange_made exchange_shown fees_waived forecasts_made
    game_ended game_started granted hours_delivered idea_worked_over ideas_drawn ideas_returned income_shared
    indices_counted introduced join_asked join_refused latecomers_seated lending_made level_bought list_looks_taken
    list_paid lists_answered looked makers_worked materials_paid own_money_put_in paid_out par_given phase_closed
    phase_opened pitch_heard proposal_declined proposed ratings_given ready_set rent_relieved rewound rolled
    rules_changed run_began run_counted scores_given scouted season_began season_recapped seat_added service_measured
    sheets_lapsed sold spirit_faded studied subsidy_paid swap_made team_left terms_announced terms_posted
    terms_refused terms_sent trust_changed upkeep_paid venture_closed venture_founded venture_moved wild_card_played
    wild_card_spared work_stopped workshop_given world_moved
"""
AT_LATER_VERSIONS: Final[dict[str, int]] = {}  # each with an upcaster from the version before
KINDS: Final = """
    account application appraisal capital_clearing capital_list_fee capital_terms choice clearing clinic comparison
    count credential danger deal debrief deck efficiency entries figures flow forecast game grant idea idle
    introduction investor lending list_answer list_fee look maker pair past payout pitch proposal rating
    result run score seat sector service sheet space standards standing stocks story tally venture world
"""
OURS: Final = list(shipped.own_modules().values())


def test_every_event_is_stored_under_the_name_and_version_that_logs_have() -> None:
    """Whoever renames an event's class lets it go on saying its old name, or no old log can be read."""
    types = chain(CORE_EVENTS, *(module.events for module in OURS))
    stored = {event.type: event.version for event in types}
    assert stored == dict.fromkeys(AT_VERSION_1.split(), 1) | AT_LATER_VERSIONS


def test_every_kind_is_shown_and_hashed_under_its_name() -> None:
    """Whoever renames an entity's class lets its kind go on saying its old name, or every hash and view changes."""
    kinds: Iterable[type[Entity]] = chain((*CORE_ENTITIES, Flow), *(module.entities for module in OURS))
    assert sorted({entity.kind for entity in kinds}) == KINDS.split()
