"""The long run: faults made on purpose, and whether the warehouse survives them; ``make soak``."""
