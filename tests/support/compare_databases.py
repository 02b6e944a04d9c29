#!/usr/bin/env python3
"""Compares the rows of two databases of any two engines, without any of crossload's code.

  compare_databases.py SOURCE TARGET [--failed TABLE=N ...] [--table SOURCE_TABLE=TARGET_TABLE ...]

SOURCE and TARGET are sqlite:PATH, postgresql://user@host:port/database or mysql://user@host:port/database. What is compared is
the servers' own text output through their own command-line clients, put into one form per kind of value. Tables and columns are
matched by name, case folded; PostgreSQL's schemas other than public become "schema__table" elsewhere. With --failed, exactly so many rows
of a table must be missing in the target, and none may be there that the source has not. Prints each difference; exit status 1.
"""

import argparse
import collections
import functools
import json
import math
import re
import sqlite3
import subprocess
import sys
from decimal import Decimal, InvalidOperation
from urllib.parse import urlparse

NULL = "\x00NULL"


class Postgres:
    def __init__(self, url):
        self.base = ["psql", "-X", "-q", "-At", "-h", url.hostname, "-p", str(url.port), "-U", url.username or "postgres",
                     "-d", url.path.lstrip("/")]

    def run(self, sql):
        prelude = "SET TimeZone='UTC'; SET DateStyle=ISO; SET IntervalStyle=iso_8601; SET extra_float_digits=1;"
        done = subprocess.run(self.base + ["-v", "ON_ERROR_STOP=1"], input=(prelude + sql).encode(), capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return done.stdout

    @staticmethod
    def quote(name):
        return '"' + name.replace('"', '""') + '"'

    def lines(self, query):
        for line in self.run(f"COPY ({query}) TO STDOUT").split(b"\n")[:-1]:
            yield [NULL if cell == b"\\N" else unescape(cell) for cell in line.split(b"\t")]

    def tables(self):
        rows = self.lines("""
          SELECT n.nspname, c.relname, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            AND c.relname <> 'crossload_ledger' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
              AND d.objid = c.oid AND d.deptype = 'e')""")
        return {(name if schema == "public" else f"{schema}__{name}").lower(): (schema, name) for schema, name, _ in rows}

    def columns(self, table):
        schema, name = table
        literal = "'" + (self.quote(schema) + "." + self.quote(name)).replace("'", "''") + "'"
        return [(column, kind, typtype) for column, kind, typtype in self.lines(f"""
          SELECT a.attname, format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid), a.atttypmod), t.typtype
          FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
          WHERE a.attrelid = {literal}::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""")]

    def rows(self, table, columns):
        expressions = []
        for name, kind, _ in columns:
            column = self.quote(name)
            if kind == "boolean":
                column += "::int::text"
            elif kind == "bytea":
                column = f"'x:' || encode({column}, 'hex')"
            elif kind == "real":
                column += "::float8::text"
            elif kind == "money":
                column += "::numeric::text"
            elif kind.endswith("[]"):
                column = f"to_json({column})::text"
            elif kind == "hstore" or kind.endswith(".hstore"):
                column = f"({column}::json)::text"
            else:
                column += "::text"
            expressions.append(column)
        only = "ONLY " if not self.partitioned(table) else ""
        return self.lines(f"SELECT {', '.join(expressions) or '1'} FROM {only}{self.quote(table[0])}.{self.quote(table[1])}")

    def partitioned(self, table):
        literal = "'" + (self.quote(table[0]) + "." + self.quote(table[1])).replace("'", "''") + "'"
        return next(iter(self.lines(f"SELECT relkind FROM pg_class WHERE oid = {literal}::regclass")))[0] == "p"


def unescape(cell):
    if b"\\" in cell:
        named = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
        cell = re.sub(rb"\\(.)", lambda found: named.get(found[1], found[1]), cell, flags=re.S)
    return cell.decode("utf-8", errors="surrogateescape")


class Mysql:
    def __init__(self, url):
        self.database = url.path.lstrip("/")
        self.base = ["mariadb", "--no-defaults", "-h", url.hostname, "-P", str(url.port), "-u", url.username or "root",
                     "--protocol=TCP", "--default-character-set=utf8mb4", "--batch", "-N", "--quick", "--max-allowed-packet=1G",
                     "--init-command=SET time_zone='+00:00', sql_mode=''", self.database]

    def lines(self, query):
        done = subprocess.run(self.base, input=query.encode(), capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace"))
        for line in done.stdout.split(b"\n")[:-1]:
            yield [NULL if cell == b"x0" else bytes.fromhex(cell.decode()[1:]).decode("utf-8", errors="surrogateescape")
                   for cell in line.split(b"\t")]

    @staticmethod
    def quote(name):
        return "`" + name.replace("`", "``") + "`"

    @staticmethod
    def carried(expression):
        """In hexadecimal, so that no byte is taken for a separator or a NULL."""
        return f"COALESCE(CONCAT('h', HEX(CONVERT({expression} USING utf8mb4))), 'x0')"

    def catalog(self, query, width):
        done = subprocess.run(self.base + ["--raw"], input=query.encode(), capture_output=True, check=True)
        return [line.split("\t", width - 1) for line in done.stdout.decode().split("\n")[:-1]]

    def tables(self):
        rows = self.catalog("SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND "
                            "table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND table_name <> 'crossload_ledger'", 1)
        return {name.lower(): name for (name,) in rows}

    def columns(self, table):
        literal = "'" + table.replace("\\", "\\\\").replace("'", "''") + "'"
        return [(name, kind, extra) for name, kind, extra in self.catalog(
            "SELECT column_name, column_type, data_type FROM information_schema.columns WHERE table_schema = database() AND "
            f"table_name = {literal} ORDER BY ordinal_position", 3)]

    def rows(self, table, columns):
        expressions = []
        for name, kind, base in columns:
            column = self.quote(name)
            if base in ("tinyblob", "blob", "mediumblob", "longblob", "binary", "varbinary", "geometry", "point", "linestring",
                        "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection", "geomcollection"):
                column = f"CONCAT('x:', LOWER(HEX({column})))"
            elif base == "bit":
                width = int(re.search(r"\d+", kind)[0])
                column = f"LPAD(BIN({column} + 0), {width}, '0')"
            elif base == "float":
                column = f"CAST(CAST({column} AS DOUBLE) AS CHAR)"
            else:
                column = f"CAST({column} AS CHAR)"
            expressions.append(self.carried(column))
        return self.lines(f"SELECT {', '.join(expressions)} FROM {self.quote(table)}")


class Sqlite:
    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.text_factory = lambda data: data.decode("utf-8", errors="surrogateescape")

    @staticmethod
    def quote(name):
        return '"' + name.replace('"', '""') + '"'

    def tables(self):
        rows = self.db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT "
                               "LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'crossload_ledger'")
        return {name.lower(): name for (name,) in rows}

    def columns(self, table):
        return [(name, kind.lower(), "") for name, kind in
                self.db.execute("SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1", (table,))]

    def rows(self, table, columns):
        names = ", ".join(self.quote(name) for name, _, _ in columns)
        for row in self.db.execute(f"SELECT {names} FROM {self.quote(table)}"):
            yield [self.text(value) for value in row]

    @staticmethod
    def text(value):
        if value is None:
            return NULL
        if isinstance(value, bytes):
            return "x:" + value.hex()
        if isinstance(value, float):
            return repr(value)
        return str(value)


NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
MOMENT = re.compile(r"(\d{4,}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]00(?::?00)?)?")
TIME = re.compile(r"(-?\d{2,}:\d\d:\d\d)(\.\d+)?")
DURATION = re.compile(r"PT(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?\d+(?:\.\d+)?)S)?")


def canonical_number(text):
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return text
    if not exact.is_finite():
        return text
    if len(exact.normalize().as_tuple().digits) <= 17:
        value = float(text)
        if value == 0:
            return "0"
        if not math.isinf(value):
            return repr(value)
    return str(exact.normalize())


def canonical_duration(found):
    hours, minutes, seconds = (Decimal(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + seconds
    sign, total = ("-" if total < 0 else ""), abs(total)
    whole = int(total)
    fraction = str(total - whole).rstrip("0").partition(".")[2]
    return f"{sign}{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}" + (f".{fraction}" if fraction else "")


def canonical_json(value):
    if isinstance(value, dict):
        return {key: canonical_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [canonical_json(item) for item in value]
    if isinstance(value, Decimal):
        return canonical_number(str(value))
    return value


@functools.lru_cache(maxsize=1 << 17)
def canonical(text):
    if text == NULL or text.startswith("x:"):
        return text
    if NUMBER.fullmatch(text):
        return canonical_number(text)
    found = MOMENT.fullmatch(text)
    if found:
        seconds = found[2] if len(found[2]) == 8 else found[2] + ":00"
        fraction = (found[3] or "").rstrip("0").rstrip(".")
        return f"{found[1]} {seconds}{fraction}"
    found = TIME.fullmatch(text)
    if found:
        return found[1] + (found[2] or "").rstrip("0").rstrip(".")
    if text.startswith("PT"):
        found = DURATION.fullmatch(text)
        if found:
            return canonical_duration(found)
    if text[:1] in "{[" and text[-1:] in "}]":
        try:
            value = json.loads(text, parse_float=Decimal, parse_int=Decimal)
            return json.dumps(canonical_json(value), sort_keys=True)
        except (ValueError, RecursionError):
            return text
    return text


# Pairs of columns whose two sides are told in different words.
def bridge(source_kind, target_kind):
    """What to do to both sides' text before it is compared: (for the source, for the target)."""
    same = lambda text: text
    as_bytes = lambda text: text if text == NULL or text.startswith("x:") else "x:" + text.encode("utf-8", "surrogateescape").hex()
    if source_kind.startswith("set(") != target_kind.startswith("set("):
        split = lambda text: text if text == NULL else json.dumps(text.split(",") if text else [])
        return (split, same) if source_kind.startswith("set(") and (target_kind.endswith("[]") or target_kind == "json") else (same, same)
    if source_kind.startswith("bit(") and "int" in target_kind:
        return (lambda text: text if text == NULL else str(int(text, 2))), same
    if source_kind.startswith("character(") or target_kind.startswith("character("):
        strip = lambda text: text if text == NULL else text.rstrip(" ")
        return strip, strip
    if is_binary(source_kind) != is_binary(target_kind):
        return as_bytes, as_bytes
    return same, same


def is_binary(kind):
    return kind == "bytea" or "blob" in kind or "binary" in kind


BOOLEAN = {"t": "1", "true": "1", "f": "0", "false": "0"}


def table_rows(side, table, columns, changes):
    rows = collections.Counter()
    for row in side.rows(table, columns):
        rows[tuple(canonical(change(cell)) for cell, change in zip(row, changes))] += 1
    return rows


def compare_table(source, target, source_table, target_table, failed):
    source_columns = source.columns(source_table)
    target_columns = {column[0].lower(): column for column in target.columns(target_table)}
    pairs = [(column, target_columns[column[0].lower()]) for column in source_columns if column[0].lower() in target_columns]
    problems = [f"no column {column[0]}" for column in source_columns if column[0].lower() not in target_columns]
    changes = [bridge(left[1], right[1]) for left, right in pairs]
    booleans = [right[1] in ("boolean", "tinyint(1)") for _, right in pairs]
    left_changes = [(lambda text, change=change[0]: BOOLEAN.get(text.lower(), text) if text != NULL else text) if flag else change[0]
                    for change, flag in zip(changes, booleans)]
    left = table_rows(source, source_table, [pair[0] for pair in pairs], left_changes)
    right = table_rows(target, target_table, [pair[1] for pair in pairs], [change[1] for change in changes])
    missing, extra = left - right, right - left
    if sum(missing.values()) != failed:
        problems.append(f"{sum(missing.values())} rows are missing, {failed} were expected to be")
    if extra:
        problems.append(f"{sum(extra.values())} rows are there that the source has not")
    if problems:
        for rows, word in ((missing, "missing"), (extra, "extra")):
            for row in list(rows)[:2]:
                problems.append(f"{word}: " + repr(row)[:600])
    return problems


def open_side(url):
    if url.startswith("sqlite:"):
        return Sqlite(url[len("sqlite:"):])
    parsed = urlparse(url)
    return Postgres(parsed) if parsed.scheme.startswith("postgres") else Mysql(parsed)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--failed", action="append", default=[])
    parser.add_argument("--only", action="append", default=[])
    arguments = parser.parse_args()
    failed = {name.lower(): int(count) for name, _, count in (item.rpartition("=") for item in arguments.failed)}
    source, target = open_side(arguments.source), open_side(arguments.target)
    target_tables = target.tables()
    bad = 0
    compared = 0
    for name, table in sorted(source.tables().items()):
        if arguments.only and name not in arguments.only:
            continue
        if name not in target_tables:
            print(f"{name}: not in the target")
            bad += 1
            continue
        compared += 1
        for problem in compare_table(source, target, table, target_tables[name], failed.get(name, 0)):
            print(f"{name}: {problem}")
            bad += 1
    print(f"{compared} tables compared, {bad} differences")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
