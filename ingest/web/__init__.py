"""Documents by their address: fetched with every address checked, every limit kept.

`fetch` goes through the steps; each of its rules is a file: `addresses` says which machines may be
asked, `connecting` connects to exactly those, `robots` reads what the site wants, `conditional`
asks only for what changed, `media` and `body` say what may come back and how much of it.
"""
