"""What news agencies send: ninjs, NewsML-G2, NITF and the text of the wires, read to one kind of item."""
