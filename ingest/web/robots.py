"""What a site wants read: robots.txt as RFC 9309 has it.

The standard library's parser knows neither `*` and `$` in paths nor the rule that the longest
match decides, both of which the sites of public bodies rely on.
"""

from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

AGENT = "Wence"
MAX_BYTES = 512_000
"""RFC 9309, 2.5, asks for at least 500 kibibytes."""

_SAFE = "/*$?&=:;,@!'()+~#[]"


@dataclass(frozen=True, slots=True)
class Rule:
    """A path that is allowed or not; `*` stands for anything, a final `$` for the end."""

    allows: bool
    path: str


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for this program, in the order of the file."""

    rules: tuple[Rule, ...] = ()

    def allows(self, target: str) -> bool:
        """Whether a path with its query may be read: by the longest rule, or any if none fits.

        >>> parse("User-agent: *\\nDisallow: /a/\\nAllow: /a/*.html$").allows("/a/b.html")
        True
        """
        target = _spelled(target)
        found = [rule for rule in self.rules if _matches(rule.path, target)]
        best = max(found, key=lambda rule: (len(rule.path), rule.allows), default=None)
        return best is None or best.allows


def parse(text: str, agent: str = AGENT) -> Robots:
    """The rules for `agent`: those of its own groups together, else those for `*`."""
    own: list[Rule] = []
    others: list[Rule] = []
    named = False  # whether any group is for the agent, even one without rules
    into: list[list[Rule]] = []
    in_names = False
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if not in_names:
                into, in_names = [], True
            if _token(value) == agent.lower():
                named = True
                into.append(own)
            elif value == "*":
                into.append(others)
        elif key in ("allow", "disallow"):
            in_names = False
            if value.startswith(("/", "*")):  # an empty Disallow forbids nothing
                for rules in into:
                    rules.append(Rule(key == "allow", _spelled(value)))
    return Robots(tuple(own if named else others))


def _token(value: str) -> str:
    """The name in "Wence/1.0", in lower case."""
    return value.split("/")[0].strip().lower()


def _spelled(path: str) -> str:
    """One spelling of percent-encodings and of characters beyond ASCII."""
    return quote(unquote_to_bytes(path), safe=_SAFE)


def _matches(rule: str, target: str) -> bool:
    """Whether a rule's path fits; in linear time, since the file may be anybody's."""
    anchored = rule.endswith("$")
    first, *parts = (rule[:-1] if anchored else rule).split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    if not parts:
        return not anchored or at == len(target)
    last = parts.pop() if anchored else ""
    for part in parts:
        found = target.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(target) - len(last) >= at and target.endswith(last)
