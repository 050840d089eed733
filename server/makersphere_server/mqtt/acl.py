"""Who may read and write which topics, as a file for Mosquitto: `makersphere mqtt acl`.

Everybody reads what rooms show and nobody but the server writes it; a device writes its own requests and reads its own
answers. Devices are told apart by the name that they log in with, or by the client id where a broker asks for none.
"""

from __future__ import annotations

from makersphere_protocol.mqtt import Topics

__all__ = ["acl"]


def acl(topics: Topics, user: str, *, by_client_id: bool = False) -> str:
    """Return the file.

    Args:
        topics: the names of all topics.
        user: the name that the server logs in with.
        by_client_id: tell devices apart by their client id, which anybody can take.
    """
    who = "%c" if by_client_id else "%u"
    return "\n".join(
        (
            "# Made by `makersphere mqtt acl`. In mosquitto.conf: acl_file FILE",
            f"# What all may read. A device is called by its {'client id' if by_client_id else 'user name'}.",
            *(f"pattern read {topic}" for topic in (topics.server, topics.rooms)),
            *(f"pattern write {topics.device(who, name)}" for name in ("pair", "command")),
            f"pattern read {topics.device(who, 'answer')}",
            f"pattern read {topics.device(who, 'answer')}/#",
            "",
            "# What the server alone may.",
            f"user {user}",
            f"topic readwrite {topics.prefix}/#",
            "",
        )
    )
