"""Questions in citizens' words over clauses of public texts, kept without the texts themselves."""
