"""ledger_breaks.py FOLDER: ledger.py finds one wrong figure, wherever it stands.

Each case spoils a copy of the files in one place, so that nothing else gives it away: assertions are taken out
where they would, and both sides of a transaction are changed alike.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
NUMBER = r"-?\d+(?:\.\d+)?"


def silent(text):
    """Without assertions."""
    text = re.sub(r"^\S+ balance .*\n", "", text, flags=re.M)
    return re.sub(r"^(\s+\S+  0\S* \S+) = .*\n", r"\1\n", text, flags=re.M)


def receipt(text):
    """Where the first two-sided receipt of a buyer stands."""
    leg = rf" +Assets:Bank:\w+ +{NUMBER} \w+\n +Assets:Receivable:\S+ +{NUMBER} \w+\n"
    return re.search(leg, text)


def more(text, both):
    """One unit more on the first leg, or on both."""
    at = receipt(text)
    first, second = at[0].splitlines()
    plus = lambda line, by: re.sub(rf"({NUMBER}) (\w+)$", lambda m: f"{add(m[1], by)} {m[2]}", line)  # noqa: E731
    changed = plus(first, 1) + "\n" + (plus(second, -1) if both else second) + "\n"
    return text[: at.start()] + changed + text[at.end() :]


def add(number, by):
    whole, dot, rest = number.partition(".")
    return f"{int(whole) + by}{dot}{rest}"


def gone(text):
    """Without one receipt: a transaction that nobody booked."""
    at = receipt(text)
    start = text.rindex("\n\n", 0, at.start())
    return text[:start] + "\n" + text[at.end() :]


def elsewhere(text):
    """One receipt against another order of the same customer's."""
    at = receipt(text)
    order = re.search(r"Receivable:(\S+):(\S+)", at[0])
    other = next(m for m in re.finditer(r"Receivable:(\S+):(\S+)", text) if m[2] != order[2])
    return text[: at.start()] + at[0].replace(order[0], other[0]) + text[at.end() :]


def open_(text):
    document = json.loads(text)
    order = next(o for o in document["orders"] if o["binding"] and not o["cancelled"] and o["open"])
    order["open"] = add(order["open"], 1)
    return json.dumps(document)


def charges(text):
    document = json.loads(text)
    order = next(o for o in document["orders"] if o["charges"].strip("0."))
    order["charges"] = add(order["charges"], 1)
    return json.dumps(document)


def row(text):
    table = json.loads(text)
    table["rows"][0]["open"] = add(table["rows"][0]["open"], 1)
    return json.dumps(table)


BEANCOUNT, HLEDGER, SUMS = "beancount.beancount", "hledger.journal", "balances.json"
RECEIVABLES = "receivables.json"
CASES = [
    ("one leg, Beancount", [(BEANCOUNT, lambda t: more(t, False))]),
    ("one leg, hledger", [(HLEDGER, lambda t: more(t, False))]),
    ("an assertion, Beancount", [(BEANCOUNT, lambda t: more(t, True))]),
    ("an assertion, hledger", [(HLEDGER, lambda t: more(t, True))]),
    ("a figure, Beancount", [(BEANCOUNT, lambda t: more(silent(t), True))]),
    ("a figure, hledger", [(HLEDGER, lambda t: more(silent(t), True))]),
    ("a figure in both", [(BEANCOUNT, lambda t: more(silent(t), True)), (HLEDGER, lambda t: more(silent(t), True))]),
    ("a receipt left out of both", [(BEANCOUNT, lambda t: gone(silent(t))), (HLEDGER, lambda t: gone(silent(t)))]),
    ("another order in both", [(BEANCOUNT, lambda t: elsewhere(silent(t))), (HLEDGER, lambda t: elsewhere(silent(t)))]),
    ("what is open", [(SUMS, open_)]),
    ("what was charged", [(SUMS, charges)]),
    ("a row of receivables", [(RECEIVABLES, row)]),
]


def fails(folder):
    """ledger.py finds something; its last line says how much."""
    run = [sys.executable, str(HERE / "ledger.py"), str(folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    if done.stderr:
        print(done.stderr)
        return False
    return done.returncode == 1


def main(folder):
    if not receipt((folder / BEANCOUNT).read_text("utf-8")):
        print("no receipt to spoil")
        return 0
    bad = 0
    for name, changes in CASES:
        with tempfile.TemporaryDirectory() as copy:
            for file in (BEANCOUNT, HLEDGER, SUMS, RECEIVABLES, "payables.json"):
                shutil.copy(folder / file, copy)
            for file, change in changes:
                path = pathlib.Path(copy, file)
                before = path.read_text("utf-8")
                after = change(before)
                if after == before:
                    print(f"{name}: nothing was spoilt")
                    bad += 1
                path.write_text(after, "utf-8")
            if not fails(copy):
                print(f"{name}: not found")
                bad += 1
    print(f"{len(CASES)} spoilt ledgers, {bad} not found")
    return 1 if bad else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
