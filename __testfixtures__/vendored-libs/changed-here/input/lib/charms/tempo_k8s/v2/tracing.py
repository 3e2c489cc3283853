"""A library."""

LIBID = "12977e9aa0b34367903d8afeb8c3d85d"
LIBAPI = 2
LIBPATCH = 999

class X:
    pass
