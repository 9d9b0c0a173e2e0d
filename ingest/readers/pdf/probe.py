"""Opens every page of a PDF given on the standard input, and nothing else: a trial in a process.

It imports nothing of this program, so that it can be run by its path.
"""

import sys

import pypdfium2 as pdfium


def main() -> int:
    """The command; ends with 1 where a page can't be opened."""
    document = pdfium.PdfDocument(sys.stdin.buffer.read())
    try:
        for number in range(len(document)):
            page = document[number]
            page.get_textpage().close()
            page.close()
    except pdfium.PdfiumError:
        return 1
    finally:
        document.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
