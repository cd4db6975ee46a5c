"""A ranking that a team decided for."""
