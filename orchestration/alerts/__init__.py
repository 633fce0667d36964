"""Alerts: e-mail and webhook, when a refresh fails and when what is published has grown old."""
