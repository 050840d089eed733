"""The way in (stations 1 to 3): sockets, the session of a connection, plain requests, and the watchdog."""
