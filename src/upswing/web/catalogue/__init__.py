"""The page of all metrics."""
