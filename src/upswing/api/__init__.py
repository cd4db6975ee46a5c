"""The REST interface: its answers are those of `queries`."""
