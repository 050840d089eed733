"""What lies on the table: makers, investors, spaces, ventures, decks, and what is printed on them."""
