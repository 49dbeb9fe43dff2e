"""Many articles folded into one archive: indexes, neighbours, checks."""
