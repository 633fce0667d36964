"""Publication: one refresh at a time, one new file, readers never see a half."""
