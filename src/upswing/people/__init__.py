"""Who works here, who belongs where, who may see whom."""
