"""Measure the running server; see README.md for the figures."""
