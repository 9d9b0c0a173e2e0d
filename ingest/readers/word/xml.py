"""Elements of WordprocessingML by their local names, whichever of its two namespaces is used."""

from collections.abc import Iterator

from ingest.readers.archive import Element

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # ISO/IEC 29500 Strict
)
_OFF = ("0", "false", "off")


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element | None, name: str = "val") -> str | None:
    """An attribute of Word's namespace; None if there is none, or no element."""
    if element is None:
        return None
    for namespace in _NAMESPACES:
        if (value := element.get(f"{{{namespace}}}{name}")) is not None:
            return str(value)
    return None


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute that is an integer; None if it is missing or none."""
    try:
        return int(attribute(element, name) or "")
    except ValueError:
        return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first child with the first name, in it the first with the second, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children with a name."""
    if element is not None:
        yield from (one for one in element if local(one) == name)


def switched(properties: Element | None, name: str) -> bool | None:
    """A property that is on or off, such as hidden text; None where nothing is said of it."""
    found = child(properties, name)
    if found is None:
        return None
    return (attribute(found) or "1") not in _OFF


def alternative(element: Element) -> Element | None:
    """What to read of <mc:AlternateContent>: its first choice, else its fallback."""
    found = child(element, "Choice")
    return found if found is not None else child(element, "Fallback")
