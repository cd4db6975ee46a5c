"""Stalled deals: what is proposed to be set aside, and why, what waits, and what came of the rule?"""
