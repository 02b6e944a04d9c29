#include "copy_encoder.h"

#include "encode_cell.h"
#include "row_limit.h"

namespace crossload::driver::postgres {
namespace {

// More is not kept for the rows behind it.
constexpr std::size_t kLargeBytes = std::size_t{4} << 20;

}  // namespace

void CopyEncoder::clear() {
  data_.clear();
  if (data_.capacity() > kLargeBytes) data_.shrink_to_fit();
}

void CopyEncoder::start(bool binary) {
  binary_ = binary && has_binary();
  clear();
  if (binary_) data_ += kBinaryHeader;
}

void CopyEncoder::finish() {
  if (binary_) data_ += kBinaryTrailer;
}

BinaryResult CopyEncoder::add_cell(const RowBatch& batch, std::size_t row, std::size_t column) {
  const std::size_t cell = request_.cell(column);
  if (binary_) return append_binary(data_, (*forms_)[column], batch, row, cell);
  if (column > 0) data_ += '\t';
  return encode_cell(data_, batch, row, cell) ? BinaryResult::kDone : BinaryResult::kNul;
}

BinaryResult CopyEncoder::add(const RowBatch& batch, std::size_t row, std::size_t& column) {
  const std::size_t before = data_.size();
  if (batch.bytes() > 4 * kLargeBytes) {
    // Growing by doubling would cost up to twice the largest row; bytes as text are twice as long.
    const std::size_t bytes = row_bytes(batch, row, request_);
    if (bytes > kLargeBytes) data_.reserve(before + bytes * (binary_ ? 1 : 2) + kLargeBytes);
  }
  if (binary_) append_field_count(data_, request_.columns.size());
  for (column = 0; column < request_.columns.size(); ++column) {
    const BinaryResult result = add_cell(batch, row, column);
    if (result == BinaryResult::kDone) continue;
    data_.resize(before);
    return result;
  }
  if (!binary_) data_ += '\n';
  return BinaryResult::kDone;
}

}  // namespace crossload::driver::postgres
