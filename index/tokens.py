"""Words and character bigrams: the terms that passages and questions are matched by.

Words are jieba's search-mode cuts (long words and the words inside them); bigrams catch what a
dictionary does not know.  The corpus' own names are terms beside these (index/dictionary.py).
rjieba cuts as jieba does (measured: 151,196 of 151,196 runs of Chinese text) and much faster,
except on ASCII and on rare ideographs; those are cut here, so that an index built with one can be
read with the other.
"""

import hashlib
import logging
import operator
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from index import names
from index.folding import Folded, fold, fold_text
from ingest.patterns import pattern
from ingest.schema import Span

# Raise this with every change that gives other terms for the same text; indexes are then rebuilt.
RULES = 2
_DICTIONARY = "jieba-0.42.1"

# Words that say nothing about the matter.  谁, 任务, 责任, 规定, 要求 and 安全 carry meaning in
# questions about policy and stay out of this list.
_STOP_LINE = """
的 了 着 呢 吗 吧 啊 呀 嘛 和 与 及 以及 或 等 在 是 就 都 也 还 又 之 其 这 那 这个 那个 这些 那些
什么 哪些 哪个 怎么 怎样 如何 多少 几 请 请问 想 我 我们 你 您 他 她 它 有 把 被
the a an of and or to in is are for on with by what which how
"""
STOP_WORDS = frozenset(_STOP_LINE.split())
PARTICLES = frozenset("的了着呢吗吧啊呀嘛")
"""No bigram holds one of these."""

_PARTICLE = pattern("[的了着呢吗吧啊呀嘛]")

ASCII_INNER = "._-/@&+:"
_ASCII_RUN = r"[a-z0-9]+(?:[._\-/@&+:][a-z0-9]+)*"
_HAN_RUN = r"[\u4e00-\u9fd5]+"  # what jieba's dictionary and its model know
_RARE = r"[〇々㐀-䶿\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # cut one by one
_OTHER_RUN = r"[^\W_a-z0-9〇々㐀-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
RUN = pattern(f"({_ASCII_RUN})|({_HAN_RUN})|({_RARE})|({_OTHER_RUN})")
_ASCII, HAN = 1, 2  # groups of RUN
IDEOGRAPHS = pattern(r"[〇々㐀-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_DECIMAL = pattern(r"\d+(?:\.\d+)+")
_PART = pattern(r"[a-z0-9]+")

Cut = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Token:
    """A term and the code points of the original text that it stands for."""

    text: str
    span: Span


def words(text: str) -> list[str]:
    """The search-mode words of `text` after folding, without stop words, in reading order.

    >>> words("推进ＩＰｖ６規模部署")
    ['推进', 'ipv6', '规模', '部署']
    """
    return folded_words(fold_text(text))


def folded_words(text: str) -> list[str]:
    """`words` of a text that is folded already."""
    # The same as the texts of `word_tokens`, which a test holds, at half the time: this runs for
    # every passage whenever the lexical index is built.
    found: list[str] = []
    cut = cutter()
    for run in RUN.finditer(text):
        if run.lastindex == HAN:
            found += cut(run.group())
        elif run.lastindex == _ASCII:
            found += [piece for piece, _, _ in _ascii_cuts(run.group(), 0)]
        else:
            found.append(run.group())
    return [word for word in found if word not in STOP_WORDS]


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring ideographs after folding; a lone ideograph stands for itself.

    >>> bigrams("谁负责 5G 网")
    ['谁负', '负责', '网']
    """
    return folded_bigrams(fold_text(text))


def folded_bigrams(text: str) -> list[str]:
    """`bigrams` of a text that is folded already."""
    found: list[str] = []
    for run in IDEOGRAPHS.findall(text):
        if len(run) == 1:
            found.append(run)
            continue
        # No pair holds a particle: they are the pairs within what particles part.
        for part in _PARTICLE.split(run):
            found += map(operator.add, part, part[1:])
    return [pair for pair in found if pair not in STOP_WORDS]


def word_tokens(text: str) -> list[Token]:
    """`words` with the place of each in `text`.

    >>> word_tokens("達到80%")
    [Token(text='达到', span=Span(start=0, end=2)), Token(text='80', span=Span(start=2, end=4))]
    """
    folded = fold(text)
    return _placed(folded, _word_cuts(folded.text))


def bigram_tokens(text: str) -> list[Token]:
    """`bigrams` with the place of each in `text`."""
    folded = fold(text)
    return _placed(folded, _bigram_cuts(folded.text))


def dictionary_words(run: str) -> list[str]:
    """A run of ideographs cut into dictionary words only: what no word covers stays single.

    >>> dictionary_words("规模部暑")
    ['规模', '部', '暑']
    """
    try:
        import rjieba
    except ImportError:
        return list(_jieba().cut(run, HMM=False))
    return list(rjieba.cut(run, hmm=False))


def may_name(word: str) -> bool:
    """Whether a word can be a name: no part of it is a verb, a number or a word of grammar.

    >>> may_name("徐家汇"), may_name("送到")
    (True, False)
    """
    try:
        import rjieba
    except ImportError:
        from jieba import posseg

        tags = [pair.flag for pair in posseg.cut(word)]
    else:
        tags = [tag for _, tag in rjieba.tag(word)]
    return not any(tag[:1] in "vadmqtrpcfuy" for tag in tags)


@cache
def fingerprint() -> str:
    """Names the rules that made the terms; an index made with others can't be searched."""
    cuts = (str(RULES), _DICTIONARY, RUN.pattern, _DECIMAL.pattern, *sorted(STOP_WORDS))
    rules = (*cuts, *names.rules())
    return hashlib.sha256("\n".join(rules).encode()).hexdigest()[:16]


def _placed(folded: Folded, cuts: Iterator[Cut]) -> list[Token]:
    return [Token(term, folded.to_original(start, end)) for term, start, end in cuts]


def _word_cuts(text: str) -> Iterator[Cut]:
    """Words of folded text with their half-open offsets in it."""
    cut = _segmenter()
    for run in RUN.finditer(text):
        start = run.start()
        if run.lastindex == HAN:
            pieces = [(word, start + a, start + b) for word, a, b in cut(run.group())]
        elif run.lastindex == _ASCII:
            pieces = list(_ascii_cuts(run.group(), start))
        else:
            pieces = [(run.group(), start, run.end())]
        yield from (piece for piece in pieces if piece[0] not in STOP_WORDS)


def _ascii_cuts(run: str, start: int) -> Iterator[Cut]:
    """`www.gov.cn` gives its parts and itself; `99.9` only itself."""
    if not _DECIMAL.fullmatch(run):
        parts = [
            (part.group(), start + part.start(), start + part.end()) for part in _PART.finditer(run)
        ]
        if len(parts) > 1:
            yield from parts
    yield run, start, start + len(run)


def _bigram_cuts(text: str) -> Iterator[Cut]:
    for run in IDEOGRAPHS.finditer(text):
        chars, start = run.group(), run.start()
        if len(chars) == 1:
            if chars not in STOP_WORDS:
                yield chars, start, start + 1
            continue
        for place in range(len(chars) - 1):
            pair = chars[place : place + 2]
            if pair not in STOP_WORDS and PARTICLES.isdisjoint(pair):
                yield pair, start + place, start + place + 2


@cache
def _segmenter() -> Callable[[str], list[Cut]]:
    """Search-mode cuts of a run of ideographs with offsets: rjieba, or jieba if it is absent."""
    try:
        import rjieba
    except ImportError:
        return _python_segmenter()
    # The module's own instance: another one would read the dictionary a second time.  Nothing in
    # Wence may add words to it, as that would change the terms.
    return lambda run: rjieba.tokenize(run, "search")


@cache
def cutter() -> Callable[[str], list[str]]:
    """The words alone of the same cuts, which takes a quarter less time."""
    try:
        import rjieba
    except ImportError:
        return lambda run: list(_jieba().cut_for_search(run))
    cut: Callable[[str], list[str]] = rjieba.cut_for_search
    return cut


def _python_segmenter() -> Callable[[str], list[Cut]]:
    segmenter = _jieba()
    return lambda run: list(segmenter.tokenize(run, mode="search"))


@cache
def _jieba() -> Any:
    import jieba

    # jieba reads a marshalled cache from the shared temporary folder, where anyone may write:
    # give it a private, empty one.  It also logs to stderr.
    jieba.setLogLevel(logging.ERROR)
    segmenter = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="wence-jieba-") as private:
        segmenter.tmp_dir = private
        segmenter.initialize()
    return segmenter
