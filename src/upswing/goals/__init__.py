"""Quotas and, later, seasons, benchmarks, card templates and standards."""
