"""What a period will bring, what changed in it, how sure it is, and how such forecasts came out."""
