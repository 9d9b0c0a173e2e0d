"""Figures that a question states, held against those of the provision that was found.

A figure of the same measure that the provision does not print is wrongly presumed; what the asker's
own figures come to is not worked out here: the provision is told, and that it was not worked out.
"""

from collections.abc import Sequence

from ingest.numbers.figures import figures
from qa.execute.result import Provision
from qa.question.plan import Plan
from qa.retrieval.corpus import Corpus
from qa.verify.claims import plain


def worked_out(plan: Plan) -> bool:
    """Whether a question asks what its own figures come to."""
    return bool(not plan.english and "amount" in plan.marks and plan.details.claims)


def presumed(plan: Plan, corpus: Corpus, provisions: Sequence[Provision]) -> str:
    """The figure that a question presumes and no provision prints, though one of its measure.

    "" where the question presumes none, or the provisions print it.
    """
    said = plan.details.claims
    if len(said) != 1 or "premise" not in plan.marks:
        return ""
    kind, value, measure = said[0].figure.key[:3]
    shown = [f for one in provisions for f in figures(plain(one.span.of(corpus.text(one.key[0]))))]
    alike = [f for f in shown if f.key[0] == kind and f.key[2] == measure]
    if not alike or any(f.key[1] == value for f in alike):
        return ""
    return said[0].words
