#!/usr/bin/env python3
"""What the tables of src/lang/gazetteer hold: rows, forms, and the languages that have a form in so many rows.

    python3 tools/gazetteer/count.py            # a line a table
    python3 tools/gazetteer/count.py languages  # rows by language too
"""
import collections
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parents[2] / "src/lang/gazetteer"
TABLES = "territories subdivisions regions cities organisations demonyms languages roles".split()


def table(name):
    lines = [line.rstrip("\n").split("\t") for line in open(HERE / f"{name}.tsv", encoding="utf-8") if line[0] != "#"]
    head = lines[0]
    tags = [(place, tag) for place, tag in enumerate(head) if place and (len(tag) == 2 or tag == "zh-Hant")]
    return tags, lines[1:]


def main():
    for name in TABLES:
        tags, rows = table(name)
        by_language, rich, forms = collections.Counter(), collections.Counter(), 0
        for row in rows:
            cells = [(tag, row[place]) for place, tag in tags if place < len(row) and row[place]]
            forms += sum(cell.count("|") + 1 for _, cell in cells)
            by_language.update(tag for tag, _ in cells)
            for least in (10, 12, 20):
                rich[least] += len(cells) >= least
        print(f"{name}: {len(rows)} rows, {forms} forms, {len(by_language)} languages; rows with a form in 10, 12, 20 "
              f"languages and more: {rich[10]}, {rich[12]}, {rich[20]}; languages with 1,000, 300, 100 rows and more: "
              + ", ".join(str(sum(count >= least for count in by_language.values())) for least in (1000, 300, 100)))
        if sys.argv[1:] == ["languages"]:
            print("  " + " ".join(f"{tag} {count}" for tag, count in by_language.most_common()))


if __name__ == "__main__":
    main()
