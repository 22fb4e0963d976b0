"""Reads the options of a magic's line and leaves the rest of the line as it is; it knows no magic."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from dockyard.errors import UsageError
from dockyard.i18n import gettext as _

_OPTION = re.compile(r"\s*(?P<name>--?[a-z]+)(?:=(?P<value>\S*))?(?=\s|$)")
_WORD = re.compile(r"\s+(?P<value>[^\s-]\S*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A magic's line.

    Attributes:
        flags: the options without a value that were given.
        values: the options with one.
        rest: what follows them, unchanged: quotes, variables and braces are for bash.
    """

    flags: Collection[str] = field(default_factory=frozenset)
    values: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""


def parse(line: str, *, flags: Collection[str] = (), values: Collection[str] = ()) -> Line:
    """Return a magic's line in its parts. Options end at the first word that is none, or at ``--``.

    Args:
        line: what follows the magic's name.
        flags: the options without a value, such as "--world".
        values: the options with one, which follows after a blank or an equals sign.

    Raises:
        UsageError: an option is unknown, or its value is missing.
    """
    given: set[str] = set()
    said: dict[str, str] = {}
    while (found := _OPTION.match(line)) is not None:
        name, value = found["name"], found["value"]
        end = found.end()
        if name in values and value is None:
            word = _WORD.match(line, end)
            if word is None:
                raise UsageError(_("{option} needs a value.").format(option=name), f"{name} ...")
            value, end = word["value"], word.end()
        if name in values and value is not None:
            said[name] = value
        elif name in flags and value is None:
            given.add(name)
        else:
            known = " ".join(sorted([*flags, *values]))
            raise UsageError(
                _("There is no option {option}.").format(option=name),
                _("These there are: {options}").format(options=known),
            )
        line = line[end:]
    rest = line.strip()
    return Line(frozenset(given), said, rest.removeprefix("-- ").lstrip() if rest.startswith("-- ") else rest)
