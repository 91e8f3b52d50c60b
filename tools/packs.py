#!/usr/bin/env python3
"""Learn the packs that are part of the program, with the program itself.

    tools/packs.py FOLDER [--recto PROGRAM] [--only words|en|...]

FOLDER holds `bitext-train.jsonl.gz` (MLQE-PE, training parts, CC0), `tico19.tsv.gz` and `covid-terms.tsv.gz` (TICO-19, CC0)
and `mono/LANG.txt.gz` (Common Voice sentences, CC0). Writes `src/lang/packs/words.pack` (word tables of all pairs) and
`src/lang/packs/LANG.pack` (word sequences). No sentence of the texts goes into a pack, only stems, words and counts.
"""
import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PACKS = os.path.join(HERE, "..", "src", "lang", "packs")
TICO = ["ar", "es", "fa", "fr", "hi", "id", "pt", "ru", "zh"]
HAN = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff，。！？；：、（）]) +(?=[\u3040-\u30ff\u3400-\u9fff，。！？；：、（）])")


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        yield from (line.rstrip("\n") for line in f)


def untokenised(text, language):
    """MLQE-PE is tokenised with spaces: put together what is one word."""
    if language in ("zh", "ja"):
        return HAN.sub("", text)
    if language == "en":
        text = re.sub(r" n't\b", "n't", text)
        text = re.sub(r" '(s|re|ve|ll|d|m)\b", r"'\1", text)
    return re.sub(r"&apos;", "'", text)


def pairs(folder):
    for line in lines(os.path.join(folder, "bitext-train.jsonl.gz")):
        row = json.loads(line)
        for side in ("source", "target"):
            row[side] = untokenised(row[side], row[side + "_lang"])
        yield row
    for name, start in (("tico19.tsv.gz", 1), ("covid-terms.tsv.gz", 2)):
        table = lines(os.path.join(folder, name))
        head = next(table).split("\t")
        english = head.index("en")
        for line in table:
            cells = line.split("\t")
            for at in range(start, min(len(head), len(cells))):
                if at != english and cells[at] and cells[english]:
                    yield {"source": cells[english], "source_lang": "en", "target": cells[at], "target_lang": head[at]}


def texts(folder, language):
    """Sentences of a language, each once; the other sides of the pairs too."""
    seen = set()
    for line in lines(os.path.join(folder, "mono", language + ".txt.gz")):
        seen.add(line)
        yield line
    for row in pairs(folder):
        for side in ("source", "target"):
            text = row[side]
            if row[side + "_lang"] == language and text not in seen and len(text) > 25:
                seen.add(text)
                yield text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--recto", default="target/release/recto")
    parser.add_argument("--only")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        if args.only in (None, "words"):
            path = os.path.join(work, "pairs.jsonl")
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in pairs(args.folder))
            subprocess.run([args.recto, "learn", "--no-sequences", path, "-o", os.path.join(PACKS, "words.pack")], check=True)
        for language, common in (("en", "3"),):
            if args.only not in (None, language):
                continue
            path = os.path.join(work, language + ".txt")
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(text + "\n" for text in texts(args.folder, language))
            subprocess.run([args.recto, "learn", "--target-lang", language, "--common", common, path,
                            "-o", os.path.join(PACKS, language + ".pack")], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
