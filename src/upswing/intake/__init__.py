"""How data came in, and how to take it out again."""
