"""Checks an archive in Parquet with Spark: one row one pair or one story, the ordinary recto as a subprocess of each task.

    spark-submit check_archive.py --recto /usr/bin/recto --kind pairs archive.parquet out

writes out/answers.jsonl (an answer a row, by id), out/cells (counts), out/ledger.json (who is named) and out/drift.jsonl
(names whose usual spelling changed). They are the bytes that one process makes; docs/archive.md says how.

Columns of pairs: id, date, source_lang, source, target_lang, target. Of stories: id, date, accounts (lang, text).
Only id and target, or accounts, are needed. Ids are strings, each of its own.
"""

import argparse
import json
import os
import subprocess
import tempfile
import threading

import pyarrow
from pyspark import SparkFiles
from pyspark.sql import SparkSession, functions

SCHEMA = "kind string, line string, n long"
FIELDS = pyarrow.schema([("kind", pyarrow.string()), ("line", pyarrow.string()), ("n", pyarrow.int64())])
BATCH = 1000


def checker(command):
    """What a task does with its batches: pipe rows in, take answers out, then the cells that were counted."""

    def run(batches):
        # Shipped to the executor by addFile, which does not keep the right to run it.
        recto = SparkFiles.get("recto")
        os.chmod(recto, 0o755)
        with tempfile.TemporaryDirectory() as folder:
            cells = os.path.join(folder, "cells")
            arguments = [recto, command, "-", "--from", "jsonl", "--records", "--to", "jsonl", "--threads", "1"]
            # The one shard of one: a task may be given no rows.
            process = subprocess.Popen(
                [*arguments, "--cells", cells, "--shard", "1/1", "-q"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            failed = []

            def feed():
                try:
                    for batch in batches:
                        for row in batch.to_pylist():
                            # The id first: it is read even where the rest cannot be.
                            row = {"id": row.pop("id"), **{key: value for key, value in row.items() if value is not None}}
                            process.stdin.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                except BaseException as error:  # told by the task, below
                    failed.append(error)
                finally:
                    process.stdin.close()

            # One thread writes and one reads: a pipe that is full must not stop both.
            feeder = threading.Thread(target=feed)
            feeder.start()
            yield from rows("answer", ((line.decode().rstrip("\n"), 1) for line in process.stdout))
            feeder.join()
            status = process.wait()
            if failed:
                raise failed[0]
            # Blocked texts and records that could not be read are results.
            if status not in (0, 1, 3):
                raise RuntimeError(f"recto ended with status {status}")
            with open(cells, encoding="utf-8") as lines:
                found = (json.loads(line) for line in lines)
                yield from rows("cell", ((json.dumps(cell["cell"], ensure_ascii=False), cell["n"]) for cell in found))

    return run


def rows(kind, pairs):
    lines, counts = [], []

    def batch():
        return pyarrow.RecordBatch.from_arrays(
            [pyarrow.array([kind] * len(lines)), pyarrow.array(lines), pyarrow.array(counts, pyarrow.int64())],
            schema=FIELDS,
        )

    for line, count in pairs:
        lines.append(line)
        counts.append(count)
        if len(lines) == BATCH:
            yield batch()
            lines, counts = [], []
    if lines:
        yield batch()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--recto", required=True)
    parser.add_argument("--kind", choices=["pairs", "stories"], default="pairs")
    parser.add_argument("--partitions", type=int)
    parser.add_argument("archive")
    parser.add_argument("out")
    arguments = parser.parse_args()
    spark = SparkSession.builder.appName("recto").getOrCreate()
    spark.sparkContext.addFile(arguments.recto)
    archive = spark.read.parquet(arguments.archive)
    if arguments.partitions:
        archive = archive.repartition(arguments.partitions)
    command = {"pairs": "check", "stories": "compare"}[arguments.kind]
    os.makedirs(arguments.out, exist_ok=True)
    results = os.path.join(arguments.out, "results.parquet")
    # Written once, read twice: nothing is checked again for the counts.
    archive.mapInArrow(checker(command), SCHEMA).write.mode("overwrite").partitionBy("kind").parquet(results)
    results = spark.read.parquet(results)
    answers = os.path.join(arguments.out, "parts.jsonl")
    with open(answers, "w", encoding="utf-8") as out:
        for row in results.where("kind = 'answer'").select("line").toLocalIterator():
            out.write(row.line + "\n")
    # The second aggregation: cells add up.
    cells = os.path.join(arguments.out, "parts.cells")
    summed = results.where("kind = 'cell'").groupBy("line").agg(functions.sum("n").alias("n"))
    with open(cells, "w", encoding="utf-8") as out:
        for row in summed.toLocalIterator():
            out.write(f'{{"cell":{row.line},"n":{row.n}}}\n')
    spark.stop()

    def merge(name, *more):
        with open(os.path.join(arguments.out, name), "wb") as out:
            status = subprocess.run([arguments.recto, "merge", *more], stdout=out).returncode
        if status not in (0, 1, 3):
            raise SystemExit(f"recto merge ended with status {status}")

    merge("answers.jsonl", answers)
    merge("cells", cells)
    merge("drift.jsonl", "--drift", cells)
    subprocess.run([arguments.recto, "merge", "--ledger", os.path.join(arguments.out, "ledger.json"), cells], check=True)
    os.remove(answers)
    os.remove(cells)


if __name__ == "__main__":
    main()
