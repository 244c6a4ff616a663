"""Pages about people: coming in, the profile, what keeps an account safe, keys."""
