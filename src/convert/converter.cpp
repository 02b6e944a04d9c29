#include "crossload/convert/converter.h"

namespace crossload::convert {

std::unique_ptr<Converter> make_converter(const Side& /*source*/, const Side& /*target*/,
                                          const ColumnRules& /*rules*/) {
  return nullptr;
}

}  // namespace crossload::convert
