"""What keeps a warehouse running for years: units, containers, the history of runs, what is cleared away."""
