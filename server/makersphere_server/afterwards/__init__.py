"""What is done with a room from outside: it is replayed, checked, exported, closed and erased."""
