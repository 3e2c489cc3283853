"""A library."""

LIBID = "cb1705dcd1a14ca09b2e60187d1215c7"
LIBAPI = 1
LIBPATCH = 15

class X:
    pass
