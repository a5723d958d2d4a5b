"""ledger.py FOLDER…: Beancount and hledger read the ledgers, find no fault, and hold what gendan's sums say.

In each folder stand `hledger.journal`, `beancount.beancount` and `balances.json`. Compared are what each order holds, by
customer and currency, and by currency. gendan's sums are turned into what accounts must hold here, from their
meaning and apart from the code that books.
"""

import collections
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
# What an account is called, and what stands in it: positive where it is a claim, an asset or an expense.
OF_CUSTOMER = ("Assets:Receivable", "Liabilities:Customers", "Liabilities:Unallocated")
OF_SUPPLIER = ("Liabilities:Payable", "Assets:Advances")
LOWERING = ("credit-note", "discount", "write-off")


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


def wanted(path):
    """What the accounts must hold, from gendan's sums."""
    document = json.loads(path.read_text("utf-8"))
    FOUND.check(document["schema"] == "balances/1", path, "another schema")
    held, flat = Held(), Held()
    for order in document["orders"]:
        own, customer, name = order["currency"] or "XXX", order["customer"] or "", order["order"]
        n = lambda key: Decimal(order[key] or 0)  # noqa: E731

        def put(kind, amount, currency=own, who=customer):
            held.add((kind, who, name, currency), amount)

        live, void = order["binding"] and not order["cancelled"], order["cancelled"]
        direct = not order["scheduled"] and order["total"] is not None and (live or void)
        receivable = n("open") + n("over") - n("short") if live and order["total"] is not None else Decimal(0)
        put("Assets:Receivable", receivable)
        # What gendan could set against nothing, in the buyer's favour; without what was only noted.
        loose, kept = Decimal(0), Decimal(0)
        for record in order["unallocated"]:
            amount, kind = Decimal(record["amount"]), record["kind"]
            if record["reason"] in ("over", "future", "no-date") or not kind:
                continue
            currency = record["currency"] or own
            if record["counted"]:
                lowers = kind in LOWERING
                if not direct and (live or not lowers):
                    put("Liabilities:Unallocated", -amount, currency)
                if not direct and not lowers:
                    kept += amount
                continue
            out = kind in ("refund", "forfeit")
            put("Liabilities:Unallocated", amount if out else -amount, currency)
            if kind == "forfeit":
                flat.add(("Income:Forfeits", currency), -amount)
            if kind == "refund" and currency == own:
                loose += amount
            if kind in LOWERING:
                flat.add(("credits", currency), amount)
        if not void:
            put("Liabilities:Unallocated", n("forfeited"))
        if live:
            put("Liabilities:Customers", -n("over"))
        else:
            gone = n("refunded") + (n("forfeited") if void else 0)
            put("Liabilities:Customers", -(n("received") - gone - kept))
        for creditor in order["creditors"]:
            owed = Decimal(creditor["owed"])
            put("Liabilities:Payable", -max(owed, Decimal(0)), creditor["currency"], creditor["to"])
            put("Assets:Advances", -min(owed, Decimal(0)), creditor["currency"], creditor["to"])
        flat.add(("Income:Forfeits", own), -n("forfeited"))
        flat.add(("credits", own), n("credited"))
        if live:
            flat.add(("Expenses:Bank-Charges:Difference", own), n("short"))
        held.add(("through the bank", customer, name, own), n("received") - n("refunded") - loose)
        held.add(("charges", customer, name, own), n("charges"))
        held.add(("credits counted", customer, name, own), n("credited"))
    return document["as_of"], held, flat


CREDITS = ("Income:Credit-Notes", "Income:Discounts", "Expenses:Write-Off")


def from_beancount(path):
    """Accounts of orders, other accounts, and sums that only single transactions show."""
    entries, errors, options = loader.load_file(str(path))
    for error in errors:
        FOUND.problems.append(f"{path}: {error.source and error.source.get('lineno')}: {error.message}")
    held, flat, all_, dates = Held(), Held(), Held(), []
    moves = (e for e in entries if isinstance(e, directives.Transaction))
    for entry in moves:
        dates.append(entry.date)
        order, customer = entry.meta["order"], entry.meta.get("customer", "")
        ours = "supplier" not in entry.meta and entry.meta["source"].find(":") > 0
        for posting in entry.postings:
            number, currency = posting.units.number, posting.units.currency
            all_.add(currency, number)
            key = keyed(posting.account)
            if key:
                held.add((*key, currency), number)
                FOUND.check(key[2] == order, path, lambda: f"{posting.account} in a transaction of {order}")
                who = entry.meta.get("supplier", "") if key[0] in OF_SUPPLIER else customer
                FOUND.check(key[1] == who, path, lambda: f"{posting.account} does not stand for {who}")
            else:
                flat.add((posting.account, currency), number)
            if not is_payment(entry, ours):
                continue
            top = posting.account.rpartition(":")[0] if posting.account.startswith("Assets:Bank") else posting.account
            if top in ("Assets:Bank", "Expenses:Bank-Charges", "Equity:Conversion"):
                held.add(("through the bank", customer, order, currency), number)
            if top == "Expenses:Bank-Charges":
                held.add(("charges", customer, order, currency), number)
    balances = sum(isinstance(e, directives.Balance) for e in entries)
    FOUND.check(not dates or balances > 0, path, "asserts nothing")
    FOUND.check(options["operating_currency"] and options["title"], path, "no title or operating currency")
    return held, flat, all_, dates


def is_payment(entry, ours):
    """A transaction with the buyer that went through the bank."""
    return ours and any(p.account.startswith("Assets:Bank:") for p in entry.postings)


def hledger(path, *args):
    """What hledger prints; a failure is a problem."""
    done = subprocess.run(["hledger", "-f", str(path), *args], capture_output=True, text=True, check=False)
    FOUND.check(done.returncode == 0, path, lambda: f"hledger {' '.join(args)}: {done.stderr[:2000]}")
    return done.stdout


def from_hledger(path):
    """Accounts of orders, and other accounts."""
    hledger(path, "check", "--strict", "ordereddates")
    held, flat, all_ = Held(), Held(), Held()
    printed = hledger(path, "balance", "--flat", "--empty", "--no-elide", "-O", "json")
    rows, _totals = json.loads(printed) if printed else ([], [])
    for account, _name, _indent, amounts in rows:
        for amount in amounts:
            quantity = amount["aquantity"]
            number = Decimal(quantity["decimalMantissa"]).scaleb(-quantity["decimalPlaces"])
            currency, key = amount["acommodity"], keyed(account)
            all_.add(currency, number)
            if key:
                held.add((*key, currency), number)
            else:
                flat.add((account, currency), number)
    return held, flat, all_


def same(where, got, expected, what):
    """Two sums, key by key, in both directions."""
    for key in sorted(set(got) | set(expected)):
        a, b = got.get(key, Decimal(0)), expected.get(key, Decimal(0))
        FOUND.check(a == b, where, lambda: f"{what} {' '.join(map(str, key))}: holds {a}, gendan says {b}")


def grouped(held, by):
    """The same sums over fewer keys."""
    fewer = Held()
    for key, amount in held.items():
        fewer.add(by(key), amount)
    return fewer


def credits_of(flat):
    """What credits lowered, by currency."""
    sums = Held()
    for (account, currency), amount in flat.items():
        if account in CREDITS:
            sums.add(("credits", currency), amount)
    return sums


def compare(where, held, flat, all_, expected, expected_flat):
    """One program's ledger with gendan's sums."""
    accounts = OF_CUSTOMER + OF_SUPPLIER
    mine = {k: v for k, v in expected.items() if k[0] in accounts}
    got = {k: v for k, v in held.items() if k[0] in accounts}
    same(where, got, mine, "order")
    by_customer = lambda key: (key[0], key[1], key[3])  # noqa: E731
    same(where, grouped(got, by_customer), grouped(mine, by_customer), "customer")
    by_currency = lambda key: (key[0], key[3])  # noqa: E731
    same(where, grouped(got, by_currency), grouped(mine, by_currency), "currency")
    FOUND.check(not all_, where, lambda: f"does not add up to nothing: {dict(all_)}")
    single = lambda name: {k: v for k, v in flat.items() if k[0] == name}  # noqa: E731
    for name in ("Income:Forfeits", "Expenses:Bank-Charges:Difference"):
        same(where, single(name), {k: v for k, v in expected_flat.items() if k[0] == name}, "account")
    wanted_credits = {k: v for k, v in expected_flat.items() if k[0] == "credits"}
    same(where, credits_of(flat), wanted_credits, "account")


def of_folder(folder):
    """The three files of a folder."""
    as_of, expected, expected_flat = wanted(folder / "balances.json")
    ledger, journal = folder / "beancount.beancount", folder / "hledger.journal"
    held, flat, all_, dates = from_beancount(ledger)
    compare(ledger, held, flat, all_, expected, expected_flat)
    for what in ("through the bank", "charges"):
        # In the order's own currency; the other side of a conversion is another currency.
        own = {k: v for k, v in expected.items() if k[0] == what}
        names = {(k[2], k[3]) for k in expected if k[0] in OF_CUSTOMER} | {(k[2], k[3]) for k in own}
        currency = currencies(folder)
        got = {k: v for k, v in held.items() if k[0] == what and currency.get(k[2]) == k[3]}
        same(ledger, got, own, f"order ({len(names)})")
    FOUND.check(all(day.isoformat() <= as_of for day in dates), ledger, "something is later than its day")
    other, other_flat, other_all = from_hledger(journal)
    compare(journal, other, other_flat, other_all, expected, expected_flat)
    # And the two with each other, in everything.
    plain = {k: v for k, v in held.items() if k[0] in OF_CUSTOMER + OF_SUPPLIER}
    same(journal, other, plain, "as Beancount has it:")
    same(journal, other_flat, flat, "as Beancount has it:")
    FOUND.files += 2


def currencies(folder):
    """The currency of each order."""
    orders = json.loads((folder / "balances.json").read_text("utf-8"))["orders"]
    return {order["order"]: order["currency"] or "XXX" for order in orders}


for found in files(sys.argv[1:], "balances.json"):
    of_folder(pathlib.Path(found).parent)
FOUND.end(needed=True)
