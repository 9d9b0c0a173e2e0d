"""From a plan to what the documents hold for it: scope, facts, provisions.

What may be changed here: how documents are chosen (`scope`), which provisions are taken and how
far each reaches (`provisions`), how facts are grouped (`duties`, `figures`).  Nothing here looks at
the words of a question but through its `Plan`, and nothing here words an answer.
"""
