"""Every real file of the shared folder: read, or refused for the true reason, within its time.

    python tests/soak/samples.py [--slowest 5]

The scans among them count as refused: recognition is left out.  A web page's document has to be
kept to 99.5 %, and 0.5 % of what is read of it may be foreign.
"""

import argparse
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from test_readers_samples import REFUSED, SAMPLES, files  # noqa: E402

from eval.file_pages import page_share  # noqa: E402
from ingest.errors import ReadError  # noqa: E402
from ingest.parse import parse_bytes  # noqa: E402
from ingest.readers.pdf import recognition  # noqa: E402

LEAST_KEPT, MOST_FOREIGN = 0.995, 0.005


def main() -> int:
    """The number of files that were not read as they should be, at most 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slowest", type=int, default=5)
    arguments = parser.parse_args()
    if not SAMPLES.is_dir():
        print(f"{SAMPLES} is absent")
        return 0
    recognition.installed = lambda: False
    wrong: list[str] = []
    times: list[tuple[float, str]] = []
    kept, foreign, pages = 1.0, 0.0, 0
    found = files()
    for path in found:
        data, begun = path.read_bytes(), time.perf_counter()
        try:
            parsed = parse_bytes(data, path.name)
            outcome = ""
        except ReadError as error:
            outcome = error.code
        except Exception as error:  # what must not happen is what is looked for
            outcome = repr(error)
        times.append((time.perf_counter() - begun, path.name))
        if outcome != REFUSED.get(path.name, ""):
            wrong.append(f"{path.name}: {outcome or 'read'}")
        if not outcome and parsed.document.info.media_type == "text/html":
            share = page_share(data, parsed.document.text)
            kept, foreign, pages = min(kept, share.kept), max(foreign, share.foreign), pages + 1
            if share.kept < LEAST_KEPT or share.foreign > MOST_FOREIGN:
                wrong.append(f"{path.name}: kept {share.kept:.4f}, foreign {share.foreign:.4f}")
    total = sum(seconds for seconds, _ in times)
    print(f"{len(found)} files in {total:.1f} s, {len(wrong)} wrong")
    print(f"{pages} pages: kept {kept:.4f} at least, foreign {foreign:.4f} at most")
    for seconds, name in sorted(times, reverse=True)[: arguments.slowest]:
        print(f"  {seconds:.2f} s {name}")
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
