"""Home: where a viewer arrives."""
