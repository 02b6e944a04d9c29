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
import secrets
import sqlite3
import struct
import subprocess
import sys
import tempfile
from decimal import Context, Decimal, InvalidOperation, Overflow, setcontext
from urllib.parse import urlparse

NULL = "\x00NULL"


class Session:
    """One client process for all queries of a side: to start one per table takes longer than to compare most tables."""

    def __init__(self, command):
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors)
        self.mark = ("end-" + secrets.token_hex(16)).encode()

    def lines(self, query):
        """Lines of the query's output. Each must be read to its end before the next is asked."""
        try:
            self.process.stdin.write(query.encode() + b";\nSELECT '" + self.mark + b"';\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # The end of its output tells why.
        for line in self.process.stdout:
            line = line[:-1]
            if line == self.mark:
                return
            yield line
        self.process.wait()
        self.errors.seek(0)
        raise RuntimeError(self.errors.read().decode(errors="replace"))


# Elements of arrays that to_json() prints as they are; others are cast to text before.
PLAIN_ELEMENTS = ("smallint", "integer", "bigint", "numeric", "real", "double precision", "boolean", "json", "jsonb", "inet", "character")


class Postgres:
    def __init__(self, url):
        self.session = Session(["psql", "-X", "-q", "-At", "-h", url.hostname, "-p", str(url.port), "-U", url.username or "postgres",
                                "-d", url.path.lstrip("/"), "-v", "ON_ERROR_STOP=1"])
        settings = "SET TimeZone='UTC'; SET DateStyle=ISO; SET IntervalStyle=iso_8601; SET extra_float_digits=1"
        collections.deque(self.session.lines(settings), maxlen=0)

    @staticmethod
    def quote(name):
        return '"' + name.replace('"', '""') + '"'

    def lines(self, query):
        for line in self.session.lines(f"COPY ({query}) TO STDOUT"):
            yield [NULL if cell == b"\\N" else unescape(cell) for cell in line.split(b"\t")]

    def tables(self):
        rows = list(self.lines("""
          SELECT n.nspname, c.relname, c.relkind, c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            AND c.relname <> 'crossload_ledger' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
              AND d.objid = c.oid AND d.deptype = 'e')"""))
        self.all_columns = collections.defaultdict(list)
        for oid, column, kind, typtype in self.lines("""
              SELECT a.attrelid, a.attname, format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid), a.atttypmod), t.typtype
              FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid JOIN pg_class c ON c.oid = a.attrelid
              WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum"""):
            self.all_columns[oid].append((column, kind, typtype))
        return {(name if schema == "public" else f"{schema}__{name}"): (schema, name, kind, oid) for schema, name, kind, oid in rows}

    def columns(self, table):
        return self.all_columns[table[3]]

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
            elif kind.endswith("[]") and re.sub(r"\(.*|\[\]", "", kind) in PLAIN_ELEMENTS:
                column = f"to_json({column})::text"
            elif kind.endswith("[]"):
                column = f"to_json({column}::text[])::text"
            elif kind == "hstore" or kind.endswith(".hstore"):
                column = f"({column}::json)::text"
            expressions.append(column)
        schema, name, kind, _ = table
        only = "" if kind == "p" else "ONLY "
        return self.lines(f"SELECT {', '.join(expressions) or '1'} FROM {only}{self.quote(schema)}.{self.quote(name)}")


def unescape(cell):
    if b"\\" in cell:
        named = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
        cell = re.sub(rb"\\(.)", lambda found: named.get(found[1], found[1]), cell, flags=re.S)
    return cell.decode("utf-8", errors="surrogateescape")


class Mysql:
    def __init__(self, url):
        self.session = Session(["mariadb", "--no-defaults", "-h", url.hostname, "-P", str(url.port), "-u", url.username or "root",
                                "--protocol=TCP", "--default-character-set=utf8mb4", "--batch", "-N", "--quick", "--unbuffered",
                                "--max-allowed-packet=1G", "--init-command=SET time_zone='+00:00', sql_mode=''",
                                url.path.lstrip("/")])

    def lines(self, query):
        for line in self.session.lines(query):
            yield [self.text(cell) for cell in line.split(b"\t")]

    @staticmethod
    def text(cell):
        if cell[:1] == b"h":
            return bytes.fromhex(cell[1:].decode()).decode("utf-8", errors="surrogateescape")
        return NULL if cell == b"x0" else cell.decode()

    @staticmethod
    def quote(name):
        return "`" + name.replace("`", "``") + "`"

    @staticmethod
    def carried(expression):
        """In hexadecimal, so that no byte is taken for a separator or a NULL."""
        return f"COALESCE(CONCAT('h', HEX(CONVERT({expression} USING utf8mb4))), 'x0')"

    def tables(self):
        self.all_columns = collections.defaultdict(list)
        told = ", ".join(self.carried(name) for name in ("table_name", "column_name", "column_type", "data_type"))
        for table, name, kind, base in self.lines(f"SELECT {told} FROM information_schema.columns WHERE table_schema = database() "
                                                  "ORDER BY table_name, ordinal_position"):
            self.all_columns[table].append((name, kind, base))
        rows = self.lines(f"SELECT {self.carried('table_name')} FROM information_schema.tables WHERE table_schema = database() AND "
                          "table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') AND table_name <> 'crossload_ledger'")
        return {name: name for (name,) in rows}

    def columns(self, table):
        return self.all_columns[table]

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
            elif base in self.PLAIN:
                expressions.append(f"COALESCE(CAST({column} AS CHAR), 'x0')")
                continue
            else:
                column = f"CAST({column} AS CHAR)"
            expressions.append(self.carried(column))
        return self.lines(f"SELECT {', '.join(expressions)} FROM {self.quote(table)}")

    # Whose text has digits and a few marks only.
    PLAIN = ("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "double", "date", "time", "datetime", "timestamp", "year")


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
        return {name: name for (name,) in rows}

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


# As many digits as any engine prints, and no more: NUMERIC of PostgreSQL.
setcontext(Context(prec=150_000))


def canonical_number(text):
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return text
    try:
        plain = exact.normalize()
    except Overflow:
        return text  # A text of digits and one E that nobody took for a number.
    if not plain.is_finite():
        return text
    if len(plain.as_tuple().digits) <= 17:
        value = float(text)
        if value == 0:
            return "0" if plain == 0 else text
        if not math.isinf(value):
            return repr(value)
    return str(plain)


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


def wkb_of(text):
    """PostgreSQL's point, lseg or polygon as MySQL stores it: SRID 0, then WKB, little-endian."""
    if text == NULL or text.startswith("x:"):
        return text
    points = [struct.pack("<dd", float(x), float(y)) for x, y in re.findall(r"\(([^(),]+),([^(),]+)\)", text)]
    if text.startswith("(("):
        ring = points if points[0] == points[-1] else points + points[:1]
        shape = struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(ring)
    elif text.startswith("["):
        shape = struct.pack("<BII", 1, 2, len(points)) + b"".join(points)
    else:
        shape = struct.pack("<BI", 1, 1) + points[0]
    return "x:" + (bytes(4) + shape).hex()


# Pairs of columns whose two sides are told in different words.
def bridge(source_kind, target_kind):
    """What to do to both sides' text before it is compared: (for the source, for the target)."""
    as_bytes = lambda text: text if text == NULL or text.startswith("x:") else "x:" + text.encode("utf-8", "surrogateescape").hex()
    if source_kind.startswith("set(") != target_kind.startswith("set("):
        split = lambda text: text if text == NULL else json.dumps(text.split(",") if text else [])
        return (split, same) if source_kind.startswith("set(") and (target_kind.endswith("[]") or target_kind == "json") else (same, same)
    if source_kind in ("point", "lseg", "polygon") and target_kind in ("point", "linestring", "polygon"):
        return wkb_of, wkb_of
    is_moment = target_kind.startswith(("timestamp", "datetime"))
    if is_moment and source_kind != target_kind:  # SQLite holds a date in a column of moments: its midnight.
        return (lambda text: text + " 00:00:00" if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text), same
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


def truth(text):
    return BOOLEAN.get(text.lower(), text)


def same(text):
    return text


def table_rows(side, table, columns, changes):
    """How often each row is there, as the server printed it but for the columns that are told in other words."""
    changed = [(place, change) for place, change in enumerate(changes) if change is not same]
    rows = collections.defaultdict(int)
    for row in side.rows(table, columns):
        for place, change in changed:
            row[place] = change(row[place])
        rows[tuple(row)] += 1
    return rows


def differing_rows(left, right):
    """Rows that are missing on the right and on the left. Those that were printed alike are alike; the others are looked at as values."""
    missing, extra = collections.Counter(), collections.Counter()
    for row, count in left.items():
        if count > right.get(row, 0):
            missing[tuple(canonical(cell) for cell in row)] += count - right.get(row, 0)
    for row, count in right.items():
        if count > left.get(row, 0):
            extra[tuple(canonical(cell) for cell in row)] += count - left.get(row, 0)
    return missing - extra, extra - missing


def named_like(name, others):
    """The one of the others that a name became: the same, or its beginning where that was too long."""
    if name in others:
        return name
    cut = [other for other in others if len(other.encode()) > 50 and name.encode().startswith(other.encode()[:-9])]
    return cut[0] if len(cut) == 1 else None


def made_table(name, source_tables, target_tables):
    """What a table is called in the target: of names that differ in case only, one keeps its own and another gets a number."""
    if name in target_tables:
        return name
    others = {made.lower(): made for made in target_tables if made not in source_tables}
    for wanted in (name, name + "_2"):
        if wanted.lower() in others:
            return others[wanted.lower()]
    return others.get(named_like(name.lower(), others))


def paired_columns(source_columns, target_columns):
    """Each column of the source with that of the target; first those whose very names are there, as two may differ in case only."""
    exact = {column[0]: column for column in target_columns}
    left = {column[0].lower(): column for column in target_columns if column[0] not in {name for name, _, _ in source_columns}}
    pairs, lost = [], []
    for position, column in enumerate(source_columns):
        taken = {pair[1][0] for pair in pairs} | {name for name, _, _ in source_columns if name in exact}
        free = {name: made for name, made in left.items() if made[0] not in taken}
        like = named_like(column[0].lower(), free) or named_like(column[0].lower() + "_2", free)
        if column[0] in exact:
            pairs.append((column, exact[column[0]]))
        elif like is not None:
            pairs.append((column, left[like]))
        elif position < len(target_columns) and target_columns[position][0].encode()[:-9] == column[0].encode()[:54]:
            pairs.append((column, target_columns[position]))
        else:
            lost.append(column[0])
    return pairs, lost


def compare_table(source, target, source_table, target_table, failed):
    pairs, lost = paired_columns(source.columns(source_table), target.columns(target_table))
    problems = [f"no column {name}" for name in lost]
    changes = [bridge(left[1], right[1]) for left, right in pairs]
    booleans = [right[1] in ("boolean", "tinyint(1)") for _, right in pairs]
    both = [(truth, truth) if flag else change for change, flag in zip(changes, booleans)]
    left = table_rows(source, source_table, [pair[0] for pair in pairs], [change[0] for change in both])
    right = table_rows(target, target_table, [pair[1] for pair in pairs], [change[1] for change in both])
    missing, extra = differing_rows(left, right)
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
    failed = {name: int(count) for name, _, count in (item.rpartition("=") for item in arguments.failed)}
    source, target = open_side(arguments.source), open_side(arguments.target)
    source_tables, target_tables = source.tables(), target.tables()
    bad = 0
    compared = 0
    for name, table in sorted(source_tables.items()):
        if arguments.only and name not in arguments.only or not source.columns(table):
            continue
        made = made_table(name, source_tables, target_tables)
        if made is None:
            print(f"{name}: not in the target")
            bad += 1
            continue
        compared += 1
        for problem in compare_table(source, target, table, target_tables[made], failed.get(name, failed.get(name.replace("__", ".", 1), 0))):
            print(f"{name}: {problem}")
            bad += 1
    print(f"{compared} tables compared, {bad} differences")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
