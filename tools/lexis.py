#!/usr/bin/env python3
"""Rebuilds src/lang/lexis/: word frequencies of each language, counted in public text.

    tools/lexis.py TRAINING_FOLDER [--english EXTRA_WORDS]

TRAINING_FOLDER holds mono/<tag>.txt.gz (one sentence a line), tico19.tsv.gz, udhr.tsv.gz and bitext-train.jsonl.gz;
src/lang/lexis/README.md says where they come from. EXTRA_WORDS is a list of English words, one a line, that count as
known whatever their frequency. Only counts leave this script, never a sentence.

A list is written sorted and front-coded: the number of characters shared with the word before (one of 0-9a-z), the
rest of the word, and one capital for its frequency: a word of rank r has the letter number round(log(r) / log(1.5)).
`Z` is a word known from the extra list alone, a full stop one that was seen once: good enough not to be called a
mistake, not to correct one by.
"""
import argparse, collections, gzip, json, math, os, re

LETTERS = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u093a-\u094f\u0951-\u0957\u200c]+[^\W\d_]*)*(?:['’][^\W\d_]+)*")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LIMIT = 20000
SPACED = "ar bg cs de el en es fa fr he hi id it ko nl pl pt ro ru tr uk vi".split()
CASED = set("bg cs de el en es fr id it nl pl pt ro ru tr uk vi".split())
# Old Bibles know forms that everyday texts lack: words known from them alone count as seen once.
BIBLES = "de es fr it nl pl pt ru".split()
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "lang", "lexis")


def lines(folder, tag):
    path = os.path.join(folder, "mono", tag + ".txt.gz")
    if os.path.exists(path):
        with gzip.open(path, "rt", encoding="utf-8") as f:
            yield from f
    for name in ("tico19", "udhr"):
        with gzip.open(os.path.join(folder, name + ".tsv.gz"), "rt", encoding="utf-8") as f:
            head = next(f).rstrip("\n").split("\t")
            if tag in head:
                column = head.index(tag)
                for row in f:
                    yield row.rstrip("\n").split("\t")[column]
    with gzip.open(os.path.join(folder, "bitext-train.jsonl.gz"), "rt", encoding="utf-8") as f:
        for row in map(json.loads, f):
            for side in ("source", "target"):
                if row.get(side + "_lang") == tag:
                    # Tokenised text: an apostrophe joins again what it belongs to.
                    yield re.sub(r" (['’]) ?(?=(s|t|re|ve|ll|d|m)\b)", r"\1", row[side])


def lower(word, tag):
    return (word.replace("I", "ı").replace("İ", "i") if tag == "tr" else word).lower().replace("’", "'")


def spellings(folder, tag):
    """The words of every line, once: in lower case, as written, and whether inside a sentence, where a capital says something."""
    for line in set(lines(folder, tag)):
        end = None
        for found in LETTERS.finditer(line):
            inside = end is not None and not re.search(r"[.!?:…\"“„«‘!»”—–-]", line[end:found.start()])
            end = found.end()
            yield lower(found.group(), tag), found.group(), inside


def count(folder, tag):
    """Words that are no names with their counts; words seen twice in a row."""
    small, capital, start, doubled = (collections.Counter() for _ in range(4))
    seen = set()
    for line in lines(folder, tag):
        if line in seen:
            continue
        seen.add(line)
        before, end = None, 0
        for found in LETTERS.finditer(line):
            word = lower(found.group(), tag)
            gap = line[end:found.start()]
            if before is None or re.search(r"[.!?:…\"“„«‘»”—–-]", gap):
                start[word] += 1
            elif tag in CASED and found.group()[0].isupper():
                capital[word] += 1
            else:
                small[word] += 1
            if gap == " " and before == word:
                doubled[word] += 1
            before, end = word, found.end()
    words = collections.Counter()
    for word in set(small) | set(capital) | set(start):
        names = capital[word] > 2 * small[word] and tag != "de"
        total = small[word] + capital[word] + start[word]
        if (total >= 2 or small[word] and 3 <= len(word) <= 24) and not names and (small[word] or tag not in CASED or tag == "de") and len(word) <= 35:
            words[word] = total
    return words, doubled, sum(start.values()) + sum(small.values()) + sum(capital.values())


HYPHENATED = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})-([^\W\d_]{2,})(?![\w'’-])")


def joins(folder, tag, words):
    """Pairs joined by a hyphen at least twice, the second of which is a frequent word by itself."""
    frequent = set(sorted(words, key=lambda word: -words[word])[:500])
    found = collections.Counter()
    for line in set(lines(folder, tag)):
        for pair in HYPHENATED.finditer(line):
            before, after = (lower(part, tag) for part in pair.groups())
            if after in frequent and before != after:
                found[before + "-" + after] += 1
    return sorted(pair for pair, n in found.items() if n >= 2)


def bible(folder, tag):
    """Words of a Bible written without a capital, seen twice."""
    small = collections.Counter()
    with gzip.open(os.path.join(folder, "bible.tsv.gz"), "rt", encoding="utf-8") as f:
        column = next(f).rstrip("\n").split("\t").index(tag)
        for row in f:
            for found in LETTERS.finditer(row.rstrip("\n").split("\t")[column]):
                if found.group().islower():
                    small[lower(found.group(), tag)] += 1
    return {word for word, n in small.items() if n > 1 and 3 <= len(word) <= 24}


def write(tag, words, extra, old):
    ranked = sorted((word for word in words if words[word] > 1), key=lambda word: (-words[word], word))[:LIMIT]
    letter = {word: chr(65 + min(24, round(math.log(rank + 1) / math.log(1.5)))) for rank, word in enumerate(ranked)}
    for word in extra:
        letter.setdefault(word, "Z")
    # A full list needs no words seen once, which may be slips.
    if tag in CASED and not extra:
        for word in set(words) | old:
            letter.setdefault(word, ".")
    out, before = [], ""
    for index, word in enumerate(sorted(letter)):
        shared = 0
        while shared < min(len(before), len(word), 35) and before[shared] == word[shared]:
            shared += 1
        out.append(DIGITS[shared] + word[shared:] + letter[word] + ("\n" if index % 40 == 39 else ""))
        before = word
    text = "".join(out).rstrip("\n") + "\n"
    with open(os.path.join(OUT, tag + ".txt"), "w", encoding="utf-8") as f:
        f.write(text)
    return len(letter), len(text.encode())


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("--english")
    arguments = arguments.parse_args()
    os.makedirs(OUT, exist_ok=True)
    extra = []
    if arguments.english:
        with open(arguments.english, encoding="utf-8") as f:
            extra = [word.strip().replace("’", "'") for word in f if word.strip()]
    rows, joined = [], []
    for tag in SPACED:
        words, doubled, total = count(arguments.folder, tag)
        size = write(tag, words, extra if tag == "en" else [],
                     bible(arguments.folder, tag) if tag in BIBLES else set())
        twice = sorted(word for word, n in doubled.items() if n >= 2)
        if sum(doubled.values()) > total / 1000:
            twice.insert(0, "*")
        rows.append(tag + "\t" + " ".join(twice))
        pairs = joins(arguments.folder, tag, words)
        joined.append(tag + "\t" + " ".join(pairs))
        print(tag, "joined", len(pairs), pairs[:8])
        print(tag, total, "words", len(words), "kept", *size, "doubled", len(twice), sum(doubled.values()) * 1e5 / total, twice[:12])
    for tag in ("ja", "th", "zh"):
        doubled = collections.Counter()
        for line in lines(arguments.folder, tag):
            for a, b in zip(line, line[1:]):
                if a == b and (UNSPACED.match(a) or "\u0e01" <= a <= "\u0e5b"):
                    doubled[a] += 1
        twice = sorted(word for word, n in doubled.items() if n >= 2)
        rows.append(tag + "\t" + " ".join(twice))
        print(tag, "doubled", len(twice))
    with open(os.path.join(OUT, "joins.tsv"), "w", encoding="utf-8") as f:
        f.write("\n".join(joined) + "\n")
    with open(os.path.join(OUT, "doubles.tsv"), "w", encoding="utf-8") as f:
        f.write("\n".join(sorted(rows)) + "\n")


if __name__ == "__main__":
    main()
