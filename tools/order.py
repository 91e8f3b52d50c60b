#!/usr/bin/env python3
"""Rebuilds src/lang/order/: which words follow which in each language, counted in public text.

    tools/order.py TRAINING_FOLDER [TAG…]

TRAINING_FOLDER is that of tools/lexis.py; src/lang/order/README.md says where the texts come from. Only counts leave this
script, never a sentence.

Every word of a text has a class: the WORDS most frequent words have one each, others that of their longest ending among
the ENDINGS most frequent ones. A file holds

    the words, the most frequent first
    the endings
    how often each class occurs: five of marks and names (see MARKS), the words, the endings, everything else
    a line a class: which classes follow it, as the distance from the one before in base 36 (digits and small letters) and
    a capital letter, M for as often as by chance, each further letter half as often again by a factor of the root of e

A pair that is not there was not seen (or once, where it was not to be expected).
"""
import collections, math, os, re, sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from lexis import CASED, SPACED, lines, lower

WORDS, ENDINGS = 300, 120
# The start, end or a break of a sentence; a comma; a hyphen; a number; a word with a capital inside a sentence.
MARKS = 5
WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u064b-\u0652\u0591-\u05c7\u200c]+[^\W_]*)*(?:['’][^\W_]+)*")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "lang", "order")


def parts(word):
    """An elided word apart from what follows it: l' and homme, but don't."""
    at = word.find("'")
    return [word[:at + 1], word[at + 1:]] if at > 0 and len(word) - at > 3 else [word]


def tokens(line, tag):
    """Classes of marks as numbers, words as text."""
    out, end = [0], 0
    for found in WORD.finditer(line):
        gap = line[end:found.start()].strip()
        if gap:
            out.append(1 if gap == "," or gap == "،" else 2 if gap in ("-", "‐", "‑") and line[end] == gap else 0)
        end = found.end()
        word = found.group()
        if any(c.isdigit() for c in word):
            out.append(3)
        elif tag in CASED and tag != "de" and word[0].isupper() and out[-1] != 0:
            out.append(4)
        else:
            out.extend(parts(lower(word, tag)))
    return out + [0]


def number(value):
    out = ""
    while True:
        out = DIGITS[value % 36] + out
        value //= 36
        if not value:
            return out


def count(folder, tag):
    texts = [tokens(line.strip(), tag) for line in sorted(set(lines(folder, tag)))]
    seen = collections.Counter(word for text in texts for word in text if isinstance(word, str))
    words = sorted(seen, key=lambda word: (-seen[word], word))[:WORDS]
    classes = {word: MARKS + index for index, word in enumerate(words)}
    ends = collections.Counter()
    for word, n in seen.items():
        if word not in classes:
            for length in (1, 2, 3, 4):
                if len(word) > length:
                    ends[word[-length:]] += n
    endings = sorted(ends, key=lambda end: (-ends[end], end))[:ENDINGS]
    ending = {end: MARKS + len(words) + index for index, end in enumerate(endings)}
    other = MARKS + len(words) + len(endings)

    def of(token):
        if not isinstance(token, str):
            return token
        if token in classes:
            return classes[token]
        return next((ending[token[-n:]] for n in (4, 3, 2, 1) if len(token) > n and token[-n:] in ending), other)

    pairs, single = collections.Counter(), collections.Counter()
    for text in texts:
        row = [of(token) for token in text]
        pairs.update(zip(row, row[1:]))
        single.update(row[1:])
    return words, endings, pairs, single, other + 1


def write(tag, words, endings, pairs, single, size):
    total = sum(single.values())
    rows = [" ".join(words), " ".join(endings), " ".join(str(single[index]) for index in range(size))]
    for left in range(size):
        row, before = "", 0
        for right in range(size):
            n, expected = pairs[left, right], single[left] * single[right] / total
            ratio = math.log((n + 1) / (expected + 1))
            usual = -math.log(expected + 1)
            if n == 0 or (n == 1 and expected < 4) or abs(ratio - usual) < 0.5 and expected < 4:
                continue
            row += number(right - before) + chr(77 + max(-12, min(13, round(2 * ratio))))
            before = right
        rows.append(row)
    text = "\n".join(rows) + "\n"
    with open(os.path.join(OUT, tag + ".txt"), "w", encoding="utf-8") as f:
        f.write(text)
    return len(text.encode())


def main():
    os.makedirs(OUT, exist_ok=True)
    for tag in sys.argv[2:] or SPACED:
        print(tag, write(tag, *count(sys.argv[1], tag)), flush=True)


if __name__ == "__main__":
    main()
