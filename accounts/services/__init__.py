"""What changes people, workspaces and keys."""
