"""A library."""

LIBID = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
LIBAPI = 2
LIBPATCH = 3

class X:
    pass
