"""What is made of a room's log whenever the room is opened: its game, its answers, its counts, the lines told again."""
