#!/usr/bin/env python3
"""Rebuilds src/lang/lexis/small.tsv: frequent words that public text never writes with a capital inside a sentence.

    tools/small.py TRAINING_FOLDER

TRAINING_FOLDER is that of tools/lexis.py, with names-train.jsonl.gz beside: no part of a name is listed.
"""
import collections, gzip, json, os, re, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lexis import CASED, OUT, spellings

LEAST, SHORTEST = 8, 5


def main():
    names = set()
    with gzip.open(os.path.join(sys.argv[1], "names-train.jsonl.gz"), "rt", encoding="utf-8") as f:
        for row in map(json.loads, f):
            for side in ("a", "b"):
                names.update(re.split(r"[^\w]+", row.get(side, "").lower()))
    with open(os.path.join(OUT, "small.tsv"), "w", encoding="utf-8") as out:
        for tag in sorted(CASED - {"vi"}):
            small, capital = collections.Counter(), set()
            for word, written, inside in spellings(sys.argv[1], tag):
                if written[0].islower():
                    small[word] += 1
                elif inside:
                    capital.add(word)
            good = sorted(w for w, n in small.items() if n >= LEAST and len(w) >= SHORTEST and w.isalpha() and w not in capital and w not in names)
            out.write(tag + "\t" + " ".join(good) + "\n")
            print(tag, len(good))


main()
