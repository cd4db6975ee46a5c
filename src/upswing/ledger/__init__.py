"""Facts, the tiers counted from them, and the counting itself."""
