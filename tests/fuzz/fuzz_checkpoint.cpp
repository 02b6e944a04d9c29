// What a resume reads back from disk and ledger: plan.json, checkpoint.json, positions. Whatever
// the bytes, the parsers answer with a value or with CHECKPOINT_NOT_FOUND.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crossload/base/error.h"

#include "checkpoint.h"
#include "plan_json.h"
#include "value_json.h"

namespace {

template <typename Parse>
void must_parse_or_refuse(Parse parse) {
  try {
    parse();
  } catch (const crossload::Error& error) {
    const bool expected = error.code() == crossload::ErrorCode::kCheckpointNotFound ||
                          error.code() == crossload::ErrorCode::kInvalidArgument;
    if (!expected) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  must_parse_or_refuse([&] {
    const auto job = crossload::copy::saved_job_from_json(text);
    const std::string again = crossload::copy::saved_job_to_json(job);
    if (crossload::copy::saved_job_to_json(crossload::copy::saved_job_from_json(again)) != again) {
      std::abort();
    }
  });
  must_parse_or_refuse([&] { crossload::copy::checkpoint_from_json(text); });
  must_parse_or_refuse([&] {
    const auto position = crossload::copy::decode_position(std::string(text));
    const std::string again = crossload::copy::encode_position(position);
    if (crossload::copy::encode_position(crossload::copy::decode_position(again)) != again) {
      std::abort();
    }
  });
  return 0;
}
