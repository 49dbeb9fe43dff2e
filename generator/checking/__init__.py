"""`morgue check` beyond the archive itself: texts, built pages, links that lead out, forms of a report."""
