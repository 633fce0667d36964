"""Tests of what people read of a warehouse."""
