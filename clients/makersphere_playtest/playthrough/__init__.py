"""Playthroughs: games as text, in which a rule's change is the difference that one reads."""
