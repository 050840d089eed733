"""Games without a server: single runs, sweeps over parameters, and reports on them.

Drives `makersphere_rules` with policies of `makersphere_bots`, on one core or many. Never imports the server.
"""
