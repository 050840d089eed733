"""What came of games, for people: pages, plain text and their words."""
