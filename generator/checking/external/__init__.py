"""Links that lead out of the site: asked after politely, remembered, and told as problems that age."""
