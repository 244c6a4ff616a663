"""A first start on one machine: private PostgreSQL and Redis, and everything the Procfile lists.

Where the environment names a server, that server is used; else the system's binary, else the one
in the wheel. ``python -m config.embedded`` is the command line; the Makefile calls it.
"""
