"""What a class takes home: pages that open without a network, who took part, and points for it."""
