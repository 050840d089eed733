"""What an investor may know of a list: whether its hours had gone to those above a venture, or it was not wanted."""

from __future__ import annotations

from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.seen.views import hand_of
from tests.rules import harbour
from tests.rules.harbour import before_matching


def test_hours_that_went_further_down_a_list_were_there_for_whoever_stood_above() -> None:
    """Max gives both of his packages to those below Bo: for Bo they had not gone to anybody above."""
    table = before_matching(modules=[Clearinghouse()])
    for lead, asked in ((harbour.ANN, harbour.MAX), (harbour.BO, harbour.IVY), (harbour.CHEN, harbour.MAX)):
        table.act(lead, "rank", {"investors": [asked]})
    table.act(harbour.MAX, "rank", {"ventures": [harbour.B, harbour.A, harbour.C]}).close()

    answers = hand_of(table.state, harbour.MAX)["list_answer"][str(harbour.MAX)]["answers"]
    assert answers == {str(harbour.B): "free", str(harbour.A): "given", str(harbour.C): "given"}
