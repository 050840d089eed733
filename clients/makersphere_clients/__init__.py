"""The other end of the wire: a connection that resumes, bots over it, and the terminal client.

Shows and sends; never holds a rule of the game, so that nothing here has to be trusted by the server.
"""
