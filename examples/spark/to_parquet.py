"""Lines of JSON to Parquet, a column a field: to_parquet.py archive.jsonl archive.parquet"""

import json
import sys

import pyarrow
import pyarrow.parquet

with open(sys.argv[1], encoding="utf-8") as lines:
    rows = [json.loads(line) for line in lines]
columns = list(dict.fromkeys(key for row in rows for key in row))
pyarrow.parquet.write_table(pyarrow.Table.from_pylist([{key: row.get(key) for key in columns} for row in rows]), sys.argv[2])
