"""The content people edit, read and written back without losing a byte of theirs."""
