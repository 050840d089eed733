"""The way to a room: who may come in, where rooms are found and founded, and how long they are kept."""
