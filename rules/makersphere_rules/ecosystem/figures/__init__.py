"""The ecosystem's figures of a season, and what is counted for them while it is played."""
