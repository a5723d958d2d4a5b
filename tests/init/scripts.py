"""scripts.py FOLDER FILE…: takes the scripts out of pipeline files, for linters and for running them."""

import pathlib
import re
import sys

from ruamel.yaml import YAML

yaml = YAML(typ="safe")
folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True)
found = 0
for name in sys.argv[2:]:
    path = pathlib.Path(name)
    data = yaml.load(path.read_text(encoding="utf-8"))
    forge = path.relative_to(folder.parent).parts[0]
    if "jobs" in data:
        for job, body in data["jobs"].items():
            for at, step in enumerate(body["steps"]):
                if "run" in step:
                    # What the forge puts in before a shell sees it; data must never come in this way.
                    assert "${{" not in step["run"], f"{name}: {step['run']}"
                    (folder / f"{forge}-{job}-{at}.bash").write_text(step["run"], encoding="utf-8")
                    found += 1
                script = step.get("with", {}).get("script")
                if script:
                    assert "${{" not in script, name
                    (folder / f"{path.stem}.js").write_text(script, encoding="utf-8")
                    found += 1
    else:
        for job, body in data.items():
            if isinstance(body, dict):
                for part in ("before_script", "script"):
                    if part in body:
                        lines = "\n".join(body[part])
                        (folder / f"{forge}-{re.sub('[^a-z_-]', '', job)}-{part}.sh").write_text(lines + "\n")
                        found += 1
assert found >= 12, found
