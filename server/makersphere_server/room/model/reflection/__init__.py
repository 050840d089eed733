"""What a class is asked beside the game, and what it answered: by season, and at the end."""
