"""tables.py FOLDER…: openpyxl and Python's csv read every table, and find in each cell what its JSON says."""

import csv
import datetime
import io
import json
import sys
from decimal import Decimal, InvalidOperation

import openpyxl

from found import Found, files

FOUND = Found("tables")
# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXTS = ("text", "id", "word", "bool")
YES = {"zh-CN": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}
LONGEST = 32767


def cut(text):
    """The part of a text that fits into a cell of a workbook."""
    units = text.encode("utf-16-le")
    if len(units) // 2 <= LONGEST:
        return text
    return None


def words(table, column):
    """What people read for a code."""
    return next(c for c in table["columns"] if c["key"] == column["key"]).get("words", {})


def expected(table, column, value):
    """The text that stands for a value of the JSON in the other formats."""
    if value is None:
        return None
    if column["kind"] == "bool":
        return YES[table["lang"]][value]
    return words(table, column).get(value) if column["kind"] == "word" else value


def digits(number):
    """Digits that say something."""
    return len(str(number).replace("-", "").replace(".", "").strip("0"))


def same_number(cell, text):
    """A number of the workbook that is the one of the JSON, shown with all its decimals."""
    try:
        decimals = len(text.partition(".")[2])
        shown = len(cell.number_format.partition(".")[2])
        return Decimal(repr(cell.value)) == Decimal(text) and shown == decimals and ";" not in cell.number_format
    except InvalidOperation:
        return False


def same_cell(cell, table, column, value):
    """Type and value of a cell of the workbook."""
    kind, wanted = column["kind"], expected(table, column, value)
    if wanted is None:
        return cell.value is None
    if kind in TEXTS:
        whole = cut(wanted)
        if whole is None:
            got = cell.value
            return len(got.encode("utf-16-le")) // 2 <= LONGEST and got[-1] == "…" and wanted.startswith(got[:-1])
        typed = kind != "id" or cell.number_format == "@"
        return type(cell.value) is str and cell.value == whole and typed
    if kind in ("amount", "number"):
        if digits(wanted) > 15:
            return cell.value == wanted
        return type(cell.value) in (int, float) and same_number(cell, wanted)
    day = cell.value
    return (
        isinstance(day, datetime.datetime)
        and day.isoformat() == f"{wanted}T00:00:00"
        and cell.number_format == "yyyy-mm-dd"
    )


def workbook(path, table):
    """The sheets."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        formulas = [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type in ("f", "e")]
        FOUND.check(not formulas, path, lambda: f"{sheet.title} has formulas or errors: {formulas[:5]}")
        FOUND.check(not sheet._hyperlinks, path, lambda: f"{sheet.title} has links")
    FOUND.check(len(book.worksheets) == 2, path, "not two sheets")
    data, about = book.worksheets
    columns, rows = table["columns"], table["rows"]
    first = [c.value for c in data[1]]
    titles = [c["title"] for c in columns]
    FOUND.check(first == titles, path, lambda: f"headings {first} instead of {titles}")
    FOUND.check(all(c.font.bold for c in data[1]), path, "a heading is not bold")
    FOUND.check(data.freeze_panes in ("A2", "B2"), path, lambda: f"frozen at {data.freeze_panes}")
    last = f"{openpyxl.utils.get_column_letter(len(columns))}{len(rows) + 1}"
    FOUND.check(data.auto_filter.ref == f"A1:{last}", path, lambda: f"filter of {data.auto_filter.ref}")
    FOUND.check(data.max_row == len(rows) + 1, path, lambda: f"{data.max_row - 1} rows instead of {len(rows)}")
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(columns, 1):
            cell, value = data.cell(number, at), row[column["key"]]
            FOUND.check(
                same_cell(cell, table, column, value),
                f"{path} {cell.coordinate} {column['key']}",
                lambda: f"{cell.value!r} ({cell.number_format}) instead of {value!r}"[:300],
            )
    told = {about.cell(r, 1).value: about.cell(r, 2).value for r in range(1, about.max_row + 1)}
    FOUND.check(table["as_of"] in told.values(), path, "the second sheet does not say as of when")
    for column in columns:
        FOUND.check(
            told.get(column["title"]) == column["note"], path, lambda: f"{column['key']} is not explained"
        )
    created = book.properties.created.date().isoformat()
    FOUND.check(created == table["as_of"], path, lambda: f"created on {created}")


def undo(text):
    """One apostrophe in front says "text"; without it stands the value."""
    return text[1:] if text.startswith("'") else text


def spreadsheet(path, table):
    """The CSV."""
    raw = path.read_bytes()
    FOUND.check(raw.startswith(b"\xef\xbb\xbf"), path, "no byte order mark")
    text = raw.decode("utf-8-sig")
    FOUND.check(text.endswith("\r\n"), path, "the last line has no end")
    head, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns, rows = table["columns"], table["rows"]
    titles = [c["title"] for c in columns]
    FOUND.check([undo(h) for h in head] == titles, path, lambda: f"headings {head} instead of {titles}")
    FOUND.check(len(lines) == len(rows), path, lambda: f"{len(lines)} rows instead of {len(rows)}")
    for number, (line, row) in enumerate(zip(lines, rows), 2):
        for got, column in zip(line, columns, strict=True):
            kind, value = column["kind"], row[column["key"]]
            wanted = expected(table, column, value)
            where = f"{path}:{number} {column['key']}"
            FOUND.check(undo(got) == (wanted or ""), where, lambda: f"{got!r} instead of {wanted!r}"[:300])
            if kind in TEXTS:
                FOUND.check(not got.startswith(FORMULA), where, lambda: f"{got!r} is a formula"[:300])
                long = got.isdigit() and (len(got) > 11 or (len(got) > 1 and got[0] == "0"))
                FOUND.check(not long, where, lambda: f"{got!r} would come back changed")
            else:
                short = kind not in ("amount", "number") or digits(got) <= 15
                FOUND.check(got.startswith("'") is not short or not got, where, lambda: f"{got!r} is no number")


def document(path):
    """The JSON, as the others are compared with it."""
    table = json.loads(path.read_text("utf-8"))
    keys = [c["key"] for c in table["columns"]]
    FOUND.check(len(set(keys)) == len(keys), path, "a key stands twice")
    datetime.date.fromisoformat(table["as_of"])
    name, _, version = table["schema"].partition("/")
    FOUND.check(name and version.isdigit(), path, lambda: f"schema {table['schema']}")
    for row in table["rows"]:
        FOUND.check(list(row) == keys, path, "a row has other keys than the columns")
        for column in table["columns"]:
            value, typed = row[column["key"]], bool if column["kind"] == "bool" else str
            FOUND.check(value is None or type(value) is typed, path, lambda: f"{column['key']} is {value!r}")
    return table


for xlsx in files(sys.argv[1:], ".xlsx"):
    FOUND.files += 1
    others = xlsx.with_suffix(".json"), xlsx.with_suffix(".csv")
    if FOUND.check(all(o.is_file() for o in others), xlsx, "no CSV or JSON beside it"):
        told = document(others[0])
        workbook(xlsx, told)
        spreadsheet(others[1], told)
for path in files(sys.argv[1:], ".csv"):
    FOUND.check(path.with_suffix(".xlsx").is_file(), path, "no workbook beside it")
FOUND.end(needed=True)
