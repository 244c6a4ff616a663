"""The caller over the API: who they are, their keys, and how they come in."""
