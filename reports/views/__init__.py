"""Pages about minutes, action items and language models."""
