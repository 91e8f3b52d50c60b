#!/usr/bin/env python3
"""Rebuilds src/lang/lexis/large.tsv: words that public text always writes with a capital, where nouns have capitals.

    tools/large.py TRAINING_FOLDER

TRAINING_FOLDER is that of tools/lexis.py. Nouns of src/lang/concord/added that the text writes small nowhere are listed too.
"""
import collections, os, re, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lexis import LETTERS, OUT, lines, lower

LEAST, SHORTEST = 4, 4
NOUNS_HAVE_CAPITALS = ["de"]


def main():
    with open(os.path.join(OUT, "large.tsv"), "w", encoding="utf-8") as out:
        for tag in NOUNS_HAVE_CAPITALS:
            small, capital = set(), collections.Counter()
            for line in set(lines(sys.argv[1], tag)):
                end = None
                for found in LETTERS.finditer(line):
                    word = lower(found.group(), tag)
                    inside = end is not None and not re.search(r"[.!?:…\"“„«‘!»”—–-]", line[end:found.start()])
                    end = found.end()
                    if found.group()[0].islower():
                        small.add(word)
                    elif inside and not found.group().isupper():
                        capital[word] += 1
            nouns = {word for word, count in capital.items() if count >= LEAST}
            for line in open(os.path.join(OUT, "..", "concord", "added", tag + ".txt"), encoding="utf-8"):
                if not line.startswith("#"):
                    nouns.update(word for word in line.split()[1:] if capital[word])
            good = sorted(word for word in nouns - small if len(word) >= SHORTEST and word.isalpha())
            out.write(tag + "\t" + " ".join(good) + "\n")
            print(tag, len(good))


main()
