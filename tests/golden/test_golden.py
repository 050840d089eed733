"""Old logs stay playable: each kept log gives, under today's code, the state that it gave when it was played."""

from pathlib import Path

import pytest

from makersphere_server.log_file import read_jsonl
from makersphere_server.verify import verify_room

LOGS = sorted(Path(__file__).parent.glob("*.jsonl"))
CHAINS = {  # what a log's last hash is, for ever: whoever changes a kept log changes it here in plain sight
    "counter-v1": "15a8498b27ce3d7427b3e0d5be98df28a8af50ab57addb19888ffcc62eefd115",
    "quickstart-v1": "a0d66c268d99ff9d557d6321ea97a38704a65d6d393864796ed35897143eccc5",
}


def test_the_first_log_is_there() -> None:
    """No kept log is ever deleted, and each one's chain is written down here."""
    assert sorted(path.stem for path in LOGS) == sorted(CHAINS)


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_a_kept_log_replays_to_the_state_that_it_ended_in(path: Path) -> None:
    """Every record is what it was, its facts are understood, its draws and sums are right, and so is the end."""
    file = read_jsonl(path)
    assert file.damage is None
    assert file.hash == CHAINS[path.stem]
    report = verify_room(file.row, file.records, decides=False)
    assert (report.wrong_seq, report.reason) == (None, "")
    assert report.records == len(file.records)
    assert report.status == "over"
    assert report.state_hash == file.state_hash, "see `python -m tests.golden.make --help`"
