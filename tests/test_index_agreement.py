"""Both arms against brute force in numpy, on ids and on scores."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from index_doubles import HashingEncoder, corpus, document, full_document

from index.dictionary import entries
from index.folding import fold_text
from index.lexical import WEIGHTS
from index.local import LocalIndex
from index.tokens import bigrams, words
from index.writing import dense_input
from ingest.schema import ParsedDocument

ENCODER = HashingEncoder(48)
QUERIES = [
    *("网络安全服务平台", "老年人去医院", "绿色规划7", "3项", "谁负责应急预警培训?", "一、"),
    *("一网统管平台归区科委管吗", "《一网统管办法》", "一網統管和一键通"),
]
DOCUMENTS = [
    *corpus(12, 9, seed=3),
    full_document(),
    document("odd", "?!", "x", title="无关"),
    document(
        "named",
        "推进“一网统管”和“一键通”，一网统管落实《一网统管办法》。",
        "由区科委，市区科委办理一网统管一网统管。",
        "网络一网统管。",
        title="一网统管方案",
    ),
    document("unmarked", "推进一网统管，一键通网络。", title="市区科委方案"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory):
    path: Path = tmp_path_factory.mktemp("agreement") / "index"
    with LocalIndex.create(path, ENCODER) as made:
        made.add(DOCUMENTS[:5])
        made.add(DOCUMENTS[5:])  # a second segment in tantivy
        yield made


def rows(documents: list[ParsedDocument]):
    for parsed in documents:
        for passage in parsed.passages:
            text = passage.span.of(parsed.document.text)
            yield (passage.document_id, passage.ordinal), passage.context, text


def names_of(parsed: ParsedDocument) -> set[str]:
    text = parsed.document.text
    return {name for name, _ in entries(parsed.document.info, text, parsed.facts)}


def found_names(text: str, names: set[str]) -> list[str]:
    folded = fold_text(text)
    return [n for n in names for at in range(len(folded)) if folded[at : at + len(n)] == n]


def rounded_length(length: int) -> int:
    """Lucene's one-byte length: exact to 40, then a 3-bit mantissa with a hidden bit."""
    if length < 40:
        return length
    bits = (length - 24).bit_length()
    shift = bits - 4
    return 24 + ((length - 24) >> shift << shift)


def bm25(
    query: str,
    documents: list[ParsedDocument],
    withdrawn: Sequence[ParsedDocument] = (),
    *,
    names: bool = True,
) -> dict[tuple[str, int], float]:
    """Scores of the documents' passages; those of `withdrawn` count in the statistics only."""
    scores: Counter[tuple[str, int]] = Counter()
    gone = [((f"withdrawn {key[0]}", key[1]), *rest) for key, *rest in rows(list(withdrawn))]
    everything = [*rows(documents), *gone]
    of = {one.document.id: names_of(one) if names else set() for one in documents}
    dictionary = set().union(*of.values())
    of |= {f"withdrawn {one.document.id}": names_of(one) for one in withdrawn}
    for field, weight in WEIGHTS.items():

        def cut(text: str, known: set[str], kind: str = field.removeprefix("context_")):
            if kind == "names":
                return found_names(text, known)
            return words(text) if kind == "words" else bigrams(text)

        bags = {
            key: Counter(cut(context if field.startswith("context") else text, of[key[0]]))
            for key, context, text in everything
        }
        average = sum(bag.total() for bag in bags.values()) / len(bags)
        for term in set(cut(query, dictionary)):
            df = sum(term in bag for bag in bags.values())
            idf = np.log(1 + (len(bags) - df + 0.5) / (df + 0.5))
            for key, bag in bags.items():
                tf = bag[term]
                if tf:
                    norm = 1.2 * (1 - 0.75 + 0.75 * rounded_length(bag.total()) / average)
                    scores[key] += weight * idf * 2.2 * tf / (tf + norm)
    return {key: score for key, score in scores.items() if not key[0].startswith("withdrawn ")}


def expect_same(hits, scores: dict[tuple[str, int], float]) -> None:
    """The hits are all of `scores`, in order, ties by key."""
    assert {hit.key for hit in hits} == set(scores)
    for hit in hits:
        assert hit.score == pytest.approx(scores[hit.key], rel=2e-5, abs=2e-6)
    for left, right in pairwise(hits):
        assert left.score > right.score or (left.score == right.score and left.key < right.key)


@pytest.mark.parametrize("query", QUERIES)
def test_the_lexical_arm_is_bm25(index, query):
    scores = bm25(query, DOCUMENTS)
    assert scores
    hits = index.search_lexical(query, 1000)
    expect_same(hits, scores)
    assert index.search_lexical(query, 7) == hits[:7]


def test_names_count_where_their_own_document_marks_them(index):
    said = index._reader.names_in("区科委的《一網統管办法》")
    assert said == {"区科委", "一网统管", "一网统管办法"}
    assert names_of(DOCUMENTS[-2]) == {"区科委", "一网统管", "一键通", "一网统管办法"}
    assert names_of(DOCUMENTS[-1]) == set()
    with_names = {hit.key: hit.score for hit in index.search_lexical("一网统管", 99)}
    without = bm25("一网统管", DOCUMENTS, names=False)
    assert with_names.keys() == without.keys()  # names add to scores and to nothing else
    gained = {key for key, score in with_names.items() if score > without[key] * 1.001}
    assert gained == {("named", 1), ("named", 2), ("named", 3)}


def test_frequencies_count_passages(index):
    terms = ["网络", "络安", "老年人", "医院", "没有", "3", "规划"]
    texts = [text for _, _, text in rows(DOCUMENTS)]
    counted = [
        max(sum(term in set(cut(text)) for text in texts) for cut in (words, bigrams))
        for term in terms
    ]
    assert index.frequencies(terms) == (counted, len(texts))
    assert counted[4] == 0 < counted[0]
    assert index.frequencies([]) == ([], len(texts))


@pytest.mark.parametrize("query", QUERIES)
def test_the_dense_arm_is_the_inner_product(index, query):
    vector = ENCODER.encode([query])[0]
    passages = [(key, f"{context}\n{text}") for key, context, text in rows(DOCUMENTS)]
    matrix = ENCODER.encode([text for _, text in passages])
    brute = matrix.astype(np.float64) @ vector.astype(np.float64)
    scores = {key: float(score) for (key, _), score in zip(passages, brute, strict=True)}
    hits = index.search_dense(vector, 1000)
    expect_same(hits, scores)
    assert index.search_dense(vector, 7) == hits[:7]


def test_the_arms_stay_bm25_and_inner_product_after_deletion_and_replacement(tmp_path):
    with LocalIndex.create(tmp_path / "index", ENCODER) as index:
        index.add(DOCUMENTS)
        index.delete(["doc002", "doc007"])
        newer = document("doc003", "老年人去医院。", "绿色网络安全。")
        index.add([newer])
        gone = [one for one in DOCUMENTS if one.document.id in ("doc002", "doc003", "doc007")]
        left = [one for one in DOCUMENTS if one not in gone]
        for query in QUERIES[:2]:
            found = index.search_lexical(query, 1000)
            expect_same(found, bm25(query, [*left, newer], gone))
        index.compact(full=True)
        for query in QUERIES[:2]:
            expect_same(index.search_lexical(query, 1000), bm25(query, [*left, newer]))
        vector = ENCODER.encode(["网络"])[0]
        dense = {hit.key for hit in index.search_dense(vector, 1000)}
        assert dense == {key for key, _, _ in rows([*left, newer])}


def test_a_zero_vector_scores_zero_everywhere(index):
    hits = index.search_dense(np.zeros(ENCODER.dim, np.float32), 10)
    assert [hit.score for hit in hits] == [0.0] * 10
    assert [hit.key for hit in hits] == sorted(key for key, _, _ in rows(DOCUMENTS))[:10]


def test_a_passage_with_a_zero_vector_is_held(tmp_path):
    class Blank(HashingEncoder):
        def encode(self, texts):
            return np.zeros((len(texts), self.dim), np.float32)

    with LocalIndex.create(tmp_path / "index", Blank()) as index:
        index.add([document("a", "网络。")])
        vector = np.eye(1, 64, dtype=np.float32)[0]
        assert [(hit.key, hit.score) for hit in index.search_dense(vector, 3)] == [(("a", 1), 0.0)]


def test_the_vector_of_a_passage_is_made_of_its_headings_and_its_words(index):
    stored = index.passages("doc001")[0]
    from index.store import Indexable

    made = dense_input(Indexable(1, "doc001", stored.passage.context, stored.text))
    assert made == f"{stored.passage.context}\n{stored.text}"
