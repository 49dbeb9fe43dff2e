"""Parquet files, a few rows at a time: the only module that knows pyarrow (extra "tables")."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from generator.core.problems import Problem
from generator.sources.importers.tables.rows import Row

BATCH = 128
"""The rows that are read at a time."""

CHUNK_LIMIT = 1024**3
"""The most bytes, unpacked, of one column in one group of rows: a group of a column is read as one."""

BUFFER = 64 * 1024


def rows(file: Path, where: str) -> Iterator[Row | Problem]:
    """The rows of a file, and what is wrong with it."""
    number = 0
    try:
        with pq.ParquetFile(file, buffer_size=BUFFER, pre_buffer=False, memory_map=False) as table:
            too_large = _too_large(table.metadata)
            if too_large:
                message = f"parquet: the column {too_large} has too much in one group of rows"
                yield Problem(where, 0, "E360", message, f"write it with groups below {CHUNK_LIMIT:,} bytes")
                return
            for batch in table.iter_batches(batch_size=BATCH, use_threads=False):
                columns = [_values(each) for each in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield Row(0, number, dict(zip(batch.schema.names, cells, strict=True)))
    except (pa.ArrowException, OSError, ValueError, OverflowError, UnicodeDecodeError) as error:
        reason = str(error).partition("\n")[0][:200]
        after = f" after row {number:,}" if number else ""
        yield Problem(where, 0, "E360", f"parquet: cannot be read{after}: {reason}", "write it again")


def _too_large(metadata: "pq.FileMetaData") -> str:
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(column)
            if chunk.total_uncompressed_size > CHUNK_LIMIT:
                return str(chunk.path_in_schema)
    return ""


def _values(column: "pa.Array") -> list[object]:
    """The values as Python has them; a moment without date, or beyond what Python can say, as its number."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    try:
        found: list[object] = column.to_pylist()
    except (ValueError, OverflowError):
        found = [_one(each) for each in column]
    return found


def _one(value: "pa.Scalar") -> object:
    try:
        return value.as_py()
    except (ValueError, OverflowError, UnicodeDecodeError):
        return str(value)[:100]
