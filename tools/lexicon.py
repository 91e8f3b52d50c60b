#!/usr/bin/env python3
"""Merge rows of the core lexicon into `src/lang/lexicon/concepts.tsv`: sorted, whole, opposites that exist.

    tools/lexicon.py [FILE...]        # with no file: check and sort what is there

A row that cannot be read is reported and left out; a later row of one name is left out too.
"""
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(HERE, "..", "src", "lang", "lexicon", "concepts.tsv")
HEAD = "id pos en pt es fr de it ru uk pl tr ar zh opposite".split()
KINDS = set("n v a adv f num neg rel".split())
SCRIPTS = {"ru": "CYRILLIC", "uk": "CYRILLIC", "ar": "ARABIC", "zh": "CJK"}


def clean(cell, tag):
    """Renderings without brackets and doubles; those of another script are dropped."""
    cell = unicodedata.normalize("NFC", cell.replace("\u00a0", " "))
    out = []
    for part in re.split(r"\s*\|\s*", cell):
        part = re.sub(r"\s*[（(][^()（）]*[)）]\s*", " ", part).strip(" .,;")
        part = re.sub(r"\s+", " ", part)
        names = [unicodedata.name(c, "") for c in part if c.isalpha()]
        want = SCRIPTS.get(tag, "LATIN")
        if part and names and all(n.startswith(want) for n in names) and not re.search(r"[,;()]", part) and part not in out:
            out.append(part)
        elif part:
            print(f"dropped {tag}: {part}", file=sys.stderr)
    return " | ".join(out)


def main():
    rows = {}
    for path in [PATH] + sys.argv[1:]:
        if not os.path.exists(path):
            continue
        for line in open(path, encoding="utf-8"):
            cells = line.rstrip("\r\n").split("\t")
            if cells[0] == "id" or not cells[0].strip():
                continue
            if len(cells) == len(HEAD) - 1:
                cells.append("")
            if len(cells) != len(HEAD) or cells[1] not in KINDS:
                print(f"unreadable: {line[:80]!r}", file=sys.stderr)
                continue
            cells = [cells[0].strip(), cells[1]] + [clean(c, t) for c, t in zip(cells[2:-1], HEAD[2:-1])] + [cells[-1].strip()]
            if not all(cells[:-1]):
                print(f"empty cell: {cells[0]}", file=sys.stderr)
                continue
            rows.setdefault(cells[0], cells)
    for cells in rows.values():
        cells[-1] = " ".join(dict.fromkeys(x for x in re.split(r"[\s|]+", cells[-1]) if x in rows and x != cells[0]))
    with open(PATH, "w", encoding="utf-8") as f:
        f.write("\t".join(HEAD) + "\n")
        for name in sorted(rows, key=lambda name: name.encode()):
            f.write("\t".join(rows[name]) + "\n")
    print(len(rows), "rows", file=sys.stderr)


if __name__ == "__main__":
    main()
