"""Rooms that the command opens itself: found again, linked to, and served from here."""
