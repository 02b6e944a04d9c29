#!/usr/bin/env python3
"""Migrates random tables of random rows in random directions, sometimes killed and resumed, and compares both sides.

usage: random_migrations.py CROSSLOAD

The servers are those of CROSSLOAD_TEST_POSTGRES, _MARIADB and _MYSQL. CROSSLOAD_PROPERTY_SEED sets the seed, else a fixed
one is taken; CROSSLOAD_PROPERTY_SECONDS how long to go on (30). Each round prints its own seed: give that one, with
CROSSLOAD_PROPERTY_ROUNDS=1, to see a failure again. Exit status 77: no server at all.
"""

import json
import os
import pathlib
import random
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import uuid
from urllib.parse import urlparse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
import compare_databases  # pylint: disable=wrong-import-position

VARIABLES = {"postgres": "CROSSLOAD_TEST_POSTGRES", "mariadb": "CROSSLOAD_TEST_MARIADB", "mysql": "CROSSLOAD_TEST_MYSQL"}
RUN_LIMIT = 300


class Value:
    """What a cell holds; `everywhere`: every target has room for it."""

    def __init__(self, data, everywhere=True):
        self.data = data
        self.everywhere = everywhere


# Values by kind. What some target must reject is marked.
TEXTS = ["", " ", "a", "it's", "back\\slash", "tab\tnew\nline\rend", "NULL", "\\N", "\\.", "%_", "\u00e9", "\u4e2d\u6587",
         "\U0001f600", "e\u0301", "x" * 20, '{"not": json', "0", "00", "1e5", "-"]
BYTES = [b"", b"\0", bytes(range(256))[:20], b"\xff\xfe", b"text", b"'\\\"", b"\x1a\n"]
REALS = [0.0, 1.0, -1.0, 0.1, 1 / 3, 1e300, -1e300, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 123456789.123456789,
         9007199254740993.0, 1e15, 1e16]
FLOATS = [0.0, 1.5, -1.5, struct.unpack("f", struct.pack("f", 0.1))[0], 3.4028234663852886e38, 1.1754943508222875e-38, 16777216.0]
DATES = ["1000-01-01", "1582-10-10", "1969-12-31", "1970-01-01", "2000-02-29", "2038-01-20", "9999-12-31"]
TIMES = ["00:00:00", "00:00:00.000001", "12:34:56.5", "23:59:59.999999"]
ZONED = ["1970-01-02 00:00:00", "2000-02-29 12:00:00.5", "2038-01-18 00:00:00", "2024-03-31 01:30:00.000001"]
JSONS = ["{}", "[]", '{"a": [1, 2.5, null, true], "b": "\\u00e9"}', '"text"', "1", "null", '{"a": {"b": {"c": []}}}']


def integers(bits, signed=True):
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)

    def make(rng):
        data = rng.choice([low, high, 0, 1, min(high, 127), low + 1, high - 1, rng.randint(low, high)])
        return Value(data, -(1 << 63) <= data < 1 << 63)
    return make


def decimals(whole, scale):
    def make(rng):
        digits = rng.choice([1, whole])
        text = str(rng.choice([0, 1, 10 ** digits - 1, rng.randint(0, 10 ** digits - 1)]))
        if scale and rng.random() < 0.7:
            text += "." + rng.choice(["0" * (scale - 1) + "1", "9" * scale, "5"])
        return Value(rng.choice(["", "-"]) + text if text.strip("0.") else "0")
    return make


def one_of(values, everywhere=True):
    return lambda rng: Value(rng.choice(values), everywhere)


def texts(rng):
    if rng.random() < 0.2:
        return Value("".join(rng.choice("ab \u00e9\u4e2d\U0001f600\n\\'") for _ in range(rng.randint(0, 20))))
    return Value(rng.choice(TEXTS))


def long_texts(rng):
    return Value("long \u00e9" * rng.randint(1, 3_000)) if rng.random() < 0.1 else texts(rng)


def datetimes(rng):
    return Value(rng.choice(DATES) + " " + rng.choice(TIMES))


def uuids(rng):
    return Value(rng.choice(["0" * 8 + "-0000-0000-0000-" + "0" * 12, str(uuid.UUID(int=rng.getrandbits(128)))]))


def labels(rng):
    return Value(rng.choice(["a", "it''s".replace("''", "'"), "\u00e9"]))


TYPES = {
    "postgres": [("smallint", integers(16)), ("integer", integers(32)), ("bigint", integers(64)), ("numeric(20,6)", decimals(14, 6)),
                 ("numeric(65,30)", decimals(35, 30)), ("real", one_of(FLOATS)), ("double precision", one_of(REALS)),
                 ("boolean", one_of([True, False])), ("text", long_texts), ("varchar(20)", texts), ("bytea", one_of(BYTES)),
                 ("date", one_of(DATES)), ("time", one_of(TIMES)), ("timestamp", datetimes), ("timestamptz", one_of(ZONED)),
                 ("uuid", uuids), ("json", one_of(JSONS)), ("jsonb", one_of(JSONS))],
    "mysql": [("tinyint", integers(8)), ("smallint unsigned", integers(16, False)), ("mediumint", integers(24)), ("int", integers(32)),
              ("int unsigned", integers(32, False)), ("bigint", integers(64)), ("bigint unsigned", integers(64, False)),
              ("decimal(20,6)", decimals(14, 6)), ("decimal(65,30)", decimals(35, 30)), ("float", one_of(FLOATS)),
              ("double", one_of(REALS)), ("varchar(20)", texts), ("longtext", long_texts), ("varbinary(20)", one_of(BYTES)),
              ("longblob", one_of(BYTES)), ("date", one_of(DATES)), ("time(6)", one_of(TIMES)), ("datetime(6)", datetimes),
              ("timestamp(6) NULL", one_of(ZONED)), ("json", one_of(JSONS)), ("enum('a','it''s','\u00e9')", labels)],
    "sqlite": [("INTEGER", integers(64)), ("INT", integers(32)), ("REAL", one_of(REALS)), ("TEXT", long_texts), ("VARCHAR(20)", texts),
               ("BLOB", one_of(BYTES)), ("DATE", one_of(DATES)), ("DATETIME", datetimes), ("BOOLEAN", one_of([0, 1])), ("", texts),
               ("DECIMAL(10,2)", one_of([0, 1, 19.99, -0.01, 99999999.99]))],
}
KEYS = {
    "postgres": [("integer", integers(32)), ("bigint", integers(64)), ("text", texts), ("varchar(20)", texts), ("date", one_of(DATES))],
    "mysql": [("int", integers(32)), ("bigint", integers(64)), ("bigint unsigned", integers(64, False)),
              ("varchar(20) COLLATE utf8mb4_bin", texts), ("date", one_of(DATES))],
    "sqlite": [("INTEGER", integers(64)), ("TEXT", texts), ("INT", integers(32))],
}


def engine_of(place):
    return "mysql" if place == "mariadb" else place


class Table:
    def __init__(self, rng, engine, name):
        self.name = name
        self.key = [(f"k{i}",) + rng.choice(KEYS[engine]) for i in range(rng.choice([0, 1, 1, 2]))]
        self.columns = [(f"c{i}",) + rng.choice(TYPES[engine]) for i in range(rng.randint(1, 6))]
        self.nullable = [rng.random() < 0.7 for _ in self.columns]
        self.rows = self.make_rows(rng)

    def make_rows(self, rng):
        rows, seen = [], set()
        for _ in range(rng.choice([0, 1, 20, 200])):
            key = [make(rng) for _, _, make in self.key]
            # MySQL's older collations take texts for equal that differ in blanks at the end.
            identity = tuple(str(value.data).rstrip(" ") for value in key)
            if key and identity in seen:
                continue
            seen.add(identity)
            rest = [Value(None) if free and rng.random() < 0.2 else make(rng)
                    for (_, _, make), free in zip(self.columns, self.nullable)]
            rows.append(key + rest)
        return rows

    def create(self, quote):
        columns = [f"{quote(name)} {kind} NOT NULL" for name, kind, _ in self.key]
        columns += [f"{quote(name)} {kind}" + ("" if free or kind.endswith("NULL") else " NOT NULL")
                    for (name, kind, _), free in zip(self.columns, self.nullable)]
        if self.key:
            columns.append("PRIMARY KEY (" + ", ".join(quote(name) for name, _, _ in self.key) + ")")
        return f"CREATE TABLE {quote(self.name)} ({', '.join(columns)})"

    def most_rejects(self):
        return sum(not all(value.everywhere for value in row) for row in self.rows)


class Database:
    """A database of the test's own, removed at the end."""

    def __init__(self, place, name, folder):
        self.place, self.name, self.folder = place, name, folder
        if place == "sqlite":
            self.name += ".db"
            self.url = f"sqlite:{folder}/{self.name}"
            return
        self.server = urlparse(os.environ[VARIABLES[place]])
        self.url = f"{os.environ[VARIABLES[place]]}/{name}"
        self.admin(f"CREATE DATABASE {name}" + ("" if place == "postgres" else " CHARACTER SET utf8mb4"))

    def admin(self, sql):
        base = "postgres" if self.place == "postgres" else "mysql"
        self.shell(sql, base)

    def shell(self, sql, database):
        host, port, user = self.server.hostname, str(self.server.port), self.server.username
        if self.place == "postgres":
            command = ["psql", "-X", "-q", "-h", host, "-p", port, "-U", user, "-d", database, "-v", "ON_ERROR_STOP=1"]
        else:
            command = ["mariadb", "--no-defaults", "-h", host, "-P", port, "-u", user, "--protocol=TCP", "--binary-mode",
                       "--default-character-set=utf8mb4", "--max-allowed-packet=1G", database]
        done = subprocess.run(command, input=sql.encode(), check=False, capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.decode(errors="replace")[:2_000])

    def remove(self):
        if self.place == "sqlite":
            pathlib.Path(self.folder, self.name).unlink(missing_ok=True)
        else:
            self.admin(f"DROP DATABASE IF EXISTS {self.name}" + (" WITH (FORCE)" if self.place == "postgres" else ""))

    def profile(self, access):
        url = f"sqlite:{self.folder}" if self.place == "sqlite" else os.environ[VARIABLES[self.place]]
        return {"url": url, "access": access}

    def fill(self, tables):
        if self.place == "sqlite":
            with sqlite3.connect(pathlib.Path(self.folder, self.name)) as db:
                for table in tables:
                    db.execute(table.create(lambda name: f'"{name}"'))
                    for row in table.rows:
                        db.execute(f'INSERT INTO "{table.name}" VALUES ({",".join("?" * len(row))})', [value.data for value in row])
            db.close()
            return
        quote = (lambda name: f'"{name}"') if self.place == "postgres" else (lambda name: f"`{name}`")
        script = "" if self.place == "postgres" else "SET time_zone = '+00:00';\n"
        script += "SET TimeZone = 'UTC';\n" if self.place == "postgres" else ""
        for table in tables:
            script += table.create(quote) + ";\n"
            for row in table.rows:
                script += f"INSERT INTO {quote(table.name)} VALUES ({', '.join(self.literal(value.data) for value in row)});\n"
        self.shell(script, self.name)

    def literal(self, data):
        if data is None:
            return "NULL"
        if isinstance(data, bool):
            return str(data)
        if isinstance(data, (int, float)):
            return repr(data) if self.place != "postgres" else f"'{data!r}'"
        if isinstance(data, bytes):
            return f"'\\x{data.hex()}'" if self.place == "postgres" else f"X'{data.hex()}'"
        if self.place != "postgres":
            data = data.replace("\\", "\\\\")
        return "'" + data.replace("'", "''") + "'"


class Run:
    def __init__(self, binary, source, target, options, folder):
        self.folder = folder
        config = {"state_dir": "state", "profiles": {"from": source.profile("read"), "to": target.profile("write")}}
        pathlib.Path(folder, "crossload.json").write_text(json.dumps(config), encoding="utf-8")
        self.base = [binary, "--config", f"{folder}/crossload.json", "start-migration-job"]
        self.first = ["--source-profile", "from", "--source-database", source.name, "--target-profile", "to", "--target-database",
                      target.name, "--create-schema"] + options

    def status(self):
        for file in pathlib.Path(self.folder, "state/migrations").glob("*/status.json"):
            return json.loads(file.read_text(encoding="utf-8"))
        return {}

    def start(self):
        status = self.status()
        arguments = ["--resume-job-id", status["job_id"]] if status else self.first
        with open(f"{self.folder}/run.out", "wb") as out:
            return subprocess.Popen(self.base + arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)

    def run(self, rng, kills):
        for _ in range(kills):
            process = self.start()
            try:
                process.wait(rng.uniform(0.01, 0.4))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
        # The last one ends it; once more, it takes away what a kill behind the end left in the ledger.
        for _ in range(2 if kills else 1):
            if kills or not self.status():
                self.start().wait(RUN_LIMIT)
        return self.status()


def check(status, tables, source, target):
    problems = []
    if status.get("status") not in ("completed", "completed_with_errors"):
        return [f"the job ended {status.get('status')}: {status}"]
    by_name = {table["table"]: table for table in status["tables_status"]}
    left, right = compare_databases.open_side(source.url), compare_databases.open_side(target.url)
    left_tables, right_tables = left.tables(), right.tables()
    for table in tables:
        told = by_name.get(table.name)
        if told is None or table.name not in right_tables:
            problems.append(f"{table.name} was not migrated: {told}")
            continue
        counts = told["rows_migrated"] + told["rows_failed"] + told["rows_skipped"]
        if told["rows_read"] != len(table.rows) or counts != len(table.rows):
            problems.append(f"{table.name}: {len(table.rows)} rows, but {told}")
        if told["rows_failed"] > table.most_rejects():
            problems.append(f"{table.name}: {told['rows_failed']} rows rejected, of which {table.most_rejects()} might be")
        problems += [f"{table.name}: {problem}" for problem in compare_databases.compare_table(
            left, right, left_tables[table.name], right_tables[table.name], told["rows_failed"])]
    if "crossload_ledger" in right_tables:
        problems.append("the ledger is left")
    return problems


def rejects(folder):
    lines = []
    for file in sorted(pathlib.Path(folder, "state/migrations").glob("*/*_failed.jsonl")):
        lines += file.read_text(encoding="utf-8").splitlines()[:3]
    return lines


def one_round(binary, seed, places):
    rng = random.Random(seed)
    source_place, target_place = rng.choice(places), rng.choice(places)
    options = ["--batch-size", str(rng.choice([1, 7, 50, 1000])), "--memory-limit-mb", str(rng.choice([1, 5, 50]))]
    kills = rng.choice([0, 0, 1, 2])
    tables = [Table(rng, engine_of(source_place), f"t{i}") for i in range(rng.randint(1, 3))]
    print(f"seed {seed}: {source_place} to {target_place}, {' '.join(options)}, {kills} kills, "
          f"{sum(len(table.rows) for table in tables)} rows", flush=True)
    with tempfile.TemporaryDirectory(prefix="crossload-test-") as folder:
        unique = f"{os.getpid()}_{time.time_ns() % 10**9}"
        databases = []
        try:
            source = Database(source_place, f"xl_from_{unique}", folder)
            databases.append(source)
            target = Database(target_place, f"xl_to_{unique}", folder)
            databases.append(target)
            source.fill(tables)
            run = Run(binary, source, target, options, folder)
            status = run.run(rng, kills)
            problems = check(status, tables, source, target)
            if problems:
                problems += [table.create(str) for table in tables] + rejects(folder)
                if not status:
                    problems.append(pathlib.Path(folder, "run.out").read_text(encoding="utf-8"))
            return problems
        finally:
            for database in databases:
                database.remove()


def main():
    binary = sys.argv[1]
    places = ["sqlite"] + [place for place, variable in VARIABLES.items() if variable in os.environ]
    if len(places) == 1:
        print("no server: run scripts/servers start FOLDER and source FOLDER/env")
        return 1 if "CI" in os.environ else 77
    seed = int(os.environ.get("CROSSLOAD_PROPERTY_SEED", "20261121"))
    deadline = time.monotonic() + float(os.environ.get("CROSSLOAD_PROPERTY_SECONDS", "30"))
    rounds = int(os.environ.get("CROSSLOAD_PROPERTY_ROUNDS", "1000000"))
    bad = 0
    for i in range(rounds):
        if i > 0 and time.monotonic() > deadline:
            break
        problems = one_round(binary, seed + i, places)
        for problem in problems:
            print("  " + problem[:1500])
        bad += bool(problems)
    print(f"{bad} rounds failed" if bad else "every round went well")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
