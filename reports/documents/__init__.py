"""Rows as the documents that API, pages and exports show."""
