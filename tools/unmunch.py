#!/usr/bin/env python3
"""Writes out the words of Hunspell dictionaries: unmunch.py FOLDER… (each with index.aff and index.dic) > words.txt

Lower-case words of letters only; prefixes, suffixes and both together, no compounding. Made for the English lists
derived from SCOWL (npm dictionary-en and dictionary-en-gb).
"""
import os, re, sys


def affixes(path):
    kinds, cross, no = {}, {}, set()
    for line in open(path, encoding="utf-8"):
        p = line.split()
        if len(p) == 4 and p[0] in ("PFX", "SFX") and p[3].isdigit():
            kinds[p[1]], cross[p[1]] = (p[0], []), p[2] == "Y"
        elif len(p) >= 5 and p[0] in ("PFX", "SFX"):
            strip, add = ("" if x == "0" else x for x in (p[2], p[3].split("/")[0]))
            rule = "" if p[4] == "." else p[4]
            kinds[p[1]][1].append((strip, add, re.compile("^" + rule if p[0] == "PFX" else rule + "$")))
        elif p and p[0] in ("ONLYINCOMPOUND", "NEEDAFFIX", "FORBIDDENWORD", "NOSUGGEST"):
            no.add(p[1])
    return kinds, cross, no


def apply(word, flag, kinds):
    kind, rules = kinds[flag]
    for strip, add, rule in rules:
        if rule.search(word):
            if kind == "SFX" and word.endswith(strip):
                yield word[:len(word) - len(strip)] + add
            elif kind == "PFX" and word.startswith(strip):
                yield add + word[len(strip):]


def main():
    words = set()
    for folder in sys.argv[1:]:
        kinds, cross, no = affixes(os.path.join(folder, "index.aff"))
        for line in list(open(os.path.join(folder, "index.dic"), encoding="utf-8"))[1:]:
            word, _, flags = line.strip().partition("/")
            flags = flags.split()[0] if flags else ""
            if no & set(flags):
                continue
            forms, suffixed = {word}, {word}
            for flag in flags:
                if flag in kinds and kinds[flag][0] == "SFX":
                    made = set(apply(word, flag, kinds))
                    forms |= made
                    suffixed |= made if cross[flag] else set()
            for flag in flags:
                if flag in kinds and kinds[flag][0] == "PFX":
                    for form in suffixed:
                        forms |= set(apply(form, flag, kinds))
            words |= forms
    for word in sorted(words):
        if word == word.lower() and len(word) > 1 and all(c.isalpha() for c in word):
            print(word)


main()
