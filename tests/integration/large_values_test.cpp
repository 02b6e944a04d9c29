// Values of 100 MB in every direction: they arrive, in no more memory than is promised, or are
// refused with the setting to raise.

#include <array>
#include <chrono>
#include <fstream>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "direction.h"
#include "migration_run.h"

namespace crossload::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::size_t kValueBytes = 100'000'000;
constexpr std::size_t kMemoryLimit = std::size_t{50} << 20;  // The default of memory_limit_mb.
constexpr std::size_t kFixedBytes = std::size_t{64} << 20;
constexpr std::chrono::minutes kRunLimit{10};

// Nothing large may lie in this process: see Process::peak_memory().
constexpr std::size_t kPieces = 1'000;

/// Writes a value piece by piece, each in another form as well: as a literal of an engine.
class ValueFile {
 public:
  /// Text of one to four bytes a character, or bytes of all values.
  ValueFile(fs::path path, bool is_text, unsigned seed)
      : path_(std::move(path)), is_text_(is_text) {
    std::mt19937 random(seed);
    std::ofstream file(path_, std::ios::binary);
    for (std::size_t i = 0; i < kPieces; ++i) {
      const std::string piece = is_text ? text_piece(random) : bytes_piece(random);
      file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    }
    file.close();
    fs::permissions(path_, fs::perms::owner_read | fs::perms::others_read | fs::perms::owner_write);
  }

  const fs::path& path() const { return path_; }

  /// As it stands in an INSERT statement.
  void append_literal(std::ostream& out, Place place) const {
    if (place == Place::kSqlite) {
      const std::string read = "readfile('" + path_.string() + "')";
      out << (is_text_ ? "CAST(" + read + " AS TEXT)" : read);
      return;
    }
    const bool hex = place == Place::kPostgres && !is_text_;
    out << (is_text_ ? "'" : hex ? "'\\x" : "_binary'");
    std::ifstream file(path_, std::ios::binary);
    std::array<char, 65'536> piece{};
    while (file.read(piece.data(), piece.size()) || file.gcount() > 0) {
      const std::string_view data(piece.data(), static_cast<std::size_t>(file.gcount()));
      out << (is_text_ ? std::string(data) : hex ? hexadecimal(data) : escaped(data));
    }
    out << "'";
  }

  std::string sha256() const {
    const TempFolder folder;
    Process process({"/usr/bin/sha256sum", path_.string()}, folder / "sum");
    EXPECT_EQ(process.wait(kRunLimit), 0);
    return folder.read("sum").substr(0, 64);
  }

 private:
  static std::string text_piece(std::mt19937& random) {
    static constexpr std::array<const char*, 6> kWords = {
        "plain ", "\xC3\xA9", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "\t\n", "0123456789"};
    std::string piece;
    while (piece.size() + 10 <= kValueBytes / kPieces) piece += kWords[random() % kWords.size()];
    piece.resize(kValueBytes / kPieces, '.');
    return piece;
  }
  static std::string bytes_piece(std::mt19937& random) {
    std::string piece(kValueBytes / kPieces, '\0');
    for (char& byte : piece) byte = static_cast<char>(random() & 0xFFU);
    return piece;
  }
  static std::string hexadecimal(std::string_view data) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char c : data) {
      const auto byte = static_cast<unsigned char>(c);
      text += {kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
    return text;
  }
  static std::string escaped(std::string_view data) {
    std::string text;
    for (const char c : data) {
      if (c == '\'' || c == '\\') text += '\\';
      text += c == '\0' ? std::string("\\0") : std::string(1, c);
    }
    return text;
  }

  fs::path path_;
  bool is_text_;
};

/// Lets MySQL and MariaDB take large statements while it lives. Sessions keep what they began with.
class LargePackets {
 public:
  explicit LargePackets(const TestDatabase& database) : database_(database) {
    before_ = database.ask("SELECT @@global.max_allowed_packet");
    database.run("SET GLOBAL max_allowed_packet = 536870912");
  }
  LargePackets(const LargePackets&) = delete;
  LargePackets& operator=(const LargePackets&) = delete;
  ~LargePackets() { database_.run("SET GLOBAL max_allowed_packet = " + before_); }

 private:
  const TestDatabase& database_;
  std::string before_;
};

bool has_packets(Place place) {
  return place == Place::kMariadb || place == Place::kMysql;
}

std::string tables_of(Place place) {
  const std::string text = has_packets(place) ? "LONGTEXT" : "TEXT";
  const std::string bytes = place == Place::kPostgres ? "BYTEA"
                            : has_packets(place)      ? "LONGBLOB"
                                                      : "BLOB";
  return "CREATE TABLE big (id INTEGER NOT NULL PRIMARY KEY, t " + text + ", b " + bytes +
         ");\nCREATE TABLE wide (id INTEGER NOT NULL PRIMARY KEY, t " + text + ", b " + bytes +
         ", s " + text + ");\n";
}

/// SHA-256 of a column in hexadecimal, by the engine itself or what its shell wrote.
std::string sha256_of(const TestDatabase& database, const std::string& table,
                      const std::string& column, int id) {
  const std::string from = " FROM " + table + " WHERE id = " + std::to_string(id);
  switch (database.place()) {
    case Place::kPostgres: {
      const std::string bytes = column == "b" ? "b" : "convert_to(" + column + ", 'UTF8')";
      return database.ask("SELECT encode(sha256(" + bytes + "), 'hex')" + from);
    }
    case Place::kMariadb:
    case Place::kMysql:
      return database.ask("SELECT sha2(" + column + ", 256)" + from);
    case Place::kSqlite:
      break;
  }
  const TempFolder folder;
  database.ask("SELECT writefile('" + (folder / "value").string() + "', " + column + ")" + from);
  Process process({"/usr/bin/sha256sum", (folder / "value").string()}, folder / "sum");
  process.wait(kRunLimit);
  return folder.read("sum").substr(0, 64);
}

struct Ended {
  nlohmann::json table;
  std::size_t peak_memory;
};

Ended carry(const MigrationRun& run, const std::string& table) {
  Process process(run.command(run.arguments({"--source-table", table})), run.folder() / "run.out");
  EXPECT_TRUE(process.wait(kRunLimit).has_value());
  std::cout << table << ": " << process.peak_memory() / 1'000'000 << " MB at most\n";
  const nlohmann::json status = run.status();
  EXPECT_TRUE(status.contains("tables_status")) << run.folder().read("run.out");
  return {status.value("tables_status", nlohmann::json::array({nlohmann::json::object()})).at(0),
          process.peak_memory()};
}

class LargeValues : public ::testing::TestWithParam<Place> {
 protected:
  LargeValues() : text_(folder_ / "text", true, 1), bytes_(folder_ / "bytes", false, 2) {}

  void fill(const TestDatabase& source) const {
    source.run(tables_of(source.place()));
    const fs::path script = folder_ / "fill.sql";
    std::ofstream sql(script, std::ios::binary);
    sql << "INSERT INTO big VALUES (1, ";
    text_.append_literal(sql, source.place());
    sql << ", NULL);\nINSERT INTO big VALUES (2, NULL, ";
    bytes_.append_literal(sql, source.place());
    sql << ");\nINSERT INTO big VALUES (3, 'small', NULL);\n"
        << "INSERT INTO wide SELECT a.id, a.t, b.b, a.t FROM big AS a, big AS b "
        << "WHERE a.id = 1 AND b.id = 2;\n";
    sql.close();
    source.run_file(script);
  }

  TempFolder folder_;
  ValueFile text_;
  ValueFile bytes_;
};

/// One target of each source takes the row of three values too.
Place wide_target(Place source) {
  switch (source) {
    case Place::kSqlite:
      return Place::kPostgres;
    case Place::kPostgres:
      return Place::kMariadb;
    case Place::kMariadb:
      return Place::kSqlite;
    case Place::kMysql:
      return Place::kMysql;
  }
  return Place::kSqlite;
}

TEST_P(LargeValues, ArriveWithinTheMemoryThatIsPromised) {
  if (!is_available(GetParam())) GTEST_SKIP() << "a server is missing";
  const TestDatabase source(GetParam());
  std::optional<LargePackets> source_packets;
  if (has_packets(GetParam())) source_packets.emplace(source);
  fill(source);
  for (const Place to : {Place::kSqlite, Place::kPostgres, Place::kMariadb, Place::kMysql}) {
    if (!is_available(to)) continue;
    SCOPED_TRACE(std::string("to ") + name_of(to));
    const TestDatabase target(to);
    target.run(tables_of(to));
    std::optional<LargePackets> packets;
    if (has_packets(to)) packets.emplace(target);
    const Ended ended = carry(MigrationRun(source, target), "big");
    EXPECT_EQ(ended.table.value("status", ""), "completed") << ended.table.dump();
    EXPECT_EQ(ended.table.value("rows_migrated", 0), 3);
    EXPECT_LE(ended.peak_memory, kMemoryLimit + 3 * kValueBytes + kFixedBytes);
    EXPECT_EQ(sha256_of(target, "big", "t", 1), text_.sha256());
    EXPECT_EQ(sha256_of(target, "big", "b", 2), bytes_.sha256());
    EXPECT_EQ(target.ask("SELECT t FROM big WHERE id = 3"), "small");
    if (to != wide_target(GetParam())) continue;
    const Ended wide = carry(MigrationRun(source, target), "wide");
    EXPECT_EQ(wide.table.value("status", ""), "completed") << wide.table.dump();
    EXPECT_LE(wide.peak_memory, kMemoryLimit + 9 * kValueBytes + kFixedBytes);
    EXPECT_EQ(sha256_of(target, "wide", "t", 1), text_.sha256());
    EXPECT_EQ(sha256_of(target, "wide", "b", 1), bytes_.sha256());
    EXPECT_EQ(sha256_of(target, "wide", "s", 1), text_.sha256());
  }
}

// The servers begin with 16 and 64 MB.
class ValuesLargerThanPackets : public LargeValues {};

TEST_P(ValuesLargerThanPackets, AreRefusedWithTheSettingToRaise) {
  if (!is_available(GetParam())) GTEST_SKIP() << "the server is missing";
  const TestDatabase source(Place::kSqlite);
  fill(source);
  const TestDatabase target(GetParam());
  target.run(tables_of(GetParam()));
  const MigrationRun run(source, target);
  const Ended ended = carry(run, "big");
  EXPECT_EQ(ended.table.value("status", ""), "completed_with_errors") << ended.table.dump();
  EXPECT_EQ(ended.table.value("rows_failed", 0), 2);
  EXPECT_EQ(ended.table.value("rows_migrated", 0), 1);
  EXPECT_LE(ended.peak_memory, kMemoryLimit + 3 * kValueBytes + kFixedBytes);
  EXPECT_EQ(target.ask("SELECT id FROM big"), "3");
  std::ifstream rejects(run.job_file("big_failed.jsonl"));
  std::string line;
  for (int id = 1; id <= 2; ++id) {
    ASSERT_TRUE(std::getline(rejects, line));
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json.at("key").at("id"), id);
    EXPECT_EQ(json.at("code"), "packet");
    EXPECT_EQ(json.at("column"), id == 1 ? "t" : "b");
    const std::string error = json.at("error");
    EXPECT_THAT(error, HasSubstr("max_allowed_packet"));
    EXPECT_THAT(error, HasSubstr("takes 10000"));
  }
}

INSTANTIATE_TEST_SUITE_P(To, ValuesLargerThanPackets,
                         ::testing::Values(Place::kMariadb, Place::kMysql),
                         [](const auto& test) { return std::string(name_of(test.param)); });

INSTANTIATE_TEST_SUITE_P(From, LargeValues,
                         ::testing::Values(Place::kSqlite, Place::kPostgres, Place::kMariadb,
                                           Place::kMysql),
                         [](const auto& test) { return std::string(name_of(test.param)); });

}  // namespace
}  // namespace crossload::testing
