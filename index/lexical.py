"""The lexical arm: BM25 over our own terms, in a tantivy index on disk.

tantivy knows no Chinese, so it is fed terms that are cut already, parted by spaces.  A folder is
written once and then only read: the next one links its segment files and adds to them.
Questions never pass through tantivy's query parser; every term becomes a query object.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import tantivy

from index.backend import Fields
from index.errors import CorruptIndexError
from index.ranking import Scored
from index.sealing import link
from index.terms import Terms
from index.tokens import bigrams, words

# tantivy's BM25: k1 = 1.2, b = 0.75, idf = ln(1 + (N - n + 0.5) / (n + 0.5)), lengths rounded to
# 8 bits as in Lucene.  A passage's score is the weighted sum over these fields.  The weights are
# from 1,500 questions over 5,101 passages of DRCD, CAIL2019 and CMRC2018 (MRR@10: words alone
# 0.783, bigrams alone 0.789, 1 : 0.5 0.806, 1 : 1 0.809, 1 : 2 0.804), and held on 736 questions
# over 599 notices (1 : 0.5 0.828, 1 : 1 0.840; context above 0.3 lost).
# Names have fields of their own, so that they change nothing for a question that holds none: on
# 600 questions for a name of the notices hit@1 is 0.920 without, 0.930 at 0.5 and 0.942 at 1; on
# the 736 others MRR@10 stays at 0.814.  Among the words they did better still for names (0.955),
# but moved the lengths of all passages (6 of the 736 questions better, 10 worse).
WEIGHTS = {
    "words": 1.0,
    "bigrams": 1.0,
    "names": 1.0,
    "context_words": 0.3,
    "context_bigrams": 0.3,
    "context_names": 0.3,
}
# float32 sums of some dozens of terms differ by about 1e-6 of their value with the order.
TOLERANCE = 1e-5
LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")

_TOKENIZER = "wence"
_HEAP_BYTES = 64_000_000
_BULK_HEAP_BYTES = 384_000_000  # fewer and larger segments to merge


class LexicalIndex:
    """Reads of one folder; thread-safe, and independent of the folder once opened."""

    def __init__(self, folder: Path) -> None:
        try:
            if os.access(folder, os.W_OK):
                self._schema, self._searcher = _opened(folder)
            else:
                with _aside(folder) as links:
                    self._schema, self._searcher = _opened(links)
        except (OSError, ValueError) as error:
            raise CorruptIndexError(
                f"词法索引 {folder.name} 无法打开（{error}）",
                "完好的词法索引",
                "从备份恢复索引文件夹，或删除后用 `wence add` 重建",
            ) from error

    def __len__(self) -> int:
        """The number of passages."""
        return int(self._searcher.num_docs)

    def search(
        self,
        query: str,
        limit: int,
        documents: Collection[str] | None = None,
        fields: Fields = "both",
        names: Collection[str] = (),
    ) -> list[Scored]:
        """At most `limit` pids with BM25 scores, best first; statistics are of the whole index.

        `names` are those of the dictionary that the query holds; they go with the words.
        """
        wanted = self._wanted(query, fields, names)
        if wanted is None or (documents is not None and not documents):
            return []
        if documents is not None:
            among = tantivy.Query.term_set_query(self._schema, "document", sorted(documents))
            filtering = tantivy.Query.const_score_query(among, 0.0)
            wanted = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, filtering)]
            )
        return self._run(wanted, limit)

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """In how many passages each folded word or bigram occurs, headings aside."""
        fields = ("words", "bigrams")
        return [max(int(self._searcher.doc_freq(f, term)) for f in fields) for term in terms]

    def pids(self) -> list[int]:
        """The pids of all passages, ascending."""
        found = self._run(tantivy.Query.all_query(), max(1, len(self)))
        return sorted(pid for pid, _ in found)

    def _wanted(self, query: str, fields: Fields, names: Collection[str]) -> tantivy.Query | None:
        """Any of the question's terms in any of the fields; None if it has no term."""
        terms: dict[str, Iterable[str]] = {}
        if fields != "bigrams":
            terms |= {"words": dict.fromkeys(words(query)), "names": sorted(names)}
        if fields != "words":
            terms["bigrams"] = dict.fromkeys(bigrams(query))
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, term), weight))
            for field, weight in WEIGHTS.items()
            for term in terms.get(field.removeprefix("context_"), ())
        ]
        return tantivy.Query.boolean_query(clauses) if clauses else None

    def _term(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term, index_option="freq")

    def _run(self, query: tantivy.Query, limit: int) -> list[Scored]:
        hits = self._searcher.search(query, limit, count=False).hits
        pids = self._searcher.fast_field_values("pid", [address for _, address in hits])
        return [(int(pid or 0), float(hit[0])) for pid, hit in zip(pids, hits, strict=True)]


def _opened(folder: Path) -> tuple[tantivy.Schema, tantivy.Searcher]:
    index = tantivy.Index.open(str(folder))
    index.config_reader(reload_policy="manual")  # no thread that watches the folder
    index.reload()
    return index.schema, index.searcher()


@contextlib.contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """Links to a folder that may not be written: tantivy opens its lock file for writing."""
    with tempfile.TemporaryDirectory(prefix="wence-lexical-") as made:
        links = Path(made)
        for source in folder.iterdir():
            if source.name not in LOCKS:
                (links / source.name).symlink_to(source.absolute())
        yield links


class LexicalWriter:
    """Adds to the index in `folder`, which is made if there is none, and takes documents out.

    Withdrawn passages are found no more, but they count in the statistics, as in Lucene, until the
    index is built anew (or tantivy happens to merge the segment that they are in).
    """

    def __init__(self, folder: Path, *, bulk: bool = False) -> None:
        folder.mkdir(exist_ok=True)
        index = tantivy.Index(_schema(), path=str(folder))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_TOKENIZER, analyzer)
        heap = _BULK_HEAP_BYTES if bulk else _HEAP_BYTES
        self._writer = index.writer(heap_size=heap, num_threads=1)

    def withdraw(self, document_id: str) -> None:
        """Take out the passages of a document that were added before this call."""
        self._writer.delete_documents_by_term("document", document_id)

    def add(self, pid: int, document_id: str, terms: Terms) -> None:
        """Add a passage."""
        entry = tantivy.Document()
        entry.add_unsigned("pid", pid)
        entry.add_text("document", document_id)
        entry.add_text("words", terms.words)
        entry.add_text("bigrams", terms.bigrams)
        entry.add_text("context_words", terms.context_words)
        entry.add_text("context_bigrams", terms.context_bigrams)
        if terms.names:
            entry.add_text("names", terms.names)
        if terms.context_names:
            entry.add_text("context_names", terms.context_names)
        self._writer.add_document(entry)

    def finish(self) -> None:
        """Returns when everything is on disk and no thread of tantivy is at work any more."""
        self._writer.commit()
        self._writer.wait_merging_threads()

    def abandon(self) -> None:
        """Let go of the folder, whatever is in it by now."""
        with contextlib.suppress(ValueError):
            self._writer.rollback()
            self._writer.wait_merging_threads()


def links(before: Path, after: Path) -> None:
    """Make `after` an index of what is in `before`, sharing the files that never change."""
    after.mkdir()
    for source in before.iterdir():
        if source.name in LOCKS:
            continue
        if source.suffix == ".json":  # tantivy replaces these
            shutil.copyfile(source, after / source.name)
        else:
            link(source, after / source.name)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("pid", fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()
