"""From what was understood and retrieved to a draft of the answer, one file for each kind."""
