"""A copy of what is published in a PostgreSQL database, for tools that speak nothing else."""
