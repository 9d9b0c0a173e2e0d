"""The command line: `wence add | remove | ls | show | ask | serve …`, and commands of others.

The options are read here, `ui.commands` does the work.  Exit codes: 0 done (a refused answer is an
answer), 1 `doctor` found something or `serve` broke off, 2 a wrong call or a `WenceError`, 130
interrupted.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from pathlib import Path

from ingest.errors import WenceError
from ui import commands as do
from ui.render import printable

GROUP = "wence.commands"
OWN = (
    *("add", "remove", "ls", "show", "ask", "export"),
    *("serve", "doctor", "compact", "snapshot", "restore"),
)
Command = Callable[[argparse.Namespace], int]


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

    one = command("add", do.add, "添加文件或文件夹；同一文件再次添加即更新")
    one.add_argument("paths", nargs="+", metavar="路径")
    one = command("remove", do.remove, "按编号撤下文件")
    one.add_argument("ids", nargs="+", metavar="编号")
    one = command("ls", do.ls, "列出文件，包括文中提到而未入库的")
    one.add_argument("--json", action="store_true", help="输出 JSON")
    one.add_argument(
        "--missing", action="store_true", help="只列文中提到而未入库的，提到最多的在前"
    )
    one = command("show", do.show, "显示一份文件：原文，或提纲，或事实")
    one.add_argument("id", metavar="编号")
    views = one.add_mutually_exclusive_group()
    views.add_argument("--outline", action="store_true", help="提纲：标题、路径、起止码点")
    views.add_argument(
        "--facts", action="store_true", help="事实：任务、指标、引用、日期、表格、修改废止"
    )
    one = command("export", do.export, "导出任务、指标、文件或未入库文件的表")
    one.add_argument("table", choices=("tasks", "targets", "documents", "missing"), metavar="表")
    one.add_argument("--format", choices=("csv", "xlsx", "jsonl"), default="csv", help="默认 csv")
    one.add_argument("-o", "--output", type=Path, metavar="文件", help="写入文件；默认写到标准输出")
    one = command("ask", do.ask, "回答一个问题，附引文")
    one.add_argument("question", metavar="问题")
    one.add_argument("--json", action="store_true", help="输出接口约定的 JSON")
    one.add_argument("--language", choices=("auto", "zh", "en"), help="回答所用语言")
    one.add_argument("--model", metavar="名称", help="回答模型：extractive 或设置里的名称")
    one.add_argument(
        "--document",
        action="append",
        default=[],
        metavar="编号",
        help="只从这份文件回答，可多次给出",
    )
    one.add_argument(
        "--history", action="append", default=[], metavar="问题", help="此前的问题，可多次给出"
    )
    one = command("serve", do.serve, "启动接口和对话页面")
    one.add_argument("--host", metavar="地址", help="监听地址，默认只限本机")
    one.add_argument("--port", type=port, metavar="端口", help="接口端口，0 为任选")
    one.add_argument("--ui-port", type=port, metavar="端口", help="对话页面端口，0 为任选")
    one.add_argument("--no-ui", action="store_true", help="只启动接口")
    command("doctor", do.doctor, "显示设置并检查索引")
    command("compact", do.compact, "合并小段，清除已撤下文件的残留")
    one = command("snapshot", do.snapshot, "把整个索引存成一个文件")
    one.add_argument("file", type=Path, metavar="快照")
    one = command("restore", do.restore, "从快照恢复索引，只写入空的位置")
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
