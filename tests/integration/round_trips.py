#!/usr/bin/env python3
"""Sends a table of every type that docs/type-mapping.md names, with edge values, to each other engine and back.

usage: round_trips.py CROSSLOAD

The way there makes its tables (create_schema); the way back goes into tables like the first ones, and again into tables that it
makes. What the mapping calls same or widened must come back as it was, by the servers' own text; of what it calls lossy or
unsupported rows may be rejected, and those that arrive must come back too. Of tables that are made, the types must be those of the
source, apart from what RETURNS_AS names. The servers are those of random_migrations.py. Exit status 77: no server at all.
"""

import collections
import os
import pathlib
import random
import re
import sys
import tempfile
import time

import random_migrations
from random_migrations import VARIABLES, Database, Run, engine_of, rejects

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import compare_databases  # pylint: disable=wrong-import-position

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "docs" / "type-mapping.md"
ALL_BYTES = bytes(range(256)).hex()
TEXTS = ["''", "' '", "'a  '", "'it''s'", "'\t\n\r'", "'\u00e9\u4e2d\U0001f600'", "'NULL'", "'\u0001\u007f%_'"]
JSONS = ["""'{"a": [1, 2.5, null, true], "b": {}}'""", """'[]'""", """'"text"'""", "'-1'"]


def numbers(*values):
    return [str(value) for value in values]


def signed(bits):
    return numbers(0, 1, -(1 << bits - 1), (1 << bits - 1) - 1)


def unsigned(bits):
    return numbers(0, 1, (1 << bits) - 1)


REALS = ["0", "1.5", "-0.1", "1e300", "5e-324", "1.7976931348623157e308", "0.30000000000000004"]
FLOATS = ["0", "1.5", "-0.1", "3.4028235e38", "1.1754944e-38"]
DATES = ["'0001-01-01'", "'1582-10-10'", "'1970-01-01'", "'2000-02-29'", "'9999-12-31'"]
MOMENTS = ["'0001-01-01 00:00:00'", "'1969-12-31 23:59:59'", "'2000-02-29 12:00:00'", "'9999-12-31 23:59:59'"]

VALUES = {
    "postgres": {
        "boolean": ["true", "false"], "smallint": signed(16), "integer": signed(32), "bigint": signed(64),
        "numeric(10,2)": numbers(0, "99999999.99", "-99999999.99", "0.01"), "numeric(3,-2)": numbers(0, 99900, -100),
        "numeric(80,40)": numbers(0, "1e39", "-0." + "0" * 39 + "1"), "numeric": numbers(0, "123456789.000100", "-1e30", "1e-20"),
        "money": ["'0'", "'-92233720368547758.08'", "'92233720368547758.07'"], "real": [f"'{text}'" for text in FLOATS],
        "double precision": [f"'{text}'" for text in REALS], "character varying(20)": TEXTS + ["'" + "\u4e2d" * 20 + "'"],
        "character varying(20000)": TEXTS + ["repeat('\u4e2d', 20000)"], "text": TEXTS + ["repeat('\u00e9', 100000)"],
        "character(5)": ["''", "'ab'", "'abcde'", "'\U0001f600'"], "name": ["''", "'a name'"],
        "bytea": ["''", "'\\x00'", f"'\\x{ALL_BYTES}'", f"decode(repeat('{ALL_BYTES}', 1000), 'hex')"], "date": DATES,
        "time without time zone": ["'00:00:00'", "'23:59:59.999999'", "'12:00:00.5'"],
        "time(3) without time zone": ["'00:00:00'", "'23:59:59.999'"],
        "time with time zone": ["'00:00:00+15:59'", "'23:59:59.999999-15:59'", "'12:34:56+05:30'"],
        "timestamp without time zone": MOMENTS + ["'2024-02-29 23:59:59.999999'"], "timestamp(0) without time zone": MOMENTS,
        "timestamp with time zone": [moment[:-1] + "+00'" for moment in MOMENTS] + ["'2024-02-29 23:59:59.999999+00'"],
        "interval": ["'0'", "'1 year 2 mons -3 days 04:05:06.789'", "'-838:59:59'", "'P-1Y'", "'2 days'"],
        "uuid": ["'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"], "json": JSONS, "jsonb": JSONS,
        "mood": ["'a'", "'it''s'"], "posint": numbers(1, 2147483647), "bit(1)": ["B'0'", "B'1'"], "bit(8)": ["B'00000000'", "B'11111111'"],
        "bit(70)": ["B'" + "10" * 35 + "'", "B'" + "0" * 70 + "'"], "bit varying": ["B''", "B'0001'", "B'" + "1" * 100 + "'"],
        "text[]": ["'{}'", """'{a,NULL,"b c","q\\"uote",""}'""", "'{{a,b},{c,d}}'"], "integer[]": ["'{}'", "'{1,-2147483648,NULL}'"],
        "inet": ["'192.168.0.1/24'", "'10.0.0.1'", "'::1'"], "cidr": ["'10.0.0.0/8'", "'2001:db8::/32'"],
        "macaddr": ["'08:00:2b:01:02:03'"], "oid": unsigned(32), "pg_lsn": ["'16/B374D848'", "'0/0'"], "xml": ["'<a>\u00e9</a>'"],
        "tsvector": ["'a:1 b:2'", "''"], "int4range": ["'empty'", "'[1,5)'", "'(,)'"],
        "hstore": ["""'"a"=>"1","b"=>NULL'""", "''"], "point": ["'(1.5,-2)'", "'(0,0)'"],
        "polygon": ["'((0,0),(0,1),(1,1),(0,0))'"], "box": ["'(1,1),(0,0)'"],
    },
    "mysql": {
        "tinyint(1)": signed(8), "tinyint(4)": signed(8), "tinyint(3) unsigned": unsigned(8), "smallint(6)": signed(16),
        "smallint(5) unsigned": unsigned(16), "mediumint(9)": signed(24), "int(11)": signed(32), "int(10) unsigned": unsigned(32),
        "bigint(20)": signed(64), "bigint(20) unsigned": unsigned(64), "year(4)": numbers(1901, 2155, 0),
        "decimal(10,2)": numbers(0, "99999999.99", "-99999999.99", "0.01"),
        "decimal(65,30)": numbers(0, "9" * 35 + "." + "9" * 30, "-0." + "0" * 29 + "1"), "float": ["0", "1.5", "-0.1", "3.402823e38", "1.1754944e-38"], "double": REALS,
        "char(5)": ["''", "'ab'", "'abcde'", "'\U0001f600'"], "varchar(255)": TEXTS + ["REPEAT('\u4e2d', 255)"],
        "tinytext": TEXTS, "text": TEXTS + ["REPEAT('x', 65535)"], "mediumtext": TEXTS, "longtext": TEXTS + ["REPEAT('\u00e9', 100000)"],
        "binary(4)": ["X'00000000'", "X'ffffffff'"], "varbinary(20)": ["''", "X'00'", "X'ff'"], "tinyblob": ["''", f"X'{ALL_BYTES[:510]}'"],
        "blob": ["''", f"X'{ALL_BYTES}'"], "longblob": ["''", f"UNHEX(REPEAT('{ALL_BYTES}', 1000))"],
        "date": ["'1000-01-01'"] + DATES[1:], "time": ["'-838:59:59'", "'838:59:59'", "'00:00:00'", "'12:00:00'"],
        "time(6)": ["'-838:59:58.999999'", "'00:00:00.000001'", "'23:59:59.5'"], "datetime": ["'1000-01-01 00:00:00'"] + MOMENTS[1:],
        "datetime(6)": ["'1000-01-01 00:00:00'", "'9999-12-31 23:59:59.999999'"],
        "timestamp": ["'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'"], "timestamp(3)": ["'2000-02-29 12:00:00.123'"],
        "enum('a','it''s')": ["'a'", "'it''s'"], "set('a','it''s')": ["''", "'a'", "'a,it''s'"], "json": JSONS,
        "bit(1)": ["b'0'", "b'1'"], "bit(8)": ["b'0'", "b'11111111'"], "bit(64)": ["b'0'", "b'1'", "b'" + "1" * 64 + "'"],
        "uuid": ["'00000000-0000-0000-0000-000000000001'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"], "inet6": ["'::1'", "'2001:db8::ff00:42:8329'"],
        "point": ["ST_GeomFromText('POINT(1.5 -2)')"], "geometry": ["ST_GeomFromText('LINESTRING(0 0,1 1,2 0)')", "ST_GeomFromText('POINT(0 0)')"],
    },
    "sqlite": {
        "INT": signed(64), "BOOLEAN": ["0", "1"], "REAL": ["0.0", "1.5", "-0.1", "1e300", "5e-324"], "DECIMAL(10,2)": ["0", "19.99", "-99999999.99"],
        "TEXT": TEXTS, "VARCHAR(20)": TEXTS + ["'" + "\u4e2d" * 20 + "'"], "BLOB": ["X''", "X'00'", f"X'{ALL_BYTES}'"], "DATE": DATES,
        "DATETIME": MOMENTS, "TIME": ["'00:00:00'", "'23:59:59.999999'"], "UUID": ["'00000000-0000-0000-0000-000000000000'"],
        "JSON": JSONS[:1], "(none)": TEXTS, "INTEGER": signed(64), "NUMERIC": ["0", "1", "2.5"],
        "DECIMAL_TEXT(65,30)": ["'0." + "0" * 29 + "1'", "'" + "9" * 35 + "." + "9" * 30 + "'"], "DATETIME_TEXT(3)": ["'2000-02-29 12:00:00.123'"],
        "TIMESTAMPTZ_TEXT": ["'2000-02-29 12:00:00+00:00'"], "DURATION_TEXT": ["'P1Y2M-3DT4H5M6.789S'"], "JSONB_TEXT": ["""'{"a": 1}'"""],
        "BIT_TEXT(8)": ["'00001111'"], "ARRAY_I4_TEXT": ["'[1,2,null]'"], "I4RANGE_TEXT": ["'[1,5)'"],
    },
}
PRELUDE = {
    "postgres": "CREATE EXTENSION hstore; CREATE TYPE mood AS ENUM ('a', 'it''s'); CREATE DOMAIN posint AS integer CHECK (VALUE > 0);\n",
    "mysql": "SET time_zone = '+00:00';\n",
    "sqlite": "",
}
MARIADB_ONLY = ("uuid", "inet6")

# What a type may be in a table that is made on the way back, where it is no longer the one it was: the mapping of the way back
# goes from what the way there made of it. Without the display widths of integers, which MySQL no longer tells.
RETURNS_AS = {
    ("mysql", "postgres"): {
        "tinyint(1)": "smallint", "tinyint(4)": "smallint", "tinyint(3) unsigned": "smallint", "smallint(5) unsigned": "int",
        "mediumint(9)": "int", "int(10) unsigned": "bigint", "bigint(20) unsigned": "decimal(20,0)", "year(4)": "int",
        "tinytext": "longtext", "text": "longtext", "mediumtext": "longtext", "binary(4)": "longblob",
        "varbinary(20)": "longblob", "tinyblob": "longblob", "blob": "longblob", "time": "varchar(64)",
        "time(6)": "varchar(64)", "timestamp": "datetime", "timestamp(3)": "datetime(3)", "enum('a','it''s')": "longtext",
        "set('a','it''s')": "longtext|json", "bit(1)": "tinyint(1)", "inet6": "varchar(49)", "point": "longblob",
        "geometry": "longblob",
    },
    ("mysql", "sqlite"): {
        "tinyint(1)": "bigint", "tinyint(4)": "bigint", "tinyint(3) unsigned": "bigint", "smallint(6)": "bigint",
        "smallint(5) unsigned": "bigint", "mediumint(9)": "bigint", "int(11)": "bigint", "int(10) unsigned": "bigint",
        "bigint(20) unsigned": "bigint", "year(4)": "bigint", "char(5)": "varchar(5)", "tinytext": "longtext",
        "text": "longtext", "mediumtext": "longtext", "tinyblob": "longblob", "blob": "longblob", "timestamp": "datetime",
        "timestamp(3)": "datetime(3)", "enum('a','it''s')": "longtext", "set('a','it''s')": "longtext", "point": "geometry",
    },
    ("postgres", "mysql"): {
        "numeric(3,-2)": "numeric(5,0)", "numeric(80,40)": "numeric(65,30)", "numeric": "numeric(65,30)",
        "money": "numeric(19,2)", "character varying(20000)": "text", "name": "text", "time without time zone": "interval",
        "time(3) without time zone": "interval", "time with time zone": "character varying(32)",
        "timestamp with time zone": "timestamp without time zone", "interval": "character varying(64)", "jsonb": "json",
        "json": "jsonb", "uuid": "character(36)",
        "mood": "text", "bit(1)": "boolean", "bit(70)": "character varying(70)", "bit varying": "text", "text[]": "json|jsonb",
        "integer[]": "json|jsonb", "inet": "character varying(49)", "cidr": "character varying(49)",
        "macaddr": "character varying(23)", "oid": "bigint", "pg_lsn": "character varying(32)", "xml": "text",
        "tsvector": "text", "int4range": "text", "hstore": "json|jsonb", "point": "bytea", "polygon": "bytea", "box": "text",
    },
    ("postgres", "sqlite"): {
        "smallint": "bigint", "integer": "bigint", "money": "numeric(19,2)", "character(5)": "character varying(5)",
        "name": "text", "mood": "text", "posint": "bigint",
    },
    ("sqlite", "mysql"): {
        "INT": "bigint", "(none)": "longtext", "BOOLEAN": "tinyint(1)", "REAL": "double",
        "DECIMAL(10,2)": "decimal_text(10,2)", "TEXT": "longtext", "BLOB": "longblob", "DATE": "date_text",
        "DATETIME": "datetime_text(6)", "TIME": "time_text(6)", "UUID": "uuid_text|char(36)", "JSON": "json_text",
        "INTEGER": "bigint", "NUMERIC": "decimal_text(65,30)", "TIMESTAMPTZ_TEXT": "datetime_text(6)",
        "DURATION_TEXT": "varchar(64)", "JSONB_TEXT": "json_text", "BIT_TEXT(8)": "bit_integer(8)",
        "ARRAY_I4_TEXT": "json_text", "I4RANGE_TEXT": "longtext",
    },
    ("sqlite", "postgres"): {
        "INT": "bigint", "(none)": "text", "REAL": "double", "DECIMAL(10,2)": "decimal_text(10,2)", "DATE": "date_text",
        "DATETIME": "datetime_text", "TIME": "time_text", "UUID": "uuid_text", "JSON": "json_text", "INTEGER": "bigint",
        "NUMERIC": "decimal_text",
    },
}
# SQLite's texts of these are spelled anew: decimals of a second, UTC, blanks of JSON.
RESPELLED = ("DATETIME", "TIME", "TIMESTAMPTZ_TEXT", "ARRAY_I4_TEXT")



def mapping(source, target):
    """The verdict of each type in docs/type-mapping.md; of several the first, which knows the least."""
    text = DOCUMENT.read_text(encoding="utf-8")
    section = re.search(rf"<!-- types: {source} {target} -->(.*?)<!-- end -->", text, re.S)[1]
    verdicts = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 5 and cells[4] in ("same", "widened", "lossy", "unsupported"):
            verdicts.setdefault(cells[1].strip("`"), cells[4])
    return verdicts


def types_of(place, verdicts):
    engine = engine_of(place)
    return [kind for kind in verdicts if not (place == "mysql" and kind in MARIADB_ONLY) and kind in VALUES[engine]]


def script_of(place, types, with_rows):
    engine = engine_of(place)
    script = PRELUDE[engine]
    for i, kind in enumerate(types):
        declared = "" if kind == "(none)" else kind + (" NULL" if engine == "mysql" else "")
        script += f"CREATE TABLE t{i} (id INTEGER NOT NULL PRIMARY KEY, v {declared});\n"
        for row, value in enumerate(VALUES[engine][kind] + ["NULL"] if with_rows else []):
            if engine == "mysql":
                value = value.replace("\\", "\\\\")
            script += f"INSERT INTO t{i} VALUES ({row}, {value});\n"
    return script


def fill(database, types, with_rows=True):
    script = script_of(database.place, types, with_rows)
    if database.place != "sqlite":
        return database.shell(script, database.name)
    with random_migrations.sqlite3.connect(pathlib.Path(database.folder, database.name)) as db:
        db.executescript(script)
    return None


def migrate(binary, source, target, folder, name, create):
    below = pathlib.Path(folder, name)
    below.mkdir()
    run = Run(binary, source, target, [], str(below))
    if not create:
        run.first.remove("--create-schema")
    status = run.run(random.Random(0), 0)
    if "tables_status" not in status:
        raise RuntimeError(f"{name}: {status} {(below / 'run.out').read_text(encoding='utf-8')}")
    return {table["table"]: table for table in status["tables_status"]}, rejects(str(below))


def printed(side, table):
    columns = side.columns(table)
    return columns[1][1], collections.Counter(map(tuple, side.rows(table, columns)))


def bare(kind):
    return re.sub(r"\b((?:small|medium|big)?int|tinyint(?!\(1\))|year)\(\d+\)", r"\1", kind)


def check_values(kind, verdict, name, sides, first, second):
    """What is wrong with one type's values after the way there and back."""
    problems = []
    there, back = first.get(name, {}), second.get(name, {})
    if there.get("status") not in ("completed", "completed_with_errors"):
        return [f"not migrated: {there}"]
    if verdict in ("same", "widened") and there["rows_failed"]:
        problems.append(f"{there['rows_failed']} rows were rejected on the way there, but the mapping says {verdict}")
    if back.get("rows_failed", -1) != 0:
        return problems + [f"on the way back: {back}"]
    source, target = sides
    problems += compare_databases.compare_table(source, target, source.tables()[name], target.tables()[name], there["rows_failed"])
    if verdict in ("same", "widened") and kind not in RESPELLED:
        left, right = printed(source, source.tables()[name])[1], printed(target, target.tables()[name])[1]
        if left != right:
            problems.append(f"the text is another: {list((left - right))[:2]}, now {list((right - left))[:2]}")
    return problems


def check_type(pair, kind, name, sides):
    source, target = sides
    if name not in target.tables():
        return ["no table was made of it"]
    before = bare(source.columns(source.tables()[name])[1][1])
    returned = bare(target.columns(target.tables()[name])[1][1])
    if returned == before or returned in RETURNS_AS[pair].get(kind, "").split("|"):
        return []
    return [f'TYPE "{kind}": "{returned}", wanted {before}']


def round_trip(binary, place, between, folder):
    unique = f"{os.getpid()}_{time.time_ns() % 10**9}"
    verdicts = mapping(engine_of(place), engine_of(between))
    types = types_of(place, verdicts)
    databases = [Database(where, f"xl_{step}_{unique}", folder)
                 for step, where in (("a", place), ("b", between), ("c", place), ("d", place))]
    problems = []
    try:
        fill(databases[0], types)
        fill(databases[2], types, with_rows=False)
        if place == "postgres":
            databases[3].shell("CREATE EXTENSION hstore", databases[3].name)
        first, lines = migrate(binary, databases[0], databases[1], folder, "there", True)
        second, back = migrate(binary, databases[1], databases[2], folder, "back", False)
        migrate(binary, databases[1], databases[3], folder, "made", True)
        sides = [compare_databases.open_side(database.url) for database in databases]
        for i, kind in enumerate(types):
            found = check_values(kind, verdicts[kind], f"t{i}", (sides[0], sides[2]), first, second)
            found += check_type((engine_of(place), engine_of(between)), kind, f"t{i}", (sides[0], sides[3]))
            problems += [f"{place} to {between} and back, {kind}: {problem}" for problem in found]
        if problems:
            problems += lines + back
    finally:
        for database in databases:
            database.remove()
    return problems


def main():
    binary = sys.argv[1]
    places = ["sqlite"] + [place for place, variable in VARIABLES.items() if variable in os.environ]
    if len(places) == 1:
        print("no server: run scripts/servers start FOLDER and source FOLDER/env")
        return 1 if "CI" in os.environ else 77
    problems = []
    chosen = sys.argv[2:]
    for place in places:
        for between in places:
            if engine_of(place) == engine_of(between) or (chosen and f"{place}:{between}" not in chosen):
                continue
            with tempfile.TemporaryDirectory(prefix="crossload-test-") as folder:
                found = round_trip(binary, place, between, folder)
            print(f"{place} to {between} and back: {'differs' if found else 'the same'}", flush=True)
            for problem in found:
                print("  " + problem[:1000])
            problems += found
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
