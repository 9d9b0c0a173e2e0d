import random
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st
from index_doubles import WORDS

from index import bulk_terms, tokens
from index.folding import fold_lines, fold_text
from index.terms import derive, terms

TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from("网络安全 IPv6.-80%，责任单位臺㎡〇的了以及…\n\0"))
)


def check(texts: list[str]) -> None:
    codes = fold_lines(texts)
    assert bulk_terms._text(codes) == "".join(fold_text(text) + "\n" for text in texts)
    assert bulk_terms.words(codes) == [" ".join(tokens.words(text)) for text in texts]
    assert bulk_terms.bigrams(codes) == [" ".join(tokens.bigrams(text)) for text in texts]


@settings(deadline=None)  # dictionaries load with the first text
@given(st.lists(TEXT))
def test_many_texts_give_what_each_gives_alone(texts):
    check(texts)


def test_random_texts():
    chooser = random.Random(11)
    parts = [*WORDS, *tokens.STOP_WORDS, *"的了 ，。…㎡①\n〇々豈㐀鿕鿖가\ue5f9𠀀🙂々", "www.gov.cn"]
    parts += ["010-12345678", "2.0", "Ａ_b", "a.", "-b", "é", "\0", "\x1f", "\u200b", "\ud800"]
    check(["".join(chooser.choices(parts, k=chooser.randint(0, 40))) for _ in range(2000)])


def test_every_character_between_words():
    check([f"网络{chr(code)}安全a{chr(code)}1" for code in range(0x0, 0x11000)])
    check([f"网{chr(code)}{chr(code)}络 {chr(code)}" for code in range(0x1F000, 0x30000, 7)])


def test_an_index_takes_the_same_terms_of_many_passages_as_of_one():
    names = ("区科委", "市区科委", "ipv6")
    texts = [
        (f"第{n % 7}章 责任", f"由市区科委推进IPv{n}規模部署，{n}家以上…", names[: n % 4])
        for n in range(200)
    ]
    assert derive(texts, None, encode=False).terms == [terms(*text) for text in texts]


def test_jieba_in_place_of_rjieba_cuts_the_same():
    code = (
        "import sys; sys.modules['rjieba'] = None\n"
        "from index import bulk_terms; from index.folding import fold_lines\n"
        "texts = ['推进IPv6、规模部署\\r\\n的 www.gov.cn', '', '网〇络']\n"
        "print(bulk_terms.words(fold_lines(texts)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(["推进 ipv6 规模 部署 www gov cn www.gov.cn", "", "网 〇 络"])
