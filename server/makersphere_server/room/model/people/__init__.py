"""The people of a room: who sits where, who plays each seat now, who may host, and which roles there must be."""
