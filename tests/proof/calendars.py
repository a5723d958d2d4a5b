"""calendars.py FOLDER…: python-icalendar reads every calendar. `x.ics.json` beside one says what it has to find."""

import datetime
import json
import sys
from pathlib import Path

import icalendar

from found import Found, files

FOUND = Found("calendars")


def moment(value):
    """A day or a moment as the JSON writes it."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat()
    return value.isoformat()


def categories(event):
    """All of them, in order."""
    found = event.get("CATEGORIES", [])
    return [str(c) for group in (found if isinstance(found, list) else [found]) for c in group.cats]


def tell(event):
    """What the JSON says of an event."""
    return {
        "uid": str(event["UID"]),
        "start": moment(event["DTSTART"].dt),
        "summary": str(event["SUMMARY"]),
        "description": str(event.get("DESCRIPTION", "")),
        "url": str(event.get("URL", "")),
        "categories": categories(event),
        "alarms": [int(a["TRIGGER"].dt.total_seconds() // 60) for a in event.walk("VALARM")],
    }


def bytes_of(path):
    """Lines end in CRLF and have no more than 75 octets, and no character is cut in two."""
    raw = path.read_bytes()
    lines = raw.split(b"\r\n")
    FOUND.check(lines.pop() == b"", path, "the last line has no end")
    FOUND.check(not any(b"\n" in line or b"\r" in line for line in lines), path, "a bare line break")
    for line in lines:
        FOUND.check(len(line) <= 75, path, lambda: f"{len(line)} octets: {line!r}")
        line.decode("utf-8")
    return raw


def read(path):
    """One calendar."""
    calendar = icalendar.Calendar.from_ical(bytes_of(path))
    FOUND.check(calendar["METHOD"] == "PUBLISH", path, "METHOD")
    FOUND.check(str(calendar["VERSION"]) == "2.0" and "PRODID" in calendar, path, "VERSION or PRODID")
    FOUND.check(bool(calendar.get("X-WR-CALNAME")), path, "no name")
    events = calendar.walk("VEVENT")
    FOUND.check(len(events) > 0, path, "no events")
    FOUND.check(len(events) == len(calendar.subcomponents), path, "something that is no event")
    uids = [str(e["UID"]) for e in events]
    FOUND.check(len(set(uids)) == len(uids), path, "a UID stands twice")
    stamps = {e["DTSTAMP"].dt for e in events}
    FOUND.check(len(stamps) == 1, path, lambda: f"stamped with a clock: {sorted(stamps)[:3]}")
    known = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "CATEGORIES", "TRANSP", "STATUS"}
    for event in events:
        FOUND.check(not event.errors, path, lambda: str(event.errors))
        FOUND.check(set(event) <= known, path, lambda: f"properties {set(event) - known}")
        start, end = event["DTSTART"].dt, event.get("DTEND")
        if isinstance(start, datetime.datetime):
            FOUND.check(start.utcoffset() == datetime.timedelta(0), path, "a moment is not in UTC")
        else:
            FOUND.check(end.dt - start == datetime.timedelta(1), path, "a day does not end on the next")
        for alarm in event.walk("VALARM"):
            FOUND.check(set(alarm) <= {"ACTION", "TRIGGER", "DESCRIPTION", "UID"}, path, lambda: f"alarm {dict(alarm)}")
    beside = Path(f"{path}.json")
    if beside.is_file():
        for event, told in zip(events, json.loads(beside.read_text("utf-8")), strict=True):
            got = tell(event)
            for key, value in told.items():
                FOUND.check(got[key] == value, path, lambda: f"{key}: {got[key]!r} instead of {value!r}"[:300])


for ics in files(sys.argv[1:], ".ics"):
    FOUND.files += 1
    read(ics)
FOUND.end(needed=False)
