"""The lake: landed extracts as Parquet in a folder or an object store, for Spark and DuckDB to read."""
