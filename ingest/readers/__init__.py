"""Readers: the bytes of a file to its text with blocks, one file for each format.

`registry` tells which reader a file needs from its bytes and its name; `base` is what all of them
give.  A new format is a new file here and a line in the registry.
"""
