"""The standards: what is expected, who agreed, and where it is written."""
