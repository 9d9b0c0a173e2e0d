"""Questions of a page with their whole answers; the text is invented."""

from ingest.parse import parse_bytes


def test_questions_with_their_answers() -> None:
    text = (
        "学徒问答\n问：谁能申请？\n答：满十六岁的人。\n需要担保。\n问：何时申请？\n答：每年三月。\n"
    )
    parsed = parse_bytes(text.encode(), "a.txt")
    told = [(f.what, f.span.of(parsed.document.text)) for f in parsed.facts_of("question")]
    assert told == [("谁能申请？", "满十六岁的人。\n需要担保。"), ("何时申请？", "每年三月。")]


def test_an_article_is_no_question() -> None:
    parsed = parse_bytes("办法\n第一条 修桥。\n第二条 铺路。\n".encode(), "a.txt")
    assert parsed.facts_of("question") == []
