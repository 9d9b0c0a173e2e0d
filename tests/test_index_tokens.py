import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_doubles import WORDS

from index import tokens
from index.folding import fold_text
from index.tokens import STOP_WORDS, bigram_tokens, bigrams, fingerprint, word_tokens, words

TEXT = st.text(st.one_of(st.characters(), st.sampled_from("网络安全 IPv6.-80%，责任单位臺㎡〇")))


@settings(deadline=None)  # dictionaries load with the first text
@given(TEXT)
def test_every_token_lies_where_it_says(text):
    for token in word_tokens(text) + bigram_tokens(text):
        assert token.text in fold_text(token.span.of(text))
        assert not any(char.isspace() for char in token.text)
    assert [token.text for token in word_tokens(text)] == words(text)
    assert [token.text for token in bigram_tokens(text)] == bigrams(text)


@settings(deadline=None)  # dictionaries load with the first text
@given(TEXT)
def test_width_case_and_script_make_no_difference(text):
    assert words(text) == words(fold_text(text))
    assert bigrams(text) == bigrams(fold_text(text))


def test_words_that_carry_meaning_are_never_dropped():
    for word in ("谁", "任务", "责任", "规定", "要求", "安全"):
        assert word not in STOP_WORDS
        assert word in words(word)


def test_ascii_runs_give_their_parts_and_themselves():
    assert words("www.gov.cn") == ["www", "gov", "cn", "www.gov.cn"]
    assert words("010-12345678") == ["010", "12345678", "010-12345678"]
    assert words("2.0版 99.9%") == ["2.0", "版", "99.9"]
    assert words("５Ｇ网") == ["5g", "网"]


def test_bigrams_stop_at_anything_that_is_no_ideograph():
    assert bigrams("网络，安全") == ["网络", "安全"]
    assert bigrams("水") == ["水"]
    assert bigrams("区的局") == []


def test_jieba_and_rjieba_give_the_same_terms():
    ours, theirs = tokens._segmenter(), tokens._python_segmenter()
    chooser = random.Random(7)
    common = [*WORDS, *"区科委推进和二三十百镇局的等甲乙"]
    for _ in range(2000):
        rare = chr(chooser.randint(0x4E00, 0x9FD5))
        run = "".join(chooser.choice([*common, rare]) for _ in range(chooser.randint(1, 9)))
        assert list(map(tuple, ours(run))) == list(map(tuple, theirs(run))), run


def test_without_rjieba_jieba_is_used_quietly():
    code = (
        "import sys; sys.modules['rjieba'] = None\n"
        "from index.tokens import words\n"
        "assert words('推进网络安全') == ['推进', '网络', '安全', '网络安全']\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_fingerprint_follows_the_rules(monkeypatch: pytest.MonkeyPatch):
    before = fingerprint()
    monkeypatch.setattr(tokens, "RULES", tokens.RULES + 1)
    fingerprint.cache_clear()
    assert fingerprint() != before
    monkeypatch.undo()
    fingerprint.cache_clear()
    assert fingerprint() == before
