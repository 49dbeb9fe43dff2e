"""Search: a full-text index made by Pagefind, part by part, beside the rendering of pages."""
