"""OFD, the national layout format (GB/T 33190): characters and rules by their places."""
