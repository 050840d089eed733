"""What is measured of games: outcomes, shares, intervals, and the rulebook's targets."""
