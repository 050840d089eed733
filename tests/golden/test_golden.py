"""Old logs stay playable: each kept log gives, under today's code, the state that it gave when it was played."""

from pathlib import Path

import msgspec
import pytest

from makersphere_rules import shipped
from makersphere_rules.written.notation import decode_events, encode_events, event_types
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.storage.log_file import read_jsonl

LOGS = sorted(Path(__file__).parent.glob("*.jsonl"))
CHAINS = {  # what a log's last hash is, for ever: whoever changes a kept log changes it here in plain sight
    "counter-v1": "15a8498b27ce3d7427b3e0d5be98df28a8af50ab57addb19888ffcc62eefd115",
    "quickstart-v1": "a0d66c268d99ff9d557d6321ea97a38704a65d6d393864796ed35897143eccc5",
}
HAVE_GROWN = {
    "appraised",
    "door_judged",
    "hours_delivered",
    "indices_counted",
    "makers_worked",
    "ready_set",
    "season_recapped",
    "service_measured",
    "terms_refused",
    "venture_closed",
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


@pytest.mark.parametrize("path", LOGS, ids=lambda path: path.stem)
def test_facts_are_written_today_as_they_were_then(path: Path) -> None:
    """Byte for byte, draws, postings and ratings too; but for events that have got a further field since."""
    types = event_types(shipped.scenario(path.stem.partition("-")[0]))
    written, other = set[str](), set[str]()
    for record in read_jsonl(path).records:
        for raw in msgspec.json.decode(record.events, type=list[msgspec.Raw]):
            then = b"[%b]" % bytes(raw)
            events = decode_events(then, types)
            (written if encode_events(events) == then else other).add(events[0].type)
    assert written
    assert other <= HAVE_GROWN
