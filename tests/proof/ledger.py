"""ledger.py FOLDER…: Beancount and hledger read the ledgers, find no fault, and hold what gendan's sums say.

In each folder stand `hledger.journal`, `beancount.beancount`, `balances.json` and the tables of receivables and
payables. Compared are what each order holds, by customer and currency, and by currency. gendan's sums are turned
into what accounts must hold here, from their meaning and apart from the code that books.
"""

import json
import pathlib
import re
import subprocess
import sys
from decimal import Decimal

from beancount import loader
from beancount.core import data as directives

from found import Found, files

FOUND = Found("ledgers")
OF_CUSTOMER = ("Assets:Receivable", "Liabilities:Customers", "Liabilities:Unallocated")
OF_SUPPLIER = ("Liabilities:Payable", "Assets:Advances")
# Credits that lower what is due, and their accounts.
LOWERING = ("credit-note", "discount", "write-off")
CREDITS = ("Income:Credit-Notes", "Income:Discounts", "Expenses:Write-Off")


def part(text, order):
    """The id that a part of an account's name stands for."""
    first = re.match(r"X([0-9a-f]+)-", text)
    if first:
        head, rest = chr(int(first[1], 16)), text[first.end() :]
    else:
        head, rest = text[:1] if order else text[:1].lower(), text[1:]
    read = head + re.sub(r"-x([0-9a-f]+)-", lambda m: chr(int(m[1], 16)), rest)
    return read.replace("\0", "")


class Held(dict):
    """Sums by key; what is zero is not there."""

    def add(self, key, amount):
        amount = self.get(key, Decimal(0)) + amount
        if amount:
            self[key] = amount
        else:
            self.pop(key, None)


def keyed(account):
    """(kind, customer or supplier, order) of the accounts of an order."""
    head, names = ":".join(account.split(":")[:2]), account.split(":")[2:]
    if head in OF_CUSTOMER + OF_SUPPLIER and len(names) == 2:
        return head, part(names[0], False), part(names[1], True)
    return None


class Order:
    """The sums of one order, as gendan says them."""

    def __init__(self, document):
        self.__dict__.update(document)
        self.currency = self.currency or "XXX"
        self.customer = self.customer or ""
        for key in ("received", "charges", "credited", "refunded", "forfeited", "short", "over"):
            setattr(self, key, Decimal(getattr(self, key)))
        self.live = self.binding and not self.cancelled
        self.total = None if self.total is None else Decimal(self.total)
        self.open = Decimal(self.open or 0)
        # Without a schedule everything in its own currency counts against the whole.
        self.direct = not self.scheduled and self.total is not None and (self.live or self.cancelled)
        if self.direct and self.live and self.state == "paid-in-full":
            self.short += max(self.open, Decimal(0))

    def receivable(self):
        """What the buyer owes; what settled instalments are short nobody asks for, a credit balance is not netted."""
        return self.open + self.over - self.short if self.live and self.total is not None else Decimal(0)

    def noted(self):
        """Records set against nothing: (kind, amount, currency, counted)."""
        for record in self.unallocated:
            if record["reason"] not in ("over", "future", "no-date") and record["kind"]:
                currency = record["currency"] or self.currency
                yield record["kind"], Decimal(record["amount"]), currency, record["counted"]

    def aside(self):
        """What of them stands apart: (amount in the buyer's favour, currency)."""
        for kind, amount, currency, counted in self.noted():
            lowers = kind in LOWERING
            if not counted:
                # Money out, and income, are against what would be the buyer's.
                yield (-amount if kind in ("refund", "forfeit") else amount), currency
            elif not self.direct and (self.live or not lowers):
                yield amount, currency
        if not self.cancelled:
            # Nothing was there to be kept.
            yield -self.forfeited, self.currency

    def credit_balance(self):
        """What we owe the buyer."""
        if self.live:
            return self.over
        counted = (n for kind, n, _, c in self.noted() if c and kind not in LOWERING and not self.direct)
        kept = self.forfeited if self.cancelled else 0
        return self.received - self.refunded - kept - sum(counted)

    def loose(self, kinds):
        """Of some kinds, what counts nowhere: (amount, currency)."""
        return [(n, currency) for kind, n, currency, counted in self.noted() if kind in kinds and not counted]


def wanted(path):
    """What the accounts of orders must hold, other accounts, and each order's own movements."""
    document = json.loads(path.read_text("utf-8"))
    FOUND.check(document["schema"] == "balances/1", path, "another schema")
    held, flat, moved = Held(), Held(), Held()
    for order in map(Order, document["orders"]):
        own, name = order.currency, order.order
        held.add(("Assets:Receivable", order.customer, name, own), order.receivable())
        held.add(("Liabilities:Customers", order.customer, name, own), -order.credit_balance())
        for amount, currency in order.aside():
            held.add(("Liabilities:Unallocated", order.customer, name, currency), -amount)
        for creditor in order.creditors:
            key = (creditor["to"], name, creditor["currency"])
            held.add(("Liabilities:Payable", *key), -Decimal(creditor["open"]))
            held.add(("Assets:Advances", *key), Decimal(creditor["ahead"]))
        flat.add(("Income:Forfeits", own), -order.forfeited)
        flat.add(("credits", own), order.credited)
        for amount, currency in order.loose(["forfeit"]):
            flat.add(("Income:Forfeits", currency), -amount)
        for amount, currency in order.loose(LOWERING):
            flat.add(("credits", currency), amount)
        if order.live:
            flat.add(("Expenses:Bank-Charges:Difference", own), order.short)
        back = sum(amount for amount, currency in order.loose(["refund"]) if currency == own)
        moved.add(("paid", name, own), order.received - order.refunded - back)
        moved.add(("charges", name, own), order.charges)
    orders = {o["order"]: o["currency"] or "XXX" for o in document["orders"]}
    return document["as_of"], orders, held, flat, moved

def from_beancount(path, orders):
    """Accounts of orders, other accounts, everything by currency, and each order's own movements."""
    entries, errors, options = loader.load_file(str(path))
    for error in errors:
        FOUND.problems.append(f"{path}: {error.source and error.source.get('lineno')}: {error.message}")
    held, flat, everything, moved = Held(), Held(), Held(), Held()
    for entry in (e for e in entries if isinstance(e, directives.Transaction)):
        order, buyer = entry.meta["order"], entry.meta.get("customer", "")
        FOUND.check(re.search(r"\.toml(:\d+)?$", entry.meta["source"]), path, lambda: f"{order}: no source")
        with_buyer = "supplier" not in entry.meta and any(p.account.startswith("Assets:Bank:") for p in entry.postings)
        for posting in entry.postings:
            account, number, currency = posting.account, posting.units.number, posting.units.currency
            everything.add((currency,), number)
            key = keyed(account)
            if key:
                held.add((*key, currency), number)
                # Money that is set against no bill may say of nobody.
                who = (entry.meta.get("supplier", ""), "") if key[0] in OF_SUPPLIER else (buyer,)
                FOUND.check(key[1] in who and key[2] == order, path, lambda: f"{account} is not of {who} {order}")
            else:
                flat.add((account, currency), number)
            # The other side of a conversion is another currency.
            if with_buyer and currency == orders[order]:
                if account.startswith(("Assets:Bank:", "Expenses:Bank-Charges", "Equity:Conversion")):
                    moved.add(("paid", order, currency), number)
                if account == "Expenses:Bank-Charges":
                    moved.add(("charges", order, currency), number)
    dates = [e.date for e in entries if isinstance(e, directives.Transaction)]
    asserted = sum(isinstance(e, directives.Balance) for e in entries)
    FOUND.check(asserted or not dates, path, "asserts nothing")
    FOUND.check(options["operating_currency"] and options["title"], path, "no title or operating currency")
    return held, flat, everything, moved, dates


def hledger(path, *args):
    """What hledger prints; a failure is a problem."""
    done = subprocess.run(["hledger", "-f", str(path), *args], capture_output=True, text=True, check=False)
    FOUND.check(done.returncode == 0, path, lambda: f"hledger {' '.join(args)}: {done.stderr[:2000]}")
    return done.stdout


def from_hledger(path):
    """Accounts of orders, other accounts, everything by currency."""
    hledger(path, "check", "--strict", "ordereddates")
    held, flat, everything = Held(), Held(), Held()
    printed = hledger(path, "balance", "--flat", "--empty", "--no-elide", "-O", "json")
    rows, _totals = json.loads(printed) if printed else ([], [])
    for account, _name, _indent, amounts in rows:
        for amount in amounts:
            quantity = amount["aquantity"]
            number = Decimal(quantity["decimalMantissa"]).scaleb(-quantity["decimalPlaces"])
            currency, key = amount["acommodity"], keyed(account)
            everything.add((currency,), number)
            if key:
                held.add((*key, currency), number)
            else:
                flat.add((account, currency), number)
    return held, flat, everything


def same(where, got, expected, what):
    """Two sums, key by key, in both directions."""
    for key in sorted(set(got) | set(expected)):
        a, b = got.get(key, Decimal(0)), expected.get(key, Decimal(0))
        FOUND.check(a == b, where, lambda: f"{what} {' '.join(key)}: holds {a}, gendan says {b}")


def grouped(held, *at):
    """The same sums over some of the keys."""
    fewer = Held()
    for key, amount in held.items():
        fewer.add(tuple(key[i] for i in at), amount)
    return fewer


def sums_of(flat):
    """Of the other accounts, those that gendan has sums of; the kinds of credits together."""
    sums = Held()
    for (account, currency), amount in flat.items():
        if account in CREDITS:
            sums.add(("credits", currency), amount)
        elif account in ("Income:Forfeits", "Expenses:Bank-Charges:Difference"):
            sums.add((account, currency), amount)
    return sums


def compare(where, held, flat, everything, expected, expected_flat):
    """One program's ledger with gendan's sums."""
    same(where, held, expected, "order:")
    same(where, grouped(held, 0, 1, 3), grouped(expected, 0, 1, 3), "customer or supplier:")
    same(where, grouped(held, 0, 3), grouped(expected, 0, 3), "currency:")
    same(where, sums_of(flat), expected_flat, "account:")
    FOUND.check(not everything, where, lambda: f"does not add up to nothing: {dict(everything)}")


def rows(path):
    """The rows of a table that people download."""
    return json.loads(path.read_text("utf-8"))["rows"]


def tables(folder, held):
    """What finance sees on the pages is what the ledger holds."""
    path = folder / "receivables.json"
    owed = Held()
    for row in rows(path):
        owed.add((row["customer"] or "", row["order"], row["currency"] or "XXX"), Decimal(row["open"]))
    # What the buyer has in his favour is no receivable.
    mine = {k[1:]: v for k, v in held.items() if k[0] == "Assets:Receivable" and v > 0}
    same(path, owed, mine, "what the buyer owes:")
    path = folder / "payables.json"
    open_, ahead = Held(), Held()
    for row in rows(path):
        key = (row["party"] or "", row["order"], row["currency"] or "XXX")
        if row["row"] == "bill":
            open_.add(key, -Decimal(row["open"]))
        elif row["row"] == "payment" and row["date"]:
            # One without a day is shown and in no ledger: nobody knows that it was made.
            ahead.add(key, Decimal(row["amount"]))
    same(path, open_, {k[1:]: v for k, v in held.items() if k[0] == "Liabilities:Payable"}, "bills:")
    same(path, ahead, {k[1:]: v for k, v in held.items() if k[0] == "Assets:Advances"}, "paid without a bill:")


def of_folder(folder):
    """The files of a folder."""
    as_of, orders, expected, expected_flat, expected_moves = wanted(folder / "balances.json")
    ledger, journal = folder / "beancount.beancount", folder / "hledger.journal"
    held, flat, everything, moved, dates = from_beancount(ledger, orders)
    compare(ledger, held, flat, everything, expected, expected_flat)
    tables(folder, held)
    same(ledger, moved, expected_moves, "order:")
    FOUND.check(all(day.isoformat() <= as_of for day in dates), ledger, "something is later than its day")
    other, other_flat, other_everything = from_hledger(journal)
    compare(journal, other, other_flat, other_everything, expected, expected_flat)
    # And the two with each other, in every account.
    same(journal, other_flat, flat, "as Beancount has it:")
    FOUND.files += 2


for found in files(sys.argv[1:], "balances.json"):
    of_folder(pathlib.Path(found).parent)
FOUND.end(needed=True)
