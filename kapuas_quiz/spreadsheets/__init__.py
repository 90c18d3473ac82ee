"""Spreadsheets of strangers: read within bounds, kept until somebody confirms. What they mean, rooms know."""
