"""Building on a Spark cluster: what differs from building in DuckDB, the models excepted."""
