"""links.py SITE: no internal link is dead, no id stands twice, nothing points outside but plain links."""

import pathlib
import sys
import urllib.parse
from html.parser import HTMLParser

SITE = pathlib.Path(sys.argv[1]).resolve()


class Page(HTMLParser):
    """Ids and links of one page."""

    def __init__(self):
        super().__init__()
        self.ids, self.twice, self.links, self.loads = set(), set(), [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            if attrs["id"] in self.ids:
                self.twice.add(attrs["id"])
            self.ids.add(attrs["id"])
        if tag == "a" and attrs.get("href") is not None:
            self.links.append(attrs["href"])
        # What a browser loads by itself must come from the site.
        for name in ("src", "poster", "data"):
            if tag in ("script", "img", "iframe", "object", "embed", "source", "video", "audio") and attrs.get(name):
                self.loads.append(attrs[name])
        if tag == "link" and attrs.get("rel") in ("stylesheet", "icon", "alternate"):
            self.loads.append(attrs["href"])
        if "style" in attrs or any(name.startswith("on") for name in attrs):
            self.loads.append("inline:" + tag)


pages = {}
for path in sorted(SITE.rglob("*.html")):
    page = Page()
    page.feed(path.read_text("utf-8"))
    pages[path] = page

problems, links = [], 0
for path, page in pages.items():
    name = path.relative_to(SITE)
    problems += [f"{name}: id {i} stands twice" for i in sorted(page.twice)]
    for load in page.loads:
        url = urllib.parse.urlsplit(load)
        if url.scheme or url.netloc:
            problems.append(f"{name}: loads {load}")
        elif not (path.parent / urllib.parse.unquote(url.path)).resolve().is_file():
            problems.append(f"{name}: loads {load}, which is not there")
    for link in page.links:
        links += 1
        url = urllib.parse.urlsplit(link)
        if url.scheme in ("http", "https", "mailto"):
            continue
        if url.scheme or url.netloc:
            problems.append(f"{name}: link {link}")
            continue
        target = (path.parent / urllib.parse.unquote(url.path)).resolve() if url.path else path
        if SITE not in target.parents or not target.is_file():
            problems.append(f"{name}: dead link {link}")
        elif url.fragment and target in pages and urllib.parse.unquote(url.fragment) not in pages[target].ids:
            problems.append(f"{name}: no such place {link}")

for problem in problems[:50]:
    print(problem)
print(f"{len(pages)} pages, {links} links, {len(problems)} problems")
sys.exit(1 if problems or not pages or not links else 0)
