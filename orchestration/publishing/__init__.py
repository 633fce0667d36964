"""Publishing: one writer, one file, replaced whole."""
