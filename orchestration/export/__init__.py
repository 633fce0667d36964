"""What is published, for notebooks and lakes."""
