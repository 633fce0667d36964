"""How much the page tells: bounded, so that five years of a million tickets fit into 2 MB."""

# How many of the newest periods: of all tickets, and of each channel, team and priority.
PERIODS = {
    "all": {"day": 400, "week": 106, "month": 120, "quarter": 40, "year": 20},
    "each": {"day": 35, "week": 53, "month": 37, "quarter": 13, "year": 10},
}
# The slices that can be chosen; the others (agent, ticket type, helpdesk) have tables of their own.
SLICES = ("channel", "team", "priority")
SLICE_VALUES = 12
TICKET_TYPES = 15
TYPE_EVENTS = 8
AGENTS = 40
FAILED_CHECKS = 50
LARGEST_SITE_BYTES = 2_000_000
