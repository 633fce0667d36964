"""Landing: raw extracts into raw tables, or the reason why not."""
