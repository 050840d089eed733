"""What rule modules are asked beside the game's course, and what they answer: fates, advice."""
