"""The table names the rule modules that are played and their parameters, so that no client needs them by heart."""

from makersphere_protocol.messages import Create, Options
from makersphere_rules import shipped
from makersphere_rules.scenario import module_tree
from tests.server.rig.fakes import Client, Rig


async def test_the_table_names_the_modules_and_their_parameters(rig: Rig) -> None:
    """Each module stands there with the phase that it owns, if any, and with what the scenario has set."""
    host = Client(rig)
    await host.say(Create("quickstart", Options(seats=3)))
    host.read()

    modules = host.table["module"]
    assert [name for name, module in modules.items() if module["phase"] == "matching"] == [
        "negotiation",
        "clearinghouse",
    ]
    assert modules["clearinghouse"]["fee_most"] == 20
    assert modules["world"]["first_stage"] == 1
    assert modules["world"]["phase"] == ""


def test_another_run_names_its_own_modules() -> None:
    """What one run has changed is not said of the other."""
    first, second = (set(module_tree(run.rules)) for run in shipped.scenario("mechanisms").runs)

    assert first - second == {"clearinghouse"}
    assert second <= first


def test_nothing_is_told_of_a_module_but_whole_numbers_and_its_phase() -> None:
    """A view holds no null; parameters are whole numbers, and fit any client."""
    for name in shipped.scenario_names():
        for module in module_tree(shipped.scenario(name)).values():
            assert all(type(value) is int for key, value in module.items() if key != "phase")
            assert type(module["phase"]) is str
