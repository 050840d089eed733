"""A database that several servers share: each room has one owner, and the append itself asks for it."""
