#include "rejects.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "crossload/base/error.h"
#include "crossload/base/strings.h"

#include "temp_folder.h"

namespace crossload::copy {
namespace {

using testing::TempFolder;

TablePlan plan() {
  TablePlan plan;
  plan.source = {"", "t"};
  plan.target = plan.source;
  plan.source_columns = {"id", "v", "b"};
  plan.target_columns = plan.source_columns;
  plan.key = driver::ResumeKey{{"id"}};
  return plan;
}

/// One row: its number, a text and bytes.
RowBatch row_of(std::int64_t id, std::string_view text, std::string_view bytes) {
  RowBatch batch;
  batch.reset(3);
  batch.append_int64(0, id);
  batch.append_text(1, text);
  batch.append_bytes(2, bytes);
  batch.end_row();
  return batch;
}

driver::WriteFailure failure() {
  return {.first = 0,
          .last = 1,
          .code = "check",
          .column = "v",
          .error = Error(ErrorCode::kSqlError, "no \"batch\":7} here").sqlstate("23514")};
}

nlohmann::json line_of(const TempFolder& folder, const TablePlan& plan, const RowBatch& batch) {
  RejectFile file(folder.path(), plan);
  file.append(batch, 0, 41, 3, failure());
  file.flush();
  const std::string text = folder.read("t_failed.jsonl");
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  return nlohmann::json::parse(text);
}

TEST(RejectFile, TellsTheRowAndWhatWasWrong) {
  const TempFolder folder;
  const TablePlan table = plan();
  RejectFile file(folder.path(), table);
  EXPECT_FALSE(file.exists());
  file.append(row_of(std::int64_t{1} << 60, "it's \"\\\n\x01", "\xFF"), 0, 41, 3, failure());
  file.flush();
  EXPECT_EQ(folder.read("t_failed.jsonl"),
            R"({"table":"t","row_index":41,"key":{"id":"1152921504606846976"},)"
            R"("row":{"id":"1152921504606846976","v":"it's \"\\\n\u0001","b":{"base64":"/w=="}},)"
            R"("column":"v","code":"check","sqlstate":"23514",)"
            R"("error":"no \"batch\":7} here","batch":3})"
            "\n");
}

TEST(RejectFile, WritesNoKeyAndNoColumnWhereThereIsNone) {
  const TempFolder folder;
  TablePlan table = plan();
  table.key.reset();
  RejectFile file(folder.path(), table);
  driver::WriteFailure bare = failure();
  bare.column.clear();
  bare.error = Error(ErrorCode::kSqlError, "e");
  file.append(row_of(1, "", ""), 0, 0, 1, bare);
  file.flush();
  EXPECT_EQ(folder.read("t_failed.jsonl"),
            R"({"table":"t","row_index":0,"key":null,"row":{"id":1,"v":"","b":{"base64":""}},)"
            R"("code":"check","error":"e","batch":1})"
            "\n");
}

TEST(RejectFile, WritesLargeValuesAsTheyAreWhereverTheirPiecesEnd) {
  const std::string grin = "\xF0\x9F\x98\x80";
  for (std::size_t before = 0; before < 4; ++before) {
    std::string text(before, 'a');
    while (text.size() < 300'000) text += grin;
    const std::string bytes(200'000 + before, '\xFE');
    const TempFolder folder;
    const auto json = line_of(folder, plan(), row_of(5, text, bytes));
    EXPECT_TRUE(json["row"]["v"] == text);
    EXPECT_TRUE(json["row"]["b"]["base64"] == base64_encode(bytes));
    EXPECT_EQ(json["batch"], 3);
  }
}

TEST(RejectFile, WritesTextThatIsNotUtf8AsBytes) {
  const std::string text = std::string(100'000, 'a') + "\xFF";
  const TempFolder folder;
  EXPECT_TRUE(line_of(folder, plan(), row_of(5, text, ""))["row"]["v"]["base64"] ==
              base64_encode(text));
}

TEST(RejectFile, DropsTheLinesOfLaterBatchesAndWhatIsNoLine) {
  const TempFolder folder;
  const TablePlan table = plan();
  const std::string large(100'000, 'x');
  std::string kept;
  {
    RejectFile file(folder.path(), table);
    file.append(row_of(1, large, ""), 0, 0, 1, failure());
    file.append(row_of(2, "", large), 0, 1, 2, failure());
    file.flush();
    kept = folder.read("t_failed.jsonl");
    file.append(row_of(3, large, ""), 0, 2, 3, failure());
    file.flush();
  }
  const std::string all = folder.read("t_failed.jsonl");
  // As a kill may leave it: at the end of a line, or within it.
  for (const std::size_t cut : {all.size(), all.size() - 1, all.size() - 90'000, kept.size() + 1}) {
    folder.write("t_failed.jsonl", all.substr(0, cut));
    RejectFile(folder.path(), table).discard_after(2);
    EXPECT_TRUE(folder.read("t_failed.jsonl") == kept) << cut;
  }
  folder.write("t_failed.jsonl", "\n{}\n{\"batch\":\"1\"}\n{\"a\":1,\"batch\":1}\n,\"batch\":1\n");
  RejectFile(folder.path(), table).discard_after(2);
  EXPECT_EQ(folder.read("t_failed.jsonl"), "{\"a\":1,\"batch\":1}\n");
  RejectFile(folder.path(), table).discard_after(0);
  EXPECT_EQ(folder.read("t_failed.jsonl"), "");
}

}  // namespace
}  // namespace crossload::copy
