"""A library."""

LIBID = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
LIBAPI = 0
LIBPATCH = 1

class X:
    pass
