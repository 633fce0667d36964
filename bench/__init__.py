"""What the warehouse costs, against the barest way to the same end: ``make bench``."""
