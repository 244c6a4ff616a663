"""The zip of an export: names that harm nobody, files that stream, a manifest of digests."""
