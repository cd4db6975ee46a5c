"""Team: everybody the viewer may see, by name."""
