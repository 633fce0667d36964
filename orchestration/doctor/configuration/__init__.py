"""Looks at what people set: helpdesk.toml, the environment, the targets, the key."""
