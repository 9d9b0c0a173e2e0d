"""The command line: `wence add | remove | ls | ask | serve | doctor …`, and commands of others.

Every command imports what it needs when it runs, so that `wence ask` starts without the web
server, the chat or a large model.  Exit codes: 0 done (a refused answer is an answer), 1 `doctor`
found something or `serve` broke off, 2 a wrong call or a `WenceError`, 130 interrupted.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from importlib.metadata import entry_points
from pathlib import Path

from ingest.errors import WenceError
from ui.render import printable

GROUP = "wence.commands"
OWN = ("add", "remove", "ls", "ask", "serve", "doctor", "compact", "snapshot", "restore")
Command = Callable[[argparse.Namespace], int]


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

    with Library.open(load_settings(), create=False) as library:
        library.remove(options.ids)
    for one in options.ids:
        print(f"已撤下 {printable(one)}")
    return 0


def ls(options: argparse.Namespace) -> int:
    """List the documents."""
    from index.local import LocalIndex
    from qa.service.settings import load_settings
    from ui.printing import document_line

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


def ask(options: argparse.Namespace) -> int:
    """Answer one question."""
    from qa.answer import Request, Turn
    from qa.service.assistant import Assistant
    from qa.service.settings import load_settings
    from ui.printing import answer_lines

    settings = load_settings()
    history = tuple(Turn(question) for question in options.history)
    language = options.language or settings.language
    request = Request(options.question, history, language, options.model or settings.model)
    answer = Assistant.open(settings).ask(request).to_json()
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


def others() -> list[str]:
    """Names of the commands that other packages bring."""
    return sorted(point.name for point in entry_points(group=GROUP))


def port(text: str) -> int:
    """A TCP port; 0 chooses a free one."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"端口是{text}；需要 0 到 65535 的整数")
    return int(text)


def parser(epilog: str = "") -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="wence", description="问策：政策问答，句句有据。", epilog=epilog
    )
    commands = top.add_subparsers(title="命令", metavar="命令", required=True)

    def command(name: str, run: Command, about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(run=run)
        return made

    one = command("add", add, "添加文件或文件夹；同一文件再次添加即更新")
    one.add_argument("paths", nargs="+", metavar="路径")
    one = command("remove", remove, "按编号撤下文件")
    one.add_argument("ids", nargs="+", metavar="编号")
    one = command("ls", ls, "列出文件，包括文中提到而未入库的")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one = command("ask", ask, "回答一个问题，附引文")
    one.add_argument("question", metavar="问题")
    one.add_argument("--json", action="store_true", help="输出接口约定的 JSON")
    one.add_argument("--language", choices=("auto", "zh", "en"), help="回答所用语言")
    one.add_argument("--model", metavar="名称", help="回答模型：extractive 或设置里的名称")
    one.add_argument(
        "--history", action="append", default=[], metavar="问题", help="此前的问题，可多次给出"
    )
    one = command("serve", serve, "启动接口和对话页面")
    one.add_argument("--host", metavar="地址", help="监听地址，默认只限本机")
    one.add_argument("--port", type=port, metavar="端口", help="接口端口，0 为任选")
    one.add_argument("--ui-port", type=port, metavar="端口", help="对话页面端口，0 为任选")
    one.add_argument("--no-ui", action="store_true", help="只启动接口")
    command("doctor", doctor, "显示设置并检查索引")
    command("compact", compact, "合并小段，清除已撤下文件的残留")
    one = command("snapshot", snapshot, "把整个索引存成一个文件")
    one.add_argument("file", type=Path, metavar="快照")
    one = command("restore", restore, "从快照恢复索引，只写入空的位置")
    one.add_argument("file", type=Path, metavar="快照")
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code.

    The environment's packages are searched (tens of milliseconds) only for a word that is no
    command of this file.
    """
    name = arguments[0] if arguments else "--help"
    if name in OWN:
        options = parser().parse_args(arguments)
        return int(options.run(options))
    for point in entry_points(group=GROUP, name=name):
        return int(point.load()(list(arguments[1:])))
    parser(f"其他命令：{'、'.join(others()) or '无'}").parse_args(arguments or ["--help"])
    return 2


def main(argv: list[str] | None = None) -> int:
    """The console script; errors become one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a console that lacks Chinese
    try:
        try:
            code = run(sys.argv[1:] if argv is None else argv)
        except SystemExit as stop:  # argparse: 0 after --help, 2 after a wrong call
            code = stop.code if isinstance(stop.code, int) else 2
        sys.stdout.flush()  # here, where a reader that has gone can still be dealt with
    except WenceError as error:
        line = printable(str(error)).replace("\n", " ")
        print(f"wence: {line}({error.code})", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader (head, less) has gone; keep the interpreter quiet at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
