#!/usr/bin/env python3
"""Rebuilds src/lang/lexis/large.tsv: words that public text always writes with a capital, where nouns have capitals. Behind
those that may be the form of a verb or an adjective that the text lacks is a question mark.

    tools/large.py TRAINING_FOLDER

TRAINING_FOLDER is that of tools/lexis.py. Nouns of src/lang/concord/added that the text writes small nowhere are listed too.
"""
import collections, os, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lexis import OUT, spellings

LEAST, SHORTEST = 4, 4
# Languages whose nouns have capitals, and endings that their verbs and adjectives have as well.
NOUNS_HAVE_CAPITALS = {"de": ("e", "en", "t", "er")}


def main():
    with open(os.path.join(OUT, "large.tsv"), "w", encoding="utf-8") as out:
        for tag, endings in NOUNS_HAVE_CAPITALS.items():
            small, capital = set(), collections.Counter()
            for word, written, inside in spellings(sys.argv[1], tag):
                if written[0].islower():
                    small.add(word)
                elif inside and not written.isupper():
                    capital[word] += 1
            nouns = {word for word, count in capital.items() if count >= LEAST}
            for line in open(os.path.join(OUT, "..", "concord", "added", tag + ".txt"), encoding="utf-8"):
                if not line.startswith("#"):
                    nouns.update(word for word in line.split()[1:] if capital[word])
            good = [word for word in nouns - small if len(word) >= SHORTEST and word.isalpha()]
            good = sorted(word + "?" if word.endswith(endings) else word for word in good)
            out.write(tag + "\t" + " ".join(good) + "\n")
            print(tag, len(good))


main()
