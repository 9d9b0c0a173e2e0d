"""Gold questions and the figures measured with them."""
