"""What the checks share: they collect problems, say how much they looked at, and fail when it was nothing."""

import pathlib
import sys


class Found:
    """Problems of one kind of file."""

    def __init__(self, kind):
        self.kind, self.problems, self.files, self.checks = kind, [], 0, 0

    def check(self, good, where, what):
        """One fact; `what` is text, or a function that makes it."""
        self.checks += 1
        if not good:
            self.problems.append(f"{where}: {what() if callable(what) else what}")
        return good

    def end(self, needed):
        """Prints and exits; finding no file at all is a failure where files are needed."""
        for problem in self.problems[:50]:
            print(problem)
        print(f"{self.files} {self.kind}, {self.checks} checks, {len(self.problems)} problems")
        sys.exit(1 if self.problems or (needed and not self.files) else 0)


def files(folders, ending):
    """All files below the folders with an ending, in order."""
    return [path for folder in folders for path in sorted(pathlib.Path(folder).rglob(f"*{ending}"))]
