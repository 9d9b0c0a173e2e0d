"""The words of a provision that answer a question, marked and not cut out."""

from ingest.schema import Span
from qa.reader.reading import Reader
from qa.retrieval.concepts import Frequencies

LONGEST = 120
"""More code points than this mark nothing."""


def highlighted(
    text: str, span: Span, question: str, frequencies: Frequencies, reader: Reader
) -> tuple[Span, ...]:
    """The run of words in `span` that answers best, if it is a part of it; spans of `text`."""
    run = reader.read(text, [span], question, frequencies)
    if run is None or len(run.span) > min(LONGEST, len(span) - 1):
        return ()
    return (run.span,)
