"""Rooms on an MQTT broker: what watchers see goes out by topic, and paired devices send commands.

The centre is `bridge.py`, on the game's loop; `link.py` has a thread and a loop of its own for the broker. The game
never waits for any of it.
"""
