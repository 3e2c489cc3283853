"""What the stub packages share: the situation a charm runs in, and what it did there.

Nothing in this folder is upstream code. Each behaviour cites the row of DOMAIN.md it restates.
"""
