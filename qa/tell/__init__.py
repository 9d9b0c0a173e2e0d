"""From what was found to the words of an answer: rows, provisions, refusals.

What may be changed here: the order and the wording of statements, and what is shown of a title.
A provision is told whole; the words that answer are highlighted, never cut out.  A direct first
line stands only where a fact gives it.
"""
