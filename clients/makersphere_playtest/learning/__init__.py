"""The game as an environment to learn in."""
