#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "crossload/driver/row_io.h"
#include "crossload/model/row_batch.h"

namespace crossload::driver::postgres {

/// What the server can allocate at once: a value, and a row before it is put into its table. No
/// setting raises it. Source: PostgreSQL 15 manual, appendix K; memutils.h, MaxAllocSize.
inline constexpr std::uint64_t kMostAllocatedBytes = 0x3fffffff;

struct TooBig {
  std::size_t column = 0;  ///< Of the request: its largest value.
  std::string message;
};

/// Whether a row is more than the server could take. It would not say so of the row, but that it is
/// out of memory, or give the connection up.
std::optional<TooBig> too_big(const RowBatch& batch, std::size_t row, const WriteRequest& request,
                              std::uint64_t most_bytes = kMostAllocatedBytes);

/// What the text and bytes of a row amount to.
std::size_t row_bytes(const RowBatch& batch, std::size_t row, const WriteRequest& request);

}  // namespace crossload::driver::postgres
