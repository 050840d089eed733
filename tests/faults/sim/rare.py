"""The rare states of the server that a simulated hour should come to now and then, by the words that name them.

A fault that never meets the state it is about proves nothing about it. Each state is noted where it is seen to happen,
by what people hear, by what the server logs, or by how the process stands in the moment of a crash; never by what the
seed meant to do. The verdict lists which were met and which were not.
"""

from __future__ import annotations

from typing import Final

__all__ = ["LOGGED", "RARE"]

LOGGED: Final = {
    "store_refused": "a room was read again after the store refused",
    "connection_cut": "the watchdog cut somebody who took nothing",
    "paused_by_itself": "many dropped at once and the room paused by itself",
    "went_on_unled": "a room that had paused by itself went on without a host",
}
"""What the server logs, and the state that it means."""

RARE: Final = (
    # the process dies or stands still
    "killed while it started",
    "killed while it stopped",
    "killed between two steps",
    "killed with a group handed",
    "killed with a group stored",
    "killed twice within two seconds",
    "killed with a head that lagged",
    "killed with a torn head",
    "killed while a fork was asked for",
    "killed while a rewind was asked for",
    "killed while the end of a phase was asked for",
    "stopped in order under load",
    "the process stood still for long",
    "the wall clock jumped",
    "steps of tasks overtook each other",
    # the disk
    "disk full",
    "disk refused",
    "disk lying",
    "could not start",
    "a commit took longer than a second",
    "a room was read again after the store refused",
    "a room was put away and read again",
    # coming back
    "came back with what was missed",
    "came back to a whole picture",
    "came back in another life of the server",
    "came back in another phase",
    "a welcome was lost",
    "a half-open connection was taken over",
    "a host's connection was taken over",
    "the server gave a silent connection up",
    "a code took a seat to another phone",
    "everybody dropped at once",
    "everybody left for a while",
    "bytes came late, after a partition",
    "the whole network stood still",
    "somebody who had stopped reading caught up",
    "somebody who had stopped reading was cut",
    "the watchdog cut somebody who took nothing",
    "closed 1012",
    "closed 4410",
    # commands and their ids
    "an answered command came again",
    "an answered command came again after a crash",
    "an open command came again after a crash",
    "an open command came again by another connection",
    "refused id_reused",
    "refused not_your_phase",
    "refused paused",
    "refused over",
    "refused rate_limited",
    "refused unavailable",
    "closed 4429",
    # seats and hosts
    "a bot stood in",
    "somebody came back from a stand-in",
    "many dropped at once and the room paused by itself",
    "a room that had paused by itself went on without a host",
    "a second host came",
    "host.remove was done",
    "somebody came after the game had begun",
    # a folder that is older than what was told
    "an older folder was put back",
    "error server_behind",
    "somebody was told that what they had seen is lost",
    "a number was given again before anybody came who had seen it",
    "a host came into a room that was behind",
    "a host let a room that was behind go on",
    "killed while a room was behind",
    "a rewind came under load",
    "a fork came under load",
    "somebody came into a fork",
    "the game is over",
    # strangers
    "somebody connected and said nothing",
    "a stranger was sent away with 4400",
    "a stranger was sent away with 4401",
    "a stranger was sent away with 4404",
    "a stranger was sent away with 4408",
    "error joining_closed",
    "error room_full",
)
"""Every rare state."""
