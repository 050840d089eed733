"""Stations 7 and 8: what is shown of a room and what is offered in it. Changes nothing."""
