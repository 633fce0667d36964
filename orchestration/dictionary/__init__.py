"""The data dictionary: what each published table and column is, for databases, pages and people."""
