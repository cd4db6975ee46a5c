"""Metric: what is this number, and which records is it made of?"""
