"""What an editor decides about names, across the whole archive: merge, rename, split, reject."""
