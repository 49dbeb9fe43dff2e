"""Who and what an article is about, where it says so, and the links woven in."""
