"""What documents and clauses are called in an answer."""

from ingest.schema import Clause
from qa.draft import ClauseKey
from qa.retrieval.corpus import Corpus
from qa.verify.titles import inner_title
from qa.words.language import Script
from qa.words.wording import clause_name

LONGEST_HEADING = 30


def title(corpus: Corpus, document_id: str) -> str:
    """A document's title in 《》; of a notice that hands on another document, that document's.

    Where another document that is held has the same title, its number or year tells them apart.
    """
    printed = corpus.infos[document_id].title
    inner = inner_title(printed)
    shown = f"《{inner or printed}》" if inner or "《" not in printed else printed
    return shown + corpus.told_apart(document_id)


def clause(corpus: Corpus, key: ClauseKey, script: Script, heading: bool = True) -> str:
    """A clause as one speaks of it: 第3项（标题）, 第三条(一), 二(三)."""
    one = corpus.clause(key)
    if one.kind in ("问", "行", "文", "款") or not one.label:
        return ""
    article = ""
    above: Clause | None = one
    while above is not None:
        if above.kind == "条":
            article = above.label
        above = corpus.clause((key[0], above.parent)) if above.parent is not None else None
    alone = one.kind != "1." or "/" not in one.path or corpus.numbered_once(key[0], one.label)
    name = clause_name(script, one, article, alone)
    if not heading or len(one.heading) > LONGEST_HEADING:
        name = name.split("（")[0]
    return name
