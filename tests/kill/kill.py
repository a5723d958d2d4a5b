"""Kills builds. See run."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

GENDAN = os.path.abspath(sys.argv[1])
KILLS = int(sys.argv[2]) if len(sys.argv) > 2 else 300
SEED = int(os.environ.get("SEED", "7"))


def tree(folder):
    """One digest over the names and bytes of a folder."""
    digest = hashlib.sha256()
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(at, name)
            digest.update(os.path.relpath(path, folder).encode() + b"\0")
            with open(path, "rb") as file:
                digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def command(root, out, day, cache):
    line = [GENDAN, "build", "--root", root, "--out", out, "--as-of", day]
    return line if cache else [*line, "--no-cache"]


def run(line):
    done = subprocess.run(line, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{line}: {done.stdout}{done.stderr}")


def main():
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        root, out = os.path.join(folder, "root"), os.path.join(folder, "public")
        run([GENDAN, "demo", root, "--orders", "12"])
        # Two days: nearly every page differs between them.
        days = ["2026-11-20", "2027-03-02"]
        whole = {}
        for day in days:
            fresh = os.path.join(folder, "fresh")
            run(command(root, fresh, day, False))
            whole[day] = tree(fresh)
            shutil.rmtree(fresh)
        assert len(set(whole.values())) == 2
        run(command(root, out, days[0], True))
        began = time.monotonic()
        run(command(root, out, days[1], True))
        length = time.monotonic() - began
        now, killed, finished = days[1], 0, 0
        seen = {"before": 0, "after": 0}
        while killed < KILLS:
            wanted = days[0] if now == days[1] else days[1]
            cache = chance.random() < 0.7
            began = time.monotonic()
            child = subprocess.Popen(
                command(root, out, wanted, cache), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            # Half of them near the end, where sites are exchanged and the old one is cleared away.
            near = chance.random() < 0.5
            time.sleep(length * (0.7 + 0.6 * chance.random() if near else 1.2 * chance.random()))
            child.send_signal(signal.SIGKILL)
            if child.wait() == 0:
                finished += 1
                length = 0.5 * length + 0.5 * (time.monotonic() - began) * 0.9
            else:
                killed += 1
            if not os.path.isdir(out):
                sys.exit(f"seed {SEED}, kill {killed}: there is no site")
            found = tree(out)
            if found == whole[wanted]:
                seen["after"] += 1
                now = wanted
            elif found == whole[now]:
                seen["before"] += 1
            else:
                sys.exit(f"seed {SEED}, kill {killed}: the site is neither the old one nor the new one")
            if finished > 20 * KILLS:
                sys.exit("the builds end before they can be killed")
        run(command(root, out, days[0], True))
        if tree(out) != whole[days[0]]:
            sys.exit("the build after the last kill is not whole")
        left = sorted(name for name in os.listdir(folder) if "staging" in name or "old" in name)
        if left:
            sys.exit(f"left behind: {left}")
        if not seen["before"]:
            sys.exit("no build was killed early enough to prove anything")
        print(f"{killed} builds killed: {seen['before']} times the site before, {seen['after']} times the one after")


main()
