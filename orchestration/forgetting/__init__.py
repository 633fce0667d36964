"""Forgetting: a person who asks for it leaves raw, quarantine and every publication, and stays away."""
