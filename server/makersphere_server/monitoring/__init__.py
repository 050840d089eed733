"""How a server is watched from outside: numbers of now, alerts for Prometheus, and a board for Grafana."""
