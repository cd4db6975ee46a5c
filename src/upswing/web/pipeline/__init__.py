"""The pipeline, one deal, and moving it."""
