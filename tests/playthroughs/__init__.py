"""Golden playthroughs: whole games as text, to be read and compared."""
