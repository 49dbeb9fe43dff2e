"""What the exports of publishing systems have in common: posts, and how each becomes an article."""
