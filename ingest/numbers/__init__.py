"""One grammar of numbers for facts, questions and checks.

`numerals` and `printed_dates` give values, `scanner` finds every number of a text, `bounds` and
`measures` are the words beside it; `quantities` and `figures` are what facts and checks take.
"""
