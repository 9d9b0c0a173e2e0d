"""Makes a folder for `wence eval --retrieval` of the questions kept here and a data folder's texts.

    python -m eval.retrieval_sets.make lay-natural --data <folder> --out <folder>

The clauses come from texts that may not be copied into the project; `<set>.passages.tsv` says
where they stand (see index/training/sources.py).  Each clause is a document of the folder.
"""

import argparse
import json
from pathlib import Path

from index.training.sources import Texts, read_places, read_table

FOLDER = Path(__file__).parent
NAMES = tuple(sorted(path.name.split(".")[0] for path in FOLDER.glob("*.questions.tsv")))


def make(name: str, data: Path, out: Path) -> None:
    """Write documents.jsonl and questions.jsonl of the set `name` to `out`."""
    texts = Texts(data)
    documents = [
        {"id": number, "text": texts[place]}
        for number, place in read_places(FOLDER / f"{name}.passages.tsv").items()
    ]
    questions = [
        {"id": f"{name}-{place}", "question": question, "documents": clauses.split(",")}
        for place, (clauses, _, question) in enumerate(
            read_table(FOLDER / f"{name}.questions.tsv", 3), start=1
        )
    ]
    out.mkdir(parents=True, exist_ok=True)
    for file, rows in (("documents.jsonl", documents), ("questions.jsonl", questions)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (out / file).write_text(lines, encoding="utf-8")


def main() -> None:
    """Make one set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--data", type=Path, required=True, help="see index/training/corpus.py")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    make(arguments.name, arguments.data, arguments.out)


if __name__ == "__main__":
    main()
