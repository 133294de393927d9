"""Messages by people who had not seen the rules; what the first twelve showed was mended since.

Fictional throughout. The first readings, before any mending, stand in docs/privacy-screen.md.
"""

from pathlib import Path

import pytest

from tests.core.privacy.test_names import KILOBYTES, Message, found, meets, read

TEXTS = Path(__file__).parent / "texts" / "by_others"


def messages(name: str) -> list[Message]:
    parts = (TEXTS / name).read_text(encoding="utf-8").split("\n---\n")
    return [read(part.strip()) for part in parts]


# Each set: its file, how many names and structured details it holds, and what must be found: the
# least share of names, and how many structured details may be missed.
SETS = [
    ("messages.txt", (151, 84), 0.93, 0),
    ("messages_2.txt", (114, 110), 0.95, 0),
    ("messages_3.txt", (159, 236), 0.94, 0),
    ("messages_4.txt", (165, 209), 0.92, 0),
    ("messages_5.txt", (148, 210), 0.87, 0),
    ("messages_6.txt", (135, 200), 0.96, 0),
    ("messages_7.txt", (148, 207), 0.91, 0),
    ("messages_8.txt", (148, 199), 0.91, 0),
    ("messages_9.txt", (133, 194), 0.97, 0),
    ("messages_10.txt", (132, 184), 0.98, 0),
    ("messages_11.txt", (127, 179), 0.98, 0),
    ("messages_12.txt", (134, 192), 0.98, 0),
    # As they were first read: nothing was mended after them.
    ("messages_13.txt", (130, 179), 0.90, 1),
    ("messages_14.txt", (133, 185), 0.90, 3),
]


@pytest.mark.parametrize(("name", "counts", "names_at_least", "missed"), SETS)
def test_what_others_wrote_is_found_as_often_as_was_promised(
    name: str, counts: tuple[int, int], names_at_least: float, missed: int
) -> None:
    hits: dict[bool, list[bool]] = {True: [], False: []}
    for message in messages(name):
        findings = found(message)
        for span in message.spans:
            hits[span[0] == "name"].append(meets(span, findings))
    names, structured = hits[True], hits[False]
    assert (len(names), len(structured)) == counts
    assert sum(names) / len(names) >= names_at_least, f"names {sum(names)} of {len(names)}"
    assert structured.count(False) <= missed, f"{sum(structured)} of {len(structured)}"


@pytest.mark.parametrize("name", [each[0] for each in SETS])
def test_what_others_wrote_has_few_false_alarms(name: str) -> None:
    texts = messages(name)
    size = sum(len(message.text) for message in texts)
    alarms = sum(
        not any(start < end_ and start_ < end for _kind, start_, end_ in message.spans)
        for message in texts
        for start, end in found(message)
    )
    assert alarms * KILOBYTES / size <= 2, f"{alarms} in {size} characters"
