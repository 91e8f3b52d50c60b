#!/usr/bin/env python3
"""Whether the probabilities of `recto names` are what they say: the table of docs/names.md.

    python3 tools/calibration.py target/release/recto < names.jsonl

A row is {"a", "a_lang", "b", "b_lang", "same": true}, of names that no table has learned; where the rows have {"gold":
{"same", "kind"}}, right renderings and nearest wrong names alone are taken, one wrong for each right. Names are divided in
two halves by the first name of a pair. On the one half the slope is fitted that makes the logit of the answers true, 1 where
they are; the table is of the other half.
"""
import json
import math
import subprocess
import sys
import zlib


def rows():
    for number, line in enumerate(sys.stdin):
        row = json.loads(line)
        gold = row.get("gold", row)
        if gold["same"] or gold.get("kind", "near") == "near":
            yield {"id": number, **{key: row.get(key, "") for key in ("a", "a_lang", "b", "b_lang")}}, gold["same"]


def slope(pairs):
    """The factor of the logits under which what happened is most likely, by Newton's method."""
    factor = 1.0
    for _ in range(30):
        first = second = 0.0
        for logit, same in pairs:
            chance = 1 / (1 + math.exp(-max(-40.0, min(40.0, factor * logit))))
            first += logit * (same - chance)
            second += logit * logit * chance * (1 - chance)
        factor += first / second
    return factor


def main():
    asked = list(rows())
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row, _ in asked)
    command = [sys.argv[1], "names", "--from", "jsonl", "--to", "jsonl", "-"]
    out = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    score = {answer["id"]: answer["score"] for answer in map(json.loads, out.splitlines())}
    halves = ([], [])
    for row, same in asked:
        halves[zlib.crc32(row["a"].encode()) & 1].append((score[row["id"]], same))
    fitted, shown = halves
    logits = [(math.log(s / (1 - s)), same) for s, same in fitted if 0 < s < 1]
    print(f"slope {slope(logits):.3f} on {len(fitted)} pairs; of the other half:\n")
    print("| probability, % | pairs | expected, % | observed, % |\n| --- | --: | --: | --: |")
    for tenth in range(10):
        here = [(s, same) for s, same in shown if min(int(s * 10), 9) == tenth]
        expected = 100 * sum(s for s, _ in here) / max(len(here), 1)
        observed = 100 * sum(same for _, same in here) / max(len(here), 1)
        print(f"| {10 * tenth}-{10 * tenth + 10} | {len(here)} | {expected:.0f} | {observed:.0f} |")


main()
