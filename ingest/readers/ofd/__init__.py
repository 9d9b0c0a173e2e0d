"""OFD, the national layout format (GB/T 33190): lines by their places."""
