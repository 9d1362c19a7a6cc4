"""The door for YAML: what a scalar means, and what a hostile file cannot do."""

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.faults import InputFault
from sim.scenario.yaml_door import MOST_ALIASES, MOST_BYTES, MOST_DEPTH, MOST_NODES, read_mapping, read_value

BILLION_LAUGHS = b"a0: &a0 [ha, ha]\n" + b"".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n".encode() for n in range(1, 10)
)
DEEP_ALIASES = b"a0: &a0 [ha]\n" + b"".join(f"a{n}: &a{n} [*a{n - 1}]\n".encode() for n in range(1, 60))


def outcome(data: bytes) -> dict | InputFault:
    """What reading gives; anything else that is raised fails the test."""
    try:
        return read_mapping(data, "a.yaml")
    except InputFault as fault:
        return fault


def told(data: bytes) -> str:
    with pytest.raises(InputFault) as raised:
        read_mapping(data, "a.yaml")
    return "\n".join(map(str, raised.value.faults))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("tRUE", "tRUE"),
        ("1e-3", 0.001),
        ("1.", 1.0),
        (".5", 0.5),
        ("017", 17),
        ("0o17", 15),
        ("0x1F", 31),
        ("-4", -4),
        ("True", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("'5'", "5"),
        ("2030-02-28", datetime.date(2030, 2, 28)),
        ("'2030-02-28'", "2030-02-28"),
        ("{uniform: [0, .5]}", {"uniform": (0, 0.5)}),
        ("<<", "<<"),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(text, value):
    found = read_value(text, "here")
    assert found == value
    assert type(found) is type(value)


def test_lists_become_tuples_and_anchors_are_followed():
    assert read_mapping(b"a: &x [1, [2]]\nb: *x\n", "a.yaml") == {"a": (1, (2,)), "b": (1, (2,))}


def test_a_mark_at_the_beginning_and_windows_lines_are_no_fault():
    assert read_mapping(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "a.yaml") == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (BILLION_LAUGHS, f"line 6: at most {MOST_NODES:,} values are allowed in a file"),
        (DEEP_ALIASES, f"line 29: at most {MOST_DEPTH} levels of nesting are allowed"),
        (b"a: &a [*a]", "line 1: the alias *a stands inside itself"),
        (b"a: &x 1\nb: [" + b"*x," * 101, f"line 2: at most {MOST_ALIASES} aliases are allowed"),
        (b"a: " + b"[" * 100_000, f"line 1: at most {MOST_DEPTH} levels of nesting are allowed"),
        (b"a: " + b"{a: " * 100_000, f"line 1: at most {MOST_DEPTH} levels of nesting are allowed"),
        (b"a: [" + b"0," * MOST_NODES + b"]", f"line 1: at most {MOST_NODES:,} values are allowed in a file"),
        (b"#" * (MOST_BYTES + 1), f"file: {MOST_BYTES + 1:,} bytes; at most {MOST_BYTES:,} are allowed"),
        (b"a: " + b"9" * 10_000, "a number of at most 18 figures is allowed"),
        (b"a: 1e999", "line 1: a finite number is allowed, found 1e999"),
        (b"a: .NaN", "line 1: a finite number is allowed, found .NaN"),
        (b"a: 1\n\nb: \xff", "line 3: not UTF-8 text; save the file in UTF-8"),
        (b"a: \x00", "not YAML"),
        (b'a: "\\0"', "line 1: printable text is allowed, found the character U+0000"),
        (b'a: "\\ud800"', "U+D800"),
        (b"a: 1\nb: 2\na: 3", "line 3: a is written twice, first in line 1"),
        (b"1: a\n2030-01-01: b", "line 1: a key is a text, found 1; quotation marks make it one"),
        (b"a: !!set {b}", "line 1: no tags are allowed"),
        (b"a: !include /etc/passwd", 'line 1: no tags are allowed, found "!include"'),
        (b"a: [1, 2", "line 1"),
        (b"a: 2030-02-30", "line 1: no such day in the calendar, found 2030-02-30"),
        (b"- a", "line 1: a file is a mapping of keys to values, found a list of 1"),
        (b"", "line 1: a file is a mapping of keys to values, found nothing"),
        (b"a: 1\n--- \nb: 2", "line 2: one document is allowed, found a second one after ---"),
        (b"%YAML 1.1\n---\na: NO", "no % directives are allowed"),
        (b"%TAG ! tag:x,2000:\n---\na: 1", "no % directives are allowed"),
        (b"a: *b", "line 1: the alias *b has no anchor before it"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_in_words_and_quickly(data, sentence):
    start = time.process_time()
    assert sentence in told(data)
    assert time.process_time() - start < 10


def test_all_faults_of_one_file_are_told_together():
    assert told(b"a: .inf\nb: !x 1\nc: 1\nc: 2\n").count("line ") == 4


def test_very_many_faults_are_cut_short():
    assert told(b"".join(b"a: .inf\n" for _ in range(5000))).count("\n") <= 201


@given(st.binary(max_size=300))
def test_any_bytes_are_a_mapping_or_a_fault(data):
    read = outcome(data)
    assert isinstance(read, dict) or read.faults


@given(st.text(alphabet="{}[]:,-&*!|>'\"%@`?#~ \n\tab1.", max_size=60))
def test_any_punctuation_is_a_mapping_or_a_fault(text):
    read = outcome(text.encode())
    assert isinstance(read, dict) or read.faults
