"""Scanned pages: the characters of a picture, by RapidOCR where the extra `ocr` is installed.

Its models lie in its package; nothing is downloaded, and nothing is written to the terminal.
"""

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2 as pdfium

from ingest.errors import DamagedFileError, TooLargeError
from ingest.readers.pdf.character import Character
from ingest.readers.pdf.page import Page
from ingest.readers.pdf.wide import is_wide

DOTS_PER_INCH = 200
"""What a page is rendered at to be read."""

MAX_SIDE = 3000
"""The longer side of a rendered page, in pixels: A4 has 2339."""

FOUND_AT = 1280
"""The longer side, in pixels, at which lines are looked for: it takes most of the memory (measured
on an A4 page: 570 MB, 920 MB at full size) and finds the same lines.  They are read at full size.
"""

MAX_PIXELS = 120_000_000
"""Most pixels of the pictures of a page as they are stored: A3 at 600 dpi has 70 million."""

_MODELS = {"Det": "*_det_*.onnx", "Cls": "*_cls_*.onnx", "Rec": "*_rec_*.onnx"}
_PARTS = ("rapidocr", "onnxruntime")


@dataclass(frozen=True, slots=True)
class _Box:
    """A piece of a line as it was found: its edges in points, skew taken out."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def em(self) -> float | None:
        """The size that its width shows, or None of one too short to tell."""
        ems = sum(_ems(text) for text in self.text)
        return (self.right - self.left) / ems if ems >= 3 else None


def installed() -> bool:
    """Whether scanned pages can be read."""
    return all(find_spec(part) for part in _PARTS) and len(_models()) == len(_MODELS)


def characters(document: pdfium.PdfDocument, page: Page, name: str) -> list[Character]:
    """The characters of a page that is a picture; call it if `installed`.

    A line is found as one box; its characters stand evenly in it.  Raises
    `TooLargeError` if the pictures of the page have more than `MAX_PIXELS`, `DamagedFileError` if
    the recognition fails.
    """
    if page.shapes.pixels > MAX_PIXELS:
        raise TooLargeError(
            f"{name}第{page.number + 1}页的图片有{page.shapes.pixels}像素",
            f"每页不超过{MAX_PIXELS}像素",
            "降低扫描分辨率后再添加",
        )
    opened = document[page.number]
    try:
        width, height = opened.get_size()
        scale = min(DOTS_PER_INCH / 72, MAX_SIDE / max(width, height))
        bitmap = opened.render(scale=scale, rev_byteorder=False, no_smoothpath=True)
        image = bitmap.to_numpy()[:, :, :3].copy()
        bitmap.close()
    finally:
        opened.close()
    try:
        found = _engine()(image)
    except Exception as exc:  # of any kind: its parts raise what their own libraries do
        raise DamagedFileError(
            f"{name}第{page.number + 1}页的图片识别不了({str(exc).strip().splitlines()[-1:]})",
            "完整的扫描件,和识别一页要用的1GB内存",
            "换文字版再添加",
        ) from exc
    if found.boxes is None or found.txts is None:
        return []
    return _spread(_upright(found.boxes / scale, found.txts))


@lru_cache(maxsize=1)
def _engine() -> Any:
    """RapidOCR's reader, made once: its models take a second to load."""
    log = logging.getLogger("RapidOCR")
    log.setLevel(logging.CRITICAL)
    from rapidocr import RapidOCR

    log.setLevel(logging.CRITICAL)  # its own module sets the level when it is imported
    for handler in list(log.handlers):
        log.removeHandler(handler)
    paths = {f"{part}.model_path": str(path) for part, path in _models().items()}
    settings = {
        "Global.log_level": "critical",
        "Global.max_side_len": MAX_SIDE,
        "Det.limit_type": "max",
        "Det.limit_side_len": FOUND_AT,
    }
    return RapidOCR(params={**settings, **paths})


def _models() -> dict[str, Path]:
    """The models in RapidOCR's package: named to it, so that it never looks for them elsewhere."""
    package = find_spec("rapidocr")
    if package is None or package.origin is None:
        return {}
    folder = Path(package.origin).parent / "models"
    found = {part: sorted(folder.glob(mask)) for part, mask in _MODELS.items()}
    return {part: paths[-1] for part, paths in found.items() if paths}


def _upright(corners: Any, texts: Sequence[str]) -> list[_Box]:
    """Boxes with the skew of the page taken out; `corners` are (n, 4, 2), clockwise from top left.

    The skew is that of the longest lines; a page is turned about its top left corner.
    """
    long = sorted(corners, key=lambda box: float(box[1][0] - box[0][0]))[-9:]
    skew = median(math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0]) for box in long)
    cos, sin = math.cos(-skew), math.sin(-skew)
    boxes: list[_Box] = []
    for box, text in zip(corners, texts, strict=True):
        xs = [float(x * cos - y * sin) for x, y in box]
        ys = [float(x * sin + y * cos) for x, y in box]
        if text.strip():
            top, bottom = (ys[0] + ys[1]) / 2, (ys[2] + ys[3]) / 2
            boxes.append(_Box(text.strip(), min(xs), max(xs), top, bottom))
    return boxes


def _spread(boxes: Sequence[_Box]) -> list[Character]:
    """The characters of boxes, each as wide as it is by custom."""
    # How high a box is beside its characters depends on the model: measured on this page.
    ratio = median([box.em / box.height for box in boxes if box.em and box.height > 0] or [0.8])
    found: list[Character] = []
    for box in boxes:
        size = box.em or ratio * box.height
        step = (box.right - box.left) / sum(_ems(c) for c in box.text)
        left = box.left
        for text in box.text:
            right = left + step * _ems(text)
            found.append(Character(text, left, right, box.middle + 0.35 * size, size, False))
            left = right
    return found


def _ems(text: str) -> float:
    return 1.0 if is_wide(text) else 0.5
