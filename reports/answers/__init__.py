"""Answers to questions over many meetings: what crosses the boundary, and two ways to write one."""
