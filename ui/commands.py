"""What each command of `wence` does, once its options are read; `ui.cli` reads them.

Every command imports what it needs when it runs, so that `wence ask` starts without the web
server, the chat or a large model.  Each returns its exit code.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from ui.render import printable


def location(text: str) -> Path | str:
    """A path; an address (http://…) stays text for the library to judge."""
    return text if "://" in text else Path(text)


def add(options: argparse.Namespace) -> int:
    """Add or replace documents."""
    from qa.service.library import Library
    from qa.service.settings import load_settings
    from ui.printing import outcome_line

    def told(done: int, of: int) -> None:
        print(f"\r重建索引 {done}/{of} 段", end="\n" if done == of else "", file=sys.stderr)

    with Library.open(load_settings(), create=True, progress=told) as library:
        for one in library.add([location(path) for path in options.paths]):
            print(outcome_line(one.change, one.title, one.document_id, one.passages))
    return 0


def remove(options: argparse.Namespace) -> int:
    """Withdraw documents."""
    from qa.service.library import Library
    from qa.service.settings import load_settings
    from ui.scope import text_of

    with Library.open(load_settings(), create=False) as library:
        library.remove([text_of(one) for one in options.ids])
    for one in options.ids:
        print(f"已撤下 {printable(one)}")
    return 0


def ls(options: argparse.Namespace) -> int:
    """List the documents."""
    from index.local import LocalIndex
    from qa.service.settings import load_settings
    from ui.printing import document_line

    if options.missing:
        return _missing(options)
    with LocalIndex.open(load_settings().index_dir, None) as index:
        documents = [asdict(info) for info in index.documents()]
    if options.json:
        print(json.dumps(documents, ensure_ascii=False, indent=2, default=str))
        return 0
    for document in documents:
        print(document_line(document))
    if not documents:
        print("资料库是空的；用 wence add 添加文件", file=sys.stderr)
    return 0


def _missing(options: argparse.Namespace) -> int:
    from index.local import LocalIndex
    from index.missing import missing
    from qa.service.settings import load_settings
    from ui.printing import missing_line

    with LocalIndex.open(load_settings().index_dir, None) as index:
        found = missing(index)
        titles = {one: index.info(one).title for some in found for one in some.by}
    if options.json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print(missing_line(one, [titles[document] for document in one.by]))
    if not found:
        print("文中提到的文件都已入库", file=sys.stderr)
    return 0


def export(options: argparse.Namespace) -> int:
    """Write a table of facts to a file or to standard output."""
    from index.local import LocalIndex
    from qa.service.settings import load_settings
    from ui.export import export as to_stream
    from ui.export import write

    with LocalIndex.open(load_settings().index_dir, None) as index:
        if options.output is None:
            to_stream(index, options.table, options.format, sys.stdout.buffer)
            return 0
        count = write(index, options.table, options.format, options.output)
    print(f"已导出 {count} 行到 {printable(str(options.output))}", file=sys.stderr)
    return 0


def show(options: argparse.Namespace) -> int:
    """Print one document: what is known of it and its text, or its outline, or its facts."""
    from index.local import LocalIndex
    from qa.service.settings import load_settings
    from ui.scope import text_of
    from ui.show import facts, head, outline

    with LocalIndex.open(load_settings().index_dir, None) as index:
        info = index.info(text_of(options.id))
        if not (options.outline or options.facts):
            print(*head(info), sep="\n")
        if info.held and options.outline:
            print(*outline(index, info.id), sep="\n")
        elif info.held and options.facts:
            print(*facts(index, info.id), sep="\n")
        elif info.held:
            print("", printable(index.document(info.id).text).rstrip(), sep="\n")
    if not info.held:
        print(f"{printable(info.id)} 未入库；用 wence add 添加", file=sys.stderr)
    return 0


def ask(options: argparse.Namespace) -> int:
    """Answer one question."""
    from qa.answer import Request, Turn
    from qa.service.assistant import Assistant
    from qa.service.settings import load_settings
    from ui.printing import answer_lines
    from ui.scope import limited_to

    settings = load_settings()
    history = tuple(Turn(question) for question in options.history)
    language = options.language or settings.language
    assistant = Assistant.open(settings)
    documents = limited_to(assistant.index, options.document)
    model = options.model or settings.model
    request = Request(options.question, history, language, model, documents)
    answer = assistant.ask(request).to_json()
    if options.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(*answer_lines(answer), sep="\n")
    return 0


def serve(options: argparse.Namespace) -> int:
    """Run the API and the chat until interrupted."""
    from qa.service.assistant import Assistant
    from qa.service.settings import load_settings
    from ui.serve import Addresses
    from ui.serve import serve as run

    settings = load_settings()
    addresses = Addresses(
        host=options.host or settings.host,
        port=settings.port if options.port is None else options.port,
        ui_port=settings.ui_port if options.ui_port is None else options.ui_port,
    )
    return run(lambda: Assistant.open(settings), addresses, chat=not options.no_ui)


def doctor(_: argparse.Namespace) -> int:
    """Print the settings and check the index."""
    from ui.doctor import examine

    return examine()


def compact(_: argparse.Namespace) -> int:
    """Merge small segments and purge what was withdrawn."""
    from index.local import LocalIndex
    from qa.service.settings import load_settings

    with LocalIndex.open(load_settings().index_dir, None, writable=True) as index:
        before = index.snapshot()
        index.compact(full=True)
        changed = index.snapshot() != before
    print("已整理索引" if changed else "索引无须整理")
    return 0


def snapshot(options: argparse.Namespace) -> int:
    """Save the whole index in one file."""
    from index.snapshot import snapshot as save
    from qa.service.settings import load_settings

    saved = save(load_settings().index_dir, options.file)
    print(f"已保存快照 {printable(str(options.file))}：{saved.counts['documents']} 份文件")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Make the index from a snapshot."""
    from index.snapshot import restore as load
    from qa.service.settings import load_settings

    folder = load_settings().index_dir
    loaded = load(options.file, folder)
    print(f"已恢复到 {printable(str(folder))}：{loaded.counts['documents']} 份文件")
    return 0
