"""Many games at a command's order: what was asked, where the games are played, what is kept of them and reported."""
