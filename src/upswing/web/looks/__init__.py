"""Looks: who opened my page, and when?"""
