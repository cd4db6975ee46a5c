"""The pages of the metrics that an organisation writes itself."""
