"""Looks at what is installed here, and at the machine."""
