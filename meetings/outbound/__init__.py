"""Requests that leave this machine for addresses that people entered."""
