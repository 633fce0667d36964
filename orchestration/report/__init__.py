"""The report page: a static site that each publication writes beside its file, and that opens from disk."""
