"""A library."""

LIBID = "01780f1e588c42c3976d26780fdf9b89"
LIBAPI = 0
LIBPATCH = 2

class X:
    pass
