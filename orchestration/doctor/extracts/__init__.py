"""Looks at a folder of extracts, through landing's own readers."""
