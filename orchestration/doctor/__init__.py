"""``helpdesk doctor``: what is wrong with an installation or its extracts, before anything runs."""
