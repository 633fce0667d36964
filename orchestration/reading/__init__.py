"""What people read of a warehouse: its status and its scorecard."""
