"""What another program is told of a server's rooms by HTTP, signed: a room opened, a phase closed, a game ended."""
