"""Realistic extracts, invented: what the warehouse is tried, shown and measured on."""
