"""Cards: which metrics stand on whose card, for how long, and what is pinned to one."""
