#!/usr/bin/env python3
"""Writes src/names/tables/han-read.tsv: how Koreans, Vietnamese and Japanese read Chinese characters.

    python3 tools/han-readings.py FOLDER > src/names/tables/han-read.tsv

FOLDER holds Unihan_Readings.txt.bz2, Unihan_Variants.txt.bz2, Unihan_OtherMappings.txt.bz2 and
Unihan_DictionaryLikeData.txt.bz2 of Unicode 15 (Debian's
unicode-data has them). A line is a language, a reading and the characters read so. A simplified or Japanese form
without a reading has that of its variant. Taken are the characters that names may have by law in Korea and Japan,
the common ones of China, and their variants.
"""
import bz2
import collections
import sys
import unicodedata


def table(folder, name):
    out = collections.defaultdict(dict)
    for line in bz2.open(f"{folder}/Unihan_{name}.txt.bz2", "rt", encoding="utf-8"):
        if line.startswith("U+"):
            point, field, value = line.rstrip("\n").split("\t")
            out[field][chr(int(point[2:], 16))] = value
    return out


def main(folder):
    readings = table(folder, "Readings")
    variants = table(folder, "Variants")

    related = collections.defaultdict(list)
    for field in ("kTraditionalVariant", "kSimplifiedVariant", "kSemanticVariant", "kZVariant"):
        for character, value in variants[field].items():
            for other in value.split():
                other = chr(int(other.split("<")[0][2:], 16))
                if other != character:
                    related[character].append(other)
                    related[other].append(character)
    mappings = table(folder, "OtherMappings")

    def near(characters):
        return {
            o for c in characters for o in [c, *related[c]] if 0x4E00 <= ord(o) <= 0x9FFF
        }

    # Rows 16 to 55 of GB 2312 are its common characters.
    chinese = {c for c, value in mappings["kGB0"].items() if int(value[:2]) <= 55}
    japanese_names = set(mappings["kJoyoKanji"]) | set(mappings["kJinmeiyoKanji"])
    japanese_names = {c for c in near(japanese_names) if c in japanese_names or c in chinese}
    korean_names = set(mappings["kKoreanName"]) | set(mappings["kKoreanEducationHanja"])
    korean_names = near(korean_names & set(mappings["kKSC0"]))

    def of(field, character):
        for source in [character, *related[character]]:
            value = readings[field].get(source)
            if value:
                return value.split()
        return []

    # Hangul: U+ALC0 reading:source; Vietnamese in letters; Japanese by sound in capitals.
    out = collections.defaultdict(set)
    korean_names = {c for c in korean_names if c in chinese or c in japanese_names or c in mappings["kKoreanEducationHanja"]}
    for character in sorted(korean_names):
        for reading in of("kHangul", character)[:2]:
            out["ko", reading.split(":")[0]].add(character)
    for character in sorted(chinese):
        for reading in of("kVietnamese", character)[:1]:
            out["vi", unicodedata.normalize("NFC", reading.lower())].add(character)
    for character in sorted(japanese_names):
        sounds = of("kJapaneseOn", character)[:1]
        sounds += [kun for kun in of("kJapaneseKun", character)[:2] if len(kun) <= 5]
        for reading in sounds:
            out["ja", reading.lower()].add(character)
    level = {c for c, value in table(folder, "DictionaryLikeData")["kFrequency"].items() if int(value) <= 3}
    used = near(set(mappings["kKoreanEducationHanja"]) & set(mappings["kJoyoKanji"]) & level)
    print("# Language, reading, characters; from Unihan 15.0 (c) Unicode, Inc., Unicode-3.0; tools/han-readings.py")
    for (language, reading), characters in sorted(out.items()):
        # A Vietnamese reading of one character that no other country has in names is rarely that of a name.
        if language == "vi" and len(characters) == 1 and not characters & used:
            continue
        print(f"{language}\t{reading}\t{''.join(sorted(characters))}")


main(sys.argv[1])
