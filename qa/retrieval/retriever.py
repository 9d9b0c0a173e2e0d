"""The search as a LangChain retriever, for chains that others build."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from index.backend import Hit, StoredPassage
from qa.retrieval.search import Searcher


class PassageRetriever(BaseRetriever):
    """The best `k` passages for a question, in the fused order.

    `page_content` is exactly `text[start:end]` of the document, half-open code points.  The
    metadata name the place: document_id, title, number (文号), clause (its path, "二/(一)/3"),
    heading_path, start, end; and score, 1 / place, higher is better.  Raises QuestionError for
    what is no question.
    """

    searcher: Searcher
    k: int = Field(default=10, ge=1)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = self.searcher.search(query, self.k).fused
        found = self.searcher.corpus.passages([hit.key for hit in hits])
        return [self._document(hit, stored) for hit, stored in zip(hits, found, strict=True)]

    def _document(self, hit: Hit, stored: StoredPassage) -> Document:
        corpus, passage = self.searcher.corpus, stored.passage
        clause = corpus.clause((passage.document_id, passage.clause))
        info = corpus.infos[passage.document_id]
        return Document(
            id=f"{passage.document_id}:{passage.ordinal}",
            page_content=stored.text,
            metadata={
                "document_id": info.id,
                "title": info.title,
                "number": info.number,
                "clause": clause.path,
                "heading_path": list(clause.heading_path),
                "start": passage.span.start,
                "end": passage.span.end,
                "score": hit.score,
            },
        )
