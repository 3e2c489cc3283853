"""A library."""

LIBID = "d2f02b1f8d1244b5989fd55bc3a28943"
LIBAPI = 0
LIBPATCH = 9

class X:
    pass
