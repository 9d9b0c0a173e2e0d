"""What commands that write to the index have in common: how long they wait for another writer."""

import argparse
import sys
from typing import TYPE_CHECKING

from ui.render import printable

if TYPE_CHECKING:
    from index.locking import Patience
    from qa.service.settings import Settings


def seconds(text: str) -> float:
    """A number of seconds, 0 or more, less than a day."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 86400:
        raise argparse.ArgumentTypeError(f"秒数是{text}；需要 0 到 86400 的数")
    return found


def patience(options: argparse.Namespace, settings: "Settings") -> "Patience":
    """As long as the command says, else the settings; a line tells whoever has to wait."""
    from index.locking import Patience

    def told(sentence: str) -> None:
        print(f"wence: {printable(sentence)}", file=sys.stderr, flush=True)

    return Patience(settings.write_wait if options.wait is None else options.wait, told)
