"""Disputes: which numbers look wrong to somebody, and what is answered?"""
