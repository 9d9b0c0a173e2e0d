"""How a cell of a spreadsheet is displayed: 2016-05-31, 12, 3.5, 20%.

Of the number formats those are followed that change what a number says: percentages, fixed decimals
and thousands.  All others display the plain number.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

Value = str | bool | int | float | datetime | date | time | timedelta

BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
"""The formats that files name by number only (ECMA-376, part 1, 18.8.30)."""

_FORMAT = re.compile(r"^(?P<thousands>#,##)?0(?:\.(?P<decimals>0{1,15}))?(?P<percent>%)?(?:_.)?$")


def displayed(value: Value, code: str = "") -> str:
    """A cell's value as the sheet shows it; `code` is its number format.

    >>> displayed(3.0), displayed(0.1 + 0.2), displayed(0.125, "0.0%"), displayed(1234, "#,##0.00")
    ('3', '0.3', '12.5%', '1,234.00')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, _FORMAT.match(code.split(";")[0]))
    if isinstance(value, datetime):
        clock = value.time().replace(microsecond=0)
        return value.date().isoformat() + (f" {_clock(clock)}" if clock != time() else "")
    if isinstance(value, time):
        return _clock(value)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return value.isoformat()


def _number(value: float, form: re.Match[str] | None) -> str:
    exact = Decimal(f"{value:.15g}")  # as many digits as spreadsheets keep
    if not exact.is_finite():
        return ""
    if form is None:
        exact = exact.normalize()
        return f"{exact:f}" if -15 <= exact.adjusted() <= 20 else f"{value:.15g}"
    if form["percent"]:
        exact *= 100
    fixed = exact.quantize(Decimal(1).scaleb(-len(form["decimals"] or "")), ROUND_HALF_UP)
    return (
        f"{fixed:,f}" * bool(form["thousands"])
        + f"{fixed:f}" * (not form["thousands"])
        + (form["percent"] or "")
    )


def _clock(value: time) -> str:
    return value.strftime("%H:%M:%S" if value.second else "%H:%M")
