#include "copy_text.h"

#include <cmath>

#include <gtest/gtest.h>

#include "crossload/base/error.h"

#include "copy_error.h"
#include "encode_cell.h"

namespace crossload::driver::postgres {
namespace {

std::vector<Value> parsed(const std::vector<CellForm>& forms, std::string_view line) {
  RowBatch batch;
  batch.reset(forms.size());
  std::string scratch;
  append_line(batch, forms, line, scratch);
  EXPECT_EQ(batch.rows(), 1U);
  std::vector<Value> values;
  for (std::size_t i = 0; i < forms.size(); ++i) values.push_back(batch.value(0, i));
  return values;
}

using Values = std::vector<Value>;

TEST(PostgresCopyText, ReadsFieldsInTheirForms) {
  EXPECT_EQ(parsed({CellForm::kText, CellForm::kInteger, CellForm::kBoolean, CellForm::kBytes},
                   "a b\t-5\tt\t\\\\x00ff\n"),
            (Values{std::string("a b"), std::int64_t{-5}, std::int64_t{1},
                    Bytes{std::string("\x00\xff", 2)}}));
  EXPECT_EQ(parsed({CellForm::kFloat32, CellForm::kFloat64}, "0.1\t-Infinity\n"),
            (Values{static_cast<double>(0.1F), -INFINITY}));
}

TEST(PostgresCopyText, TellsNullFromEmptyAndFromTheLettersThatSpellIt) {
  EXPECT_EQ(parsed({CellForm::kText, CellForm::kText, CellForm::kText, CellForm::kText},
                   "\\N\t\t\\\\N\tN\n"),
            (Values{std::monostate{}, std::string(), std::string("\\N"), std::string("N")}));
  EXPECT_EQ(parsed({CellForm::kBytes, CellForm::kBytes}, "\\N\t\\\\x\n"),
            (Values{std::monostate{}, Bytes{}}));
}

TEST(PostgresCopyText, UndoesEveryEscape) {
  EXPECT_EQ(parsed({CellForm::kText}, "\\b\\f\\n\\r\\t\\v\\\\x\\\\.\n"),
            (Values{std::string("\b\f\n\r\t\v\\x\\.")}));
}

TEST(PostgresCopyText, ReadsLinesWithoutColumns) {
  EXPECT_EQ(parsed({}, "\n"), Values{});
}

TEST(PostgresCopyText, RefusesLinesThatAreNotWhatWasAskedFor) {
  EXPECT_THROW(parsed({CellForm::kText, CellForm::kText}, "a\n"), Error);
  EXPECT_THROW(parsed({CellForm::kText}, "a\tb\n"), Error);
  EXPECT_THROW(parsed({CellForm::kInteger}, "12x\n"), Error);
  EXPECT_THROW(parsed({CellForm::kInteger}, "\n"), Error);
  EXPECT_THROW(parsed({CellForm::kBoolean}, "true\n"), Error);
  EXPECT_THROW(parsed({CellForm::kBytes}, "\\\\x0g\n"), Error);
  EXPECT_THROW(parsed({CellForm::kBytes}, "\\\\x000\n"), Error);
  EXPECT_THROW(parsed({CellForm::kFloat64}, "1.5e\n"), Error);
}

std::string encoded(const Value& value) {
  RowBatch batch;
  batch.reset(1);
  batch.append(0, value);
  batch.end_row();
  std::string out;
  EXPECT_TRUE(encode_cell(out, batch, 0, 0));
  return out;
}

TEST(PostgresCopyText, WritesCellsSoThatTheyReadTheSame) {
  std::string every;
  for (int byte = 1; byte < 256; ++byte) every += static_cast<char>(byte);
  EXPECT_EQ(parsed({CellForm::kText}, encoded(every) + "\n"), Values{every});
  const Bytes bytes{std::string(1, '\0') + every};
  EXPECT_EQ(parsed({CellForm::kBytes}, encoded(bytes) + "\n"), Values{bytes});
  EXPECT_EQ(encoded(std::monostate{}), "\\N");
  EXPECT_EQ(encoded(std::string("\\.")), "\\\\.");
  EXPECT_EQ(encoded(std::int64_t{INT64_MIN}), "-9223372036854775808");
  EXPECT_EQ(encoded(std::uint64_t{UINT64_MAX}), "18446744073709551615");
  EXPECT_EQ(encoded(0.1), "0.1");
  EXPECT_EQ(encoded(-0.0), "-0");
  EXPECT_EQ(encoded(5e-324), "5e-324");
  EXPECT_EQ(encoded(std::nan("")), "NaN");
  EXPECT_EQ(encoded(-INFINITY), "-Infinity");
}

TEST(PostgresCopyText, HasNoPlaceForANulCharacter) {
  std::string out;
  EXPECT_FALSE(escape_text(out, std::string_view("a\0b", 3)));
}

TEST(PostgresCopyError, ReadsLineAndColumnFromTheContext) {
  const std::vector<std::string> columns = {"n", "n: x", "other"};
  const auto place = copy_place("COPY t, line 12, column n: \"abc\"", "t", columns);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->line, 12U);
  EXPECT_EQ(place->column, "n");
  EXPECT_EQ(copy_place("COPY t, line 3, column n: x: \"a\"", "t", columns)->column, "n: x");
  EXPECT_EQ(copy_place("COPY t, line 3, column n: null input", "t", columns)->column, "n");
  EXPECT_EQ(copy_place("COPY t, line 7", "t", columns)->column, "");
  EXPECT_EQ(copy_place("COPY t, line 7: \"1\tabc\"", "t", columns)->line, 7U);
}

TEST(PostgresCopyError, LooksBehindTheContextsOfTriggers) {
  const auto place =
      copy_place("PL/pgSQL function f() line 3 at RAISE\nCOPY a, line 1, b, line 4, column c",
                 "a, line 1, b", {"c"});
  ASSERT_TRUE(place);
  EXPECT_EQ(place->line, 4U);
}

TEST(PostgresCopyError, TakesNoValueForAPlace) {
  EXPECT_FALSE(copy_place("", "t", {}));
  EXPECT_FALSE(copy_place("SQL statement \"SELECT 1\"", "t", {}));
  EXPECT_FALSE(copy_place("some function (\"COPY t, line 5\")", "t", {}));
  EXPECT_FALSE(copy_place("COPY t, line x", "t", {}));
}

}  // namespace
}  // namespace crossload::driver::postgres
