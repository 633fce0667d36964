"""Great Expectations: checks of raw data and of the publication, and their report."""
