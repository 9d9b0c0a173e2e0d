"""PDF files for tests: written by hand, printed by Chromium, or pictures of pages."""

import hashlib
import random
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1 on; the first one is its catalog."""
    out = BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(objects) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def pages(
    contents: list[bytes], trailer: bytes = b"", encrypt: bytes = b"", resources: bytes = b""
) -> bytes:
    """A file with a page for each content stream, with the font /F1 Helvetica.

    Object 3 is the font, 4 and 5 the first page and its content, and so on.
    """
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>%s>>>>" % (5 + 2 * n, resources)
        )
        objects.append(content if content.endswith(b"endstream") else stream(content))
    return pdf([*objects, encrypt] if encrypt else objects, trailer)


def words(text: str, x: float = 72, y: float = 700, size: float = 12) -> bytes:
    """A content stream that prints Latin text."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n".encode()


def locked(text: str, password: bytes) -> bytes:
    """A file with one page of text that opens with this password (RC4, 40 bit, revision 2)."""
    owner = _rc4(hashlib.md5((password + PADDING)[:32]).digest()[:5], (password + PADDING)[:32])
    identity, rights = b"0123456789abcdef", (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5((password + PADDING)[:32] + owner + rights + identity).digest()[:5]
    own = hashlib.md5(key + (5).to_bytes(3, "little") + bytes(2)).digest()[:10]
    return pages(
        [stream(_rc4(own, words(text)))],
        b"/Encrypt 6 0 R/ID[<%s><%s>]" % (identity.hex().encode(), identity.hex().encode()),
        b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>"
        % (owner.hex().encode(), _rc4(key, PADDING).hex().encode()),
    )


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def prints() -> bool:
    """Whether `printed` can."""
    return CHROMIUM is not None and chinese_font() is not None


def printed(html: str, folder: Path, *flags: str) -> bytes:
    """A web page as Chromium prints it; skips the test where there is no Chromium."""
    if CHROMIUM is None or not prints():
        pytest.skip("needs Chromium with a Chinese font: apt-get install chromium fonts-noto-cjk")
    source, target = folder / "page.html", folder / "page.pdf"
    source.write_text(f"<!doctype html><meta charset=utf-8>{html}", encoding="utf-8")
    subprocess.run(
        [
            CHROMIUM,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *("--no-first-run", "--disable-background-networking", "--disable-sync"),
            *("--disable-component-update", f"--user-data-dir={folder / 'profile'}"),
            *(flags or ("--no-pdf-header-footer",)),
            f"--print-to-pdf={target}",
            source.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return target.read_bytes()


def chinese_font() -> str | None:
    """The file of a font with Chinese characters, or None."""
    if shutil.which("fc-list") is None:
        return None
    found = subprocess.run(
        ["fc-list", ":lang=zh-cn", "file"], capture_output=True, text=True, check=True
    ).stdout
    files = sorted(line.split(":")[0].strip() for line in found.splitlines())
    return next((file for file in files if "Regular" in file), files[0] if files else None)


def scanned(texts: list[list[str]], dots: int = 200, seed: int = 1) -> bytes:
    """Pages of printed lines as pictures: a little askew and with specks; needs Pillow."""
    from PIL import Image, ImageDraw, ImageFont

    font = chinese_font()
    if font is None:
        pytest.skip("needs a Chinese font: apt-get install fonts-noto-cjk")
    chance = random.Random(seed)
    face = ImageFont.truetype(font, round(16 * dots / 72))
    images = []
    for lines in texts:
        width, height = round(8.27 * dots), round(11.69 * dots)
        image = Image.new("L", (width, height), 250)
        draw = ImageDraw.Draw(image)
        for n, line in enumerate(lines):
            draw.text((1.1 * dots, (1.2 + n * 28 / 72) * dots), line, fill=25, font=face)
        image = image.rotate(chance.uniform(-0.5, 0.5), Image.Resampling.BICUBIC, fillcolor=250)
        for _ in range(width * height // 800):
            image.putpixel(
                (chance.randrange(width), chance.randrange(height)), chance.randrange(200)
            )
        images.append(image)
    out = BytesIO()
    images[0].save(out, "PDF", resolution=dots, save_all=True, append_images=images[1:], quality=70)
    return out.getvalue()
