#include <algorithm>
#include <random>

#include "contract_test.h"

namespace crossload::testing {
namespace {

using namespace driver;

Table numbers_table() {
  return table_with({column_of("id", TypeKind::kInteger, false), column_of("a", TypeKind::kText)},
                    1);
}

Row number_row(std::int64_t id) {
  return {id, "row " + std::to_string(id)};
}

TEST_P(DriverContract, ReadsRowsInKeyOrderWhateverTheirInsertOrder) {
  std::vector<Row> rows;
  for (std::int64_t id = -20; id < 80; ++id) rows.push_back(number_row(id * 3));
  std::vector<Row> shuffled = rows;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(7));
  make(numbers_table(), shuffled);

  EXPECT_EQ(rows_of(*open(Access::kReadOnly), numbers_table()), rows);
}

TEST_P(DriverContract, FillsBatchesUpToTheRowLimit) {
  std::vector<Row> rows;
  for (std::int64_t id = 0; id < 20; ++id) rows.push_back(number_row(id));
  make(numbers_table(), rows);
  const auto connection = open();
  const auto reader = connection->read_table({{"", "t"}, {"id", "a"}, {"id"}, {}});

  std::vector<std::size_t> sizes;
  RowBatch batch;
  while (reader->read(batch, {7, 1 << 20})) sizes.push_back(batch.rows());

  EXPECT_EQ(sizes, (std::vector<std::size_t>{7, 7, 6}));
  EXPECT_TRUE(batch.empty());
  EXPECT_FALSE(reader->read(batch, {7, 1 << 20})) << "the end stays the end";
}

TEST_P(DriverContract, PassesTheByteLimitByAtMostOneRow) {
  constexpr std::size_t kLimit = 10'000;
  std::vector<Row> rows;
  for (std::int64_t id = 0; id < 40; ++id) {
    rows.push_back({id, std::string(id == 17 ? 50'000 : 1'000, 'x')});
  }
  make(numbers_table(), rows);
  const auto connection = open();
  const auto reader = connection->read_table({{"", "t"}, {"id", "a"}, {"id"}, {}});

  std::size_t seen = 0;
  RowBatch batch;
  while (reader->read(batch, {1'000, kLimit})) {
    const std::size_t last = batch.bytes(batch.rows() - 1, 1).size() + 2 * 9;
    EXPECT_LT(batch.bytes() - last, kLimit);
    seen += batch.rows();
  }
  EXPECT_EQ(seen, rows.size());
}

TEST_P(DriverContract, ReadsOnBehindLargeRowsOfASnapshot) {
  constexpr std::size_t kLarge = std::size_t{3} << 20;
  std::vector<Row> rows;
  for (std::int64_t id = -3; id < 9; ++id) {
    const bool large = id == -3 || id == 1 || id == 2 || id == 8;
    rows.push_back({id, std::string(large ? kLarge : 10, static_cast<char>('m' + id))});
  }
  make(numbers_table(), rows);
  for (const std::size_t most_rows : {std::size_t{1}, std::size_t{3}, std::size_t{100}}) {
    const auto connection = open(Access::kReadOnly);
    const auto snapshot = connection->begin(TransactionMode::kSnapshot);
    const auto reader = connection->read_table({{"", "t"}, {"id", "a"}, {"id"}, {}});
    std::vector<Row> seen;
    RowBatch batch;
    while (reader->read(batch, {most_rows, 1 << 20})) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        seen.push_back({batch.value(row, 0), batch.value(row, 1)});
      }
    }
    EXPECT_TRUE(seen == rows) << seen.size() << " rows";
  }
}

TEST_P(DriverContract, ReadsAnEmptyTableToItsEndAtOnce) {
  make(numbers_table());
  const auto connection = open();
  const auto reader = connection->read_table({{"", "t"}, {"id", "a"}, {"id"}, {}});
  RowBatch batch;
  EXPECT_FALSE(reader->read(batch, {}));
  EXPECT_TRUE(batch.empty());
}

TEST_P(DriverContract, PutsKeyColumnsThatWereNotAskedForBehindTheOthers) {
  make(numbers_table(), {number_row(4), number_row(5)});
  const auto connection = open();
  const ReadRequest request = {{"", "t"}, {"a"}, {"id"}, {}};
  const auto reader = connection->read_table(request);
  EXPECT_EQ(key_positions(request), std::vector<std::size_t>{1});
  EXPECT_EQ(drain(*reader),
            (std::vector<Row>{{"row 4", std::int64_t{4}}, {"row 5", std::int64_t{5}}}));
}

TEST_P(DriverContract, RefusesToReadWhatIsNotThere) {
  make(numbers_table(), {number_row(1)});
  const auto connection = open();
  EXPECT_THROW(connection->read_table({{"", "missing"}, {"id"}, {}, {}}), Error);
  EXPECT_THROW(drain(*connection->read_table({{"", "t"}, {"missing"}, {"id"}, {}})), Error);
}

// Goes on behind every row in turn: each time the rest comes, whole and in order.
void expect_resumes_anywhere(Connection& connection, const Table& table, std::size_t rows) {
  const ReadRequest all = {table.name, names_of(table), table.primary_key, {}};
  const std::vector<Row> expected = drain(*connection.read_table(all));
  ASSERT_EQ(expected.size(), rows);
  const std::vector<std::size_t> key = key_positions(all);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    ReadRequest rest = all;
    for (const std::size_t position : key) rest.after.push_back(expected[i][position]);
    const std::vector<Row> tail(expected.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                expected.end());
    EXPECT_EQ(drain(*connection.read_table(rest)), tail) << "behind row " << i;
  }
}

TEST_P(DriverContract, ResumesBehindAnyIntegerKey) {
  const Table table = numbers_table();
  make(table, {number_row(INT64_MIN), number_row(-5), number_row(0), number_row(1),
               number_row(INT64_MAX)});
  expect_resumes_anywhere(*open(Access::kReadOnly), table, 5);
}

TEST_P(DriverContract, ResumesBehindAnyTextKey) {
  Table table =
      table_with({column_of("k", TypeKind::kText, false), column_of("v", TypeKind::kText)}, 1);
  table.without_rowid = true;
  std::vector<Row> rows;
  for (const char* key :
       {"", "A", "a", "aa", "a b", "Z", "z", "\xc3\xa9", "e", "10", "9", "'", "\xf0\x9f\x98\x80"}) {
    rows.push_back({std::string(key), std::string("v")});
  }
  make(table, rows);
  expect_resumes_anywhere(*open(Access::kReadOnly), table, rows.size());
}

TEST_P(DriverContract, ResumesBehindAnyCompositeKey) {
  Table table =
      table_with({column_of("a", TypeKind::kInteger, false), column_of("b", TypeKind::kText, false),
                  column_of("v", TypeKind::kInteger)},
                 2);
  table.without_rowid = true;
  std::vector<Row> rows;
  for (std::int64_t a = 0; a < 4; ++a) {
    for (const char* b : {"x", "y", "X"}) rows.push_back({a, std::string(b), a * 10});
  }
  make(table, rows);
  expect_resumes_anywhere(*open(Access::kReadOnly), table, rows.size());
}

TEST_P(DriverContract, ResumesBehindAnyBytesKey) {
  Table table = table_with({column_of("k", TypeKind::kBytes, false)}, 1);
  table.without_rowid = true;
  std::vector<Row> rows;
  for (int byte = 0; byte < 256; byte += 15) {
    rows.push_back({Bytes{std::string(1, static_cast<char>(byte))}});
    rows.push_back({Bytes{std::string(2, static_cast<char>(byte))}});
  }
  make(table, rows);
  expect_resumes_anywhere(*open(Access::kReadOnly), table, rows.size());
}

TEST_P(DriverContract, OffersAKeyThatReadingCanGoOnBy) {
  make(numbers_table(), {number_row(2), number_row(1)});
  const auto connection = open(Access::kReadOnly);
  const Table described = connection->catalog().describe({"", "t"});
  const auto key = connection->catalog().resume_key(described);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->columns, std::vector<std::string>{"id"});
  EXPECT_FALSE(key->implicit);
}

}  // namespace
}  // namespace crossload::testing
