"""Station 6: what is durable, and in which order. Imports nothing else of the server."""
