"""The terminal client: any seat, the table alone, or a host's chair, in a terminal and by keyboard.

`app.py` is its centre: the screen, its keys and the link. Pages (`pages/`) say what there is to read and to
choose; forms (`forms.py`, `fields.py`, `form_screen.py`) are drawn from `hand.legal` alone. No rule of the game is
known here: what may be done, within which bounds and with which consequences, the server says.
"""
