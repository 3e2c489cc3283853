"""Stands for the vendored library."""

LIBID = "0a8cf1b7b95d4cfcb90055f2d84897b3"
LIBAPI = 0
LIBPATCH = 4
