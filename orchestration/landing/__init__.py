"""Landing: extract files into raw tables, every record accounted for."""
