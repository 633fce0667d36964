"""Looks at the folder of a warehouse."""
