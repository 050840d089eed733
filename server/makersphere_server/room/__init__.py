"""Stations 4 to 8: one room is one task with one inbox. `room.py` is the centre."""
