"""The catalogue as it is read: a line an entry, the closing counts, and rows for other programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from sim.studies.validate.entry import GROUPS, Checked

MARKS = {"holds": "ok", "fails": "FAIL", "left out": "-"}
SHOWN = 4
"""Most numbers of an entry that a line shows; the rows for other programs have them all."""

TITLES = {"exact": "exact results", "laws": "laws", "facts": "patterns of past wars", "votes": "patterns of past votes"}


def as_line(checked: Checked) -> str:
    """One entry as one line: mark, number, name, expected, found, tolerance or band, source, remark."""
    entry = checked.entry
    head = f"{MARKS[checked.verdict]:<4} {entry.number:<5} {entry.name}"
    if checked.verdict == "left out":
        return f"{head}: left out, {entry.remark or 'nothing in the program gives it'}"
    said = [f"expected {_expected(checked)}", f"found {_found(checked)}", _tolerance(checked)]
    rest = [text for text in (*said, entry.source if entry.source != "words" else "", entry.remark) if text]
    return f"{head}: {'; '.join(rest)}"


def _expected(checked: Checked) -> str:
    if checked.band is None:
        return _numbers(checked.entry.expected)
    low, high = checked.band
    if math.isinf(high):
        return "above 0"
    return f"{_number(low)} to {_number(high)}"


def _found(checked: Checked) -> str:
    found = _numbers(checked.found)
    if checked.interval is None:
        return found
    low, high = checked.interval
    return f"{found} ({_number(low)} to {_number(high)})"


def _tolerance(checked: Checked) -> str:
    if checked.band is not None and checked.interval is not None:
        low, high = checked.interval
        if checked.verdict == "fails":
            reaches = low <= checked.band[1] and high >= checked.band[0]
            return "band, into which the interval reaches" if reaches else "band"
        inside = low >= checked.band[0] and high <= checked.band[1]
        return "band" if inside else "band, out of which the interval reaches"
    return f"tolerance {checked.entry.tolerance:g}"


def _numbers(numbers: Sequence[float]) -> str:
    shown = " ".join(_number(number) for number in numbers[:SHOWN])
    return shown if len(numbers) <= SHOWN else f"{shown} ... ({len(numbers)} numbers)"


def _number(number: float) -> str:
    return f"{number:.7g}" if abs(number) >= 1e-12 or number == 0 else "0"


def closing(entries: Iterable[Checked]) -> list[str]:
    """The counts at the end, a line a group that was gone through."""
    lines, every = [], list(entries)
    for group in GROUPS:
        own = [checked for checked in every if checked.entry.group == group]
        if own:
            count = {verdict: sum(one.verdict == verdict for one in own) for verdict in MARKS}
            verdicts = ", ".join(f"{number} {verdict}" for verdict, number in count.items())
            lines.append(f"{TITLES[group]}: {len(own)} entries, {verdicts}")
            failed = [_short(one) for one in own if one.verdict == "fails"]
            lines += [f"  fails: {', '.join(failed)}"] if failed else []
    return lines


def _short(checked: Checked) -> str:
    """Number of an entry, with the scenario where it was held against one."""
    world = checked.entry.name.partition(":")[0] if checked.entry.group == "facts" else ""
    return f"{checked.entry.number} {world}".strip()


def rows(entries: Iterable[Checked]) -> list[dict[str, Any]]:
    """Every entry with all its numbers, for other programs; what is infinite or missing is None."""
    return [
        {
            "group": one.entry.group,
            "number": one.entry.number,
            "name": one.entry.name,
            "verdict": one.verdict,
            "expected": list(one.entry.expected),
            "found": [_plain(number) for number in one.found],
            "tolerance": one.entry.tolerance,
            "interval": None if one.interval is None else [_plain(end) for end in one.interval],
            "band": None if one.band is None else [_plain(end) for end in one.band],
            "source": one.entry.source,
            "label": one.entry.label,
            "remark": one.entry.remark,
        }
        for one in entries
    ]


def _plain(number: float) -> float | None:
    return number if math.isfinite(number) else None


def as_json(entries: Iterable[Checked]) -> str:
    """All entries as a JSON list."""
    return json.dumps(rows(entries), indent=1, ensure_ascii=False)


def as_csv(entries: Iterable[Checked]) -> str:
    """All entries as CSV; lists of numbers are joined by spaces."""
    table = rows(entries)
    text = io.StringIO()
    writer = csv.DictWriter(text, table[0].keys() if table else [], lineterminator="\n")
    writer.writeheader()
    for row in table:
        writer.writerow({key: _cell(value) for key, value in row.items()})
    return text.getvalue().rstrip("\n")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join("" if number is None else repr(number) for number in value)
    return value
