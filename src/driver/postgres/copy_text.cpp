#include "copy_text.h"

#include <array>
#include <cstring>

#include "crossload/base/error.h"

namespace crossload::driver::postgres {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

char unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return c;
  }
}

void unescape(std::string& out, std::string_view field) {
  out.clear();
  while (!field.empty()) {
    const std::size_t plain = std::min(field.find('\\'), field.size());
    out.append(field.substr(0, plain));
    field.remove_prefix(plain);
    if (field.size() < 2) break;
    out += unescaped(field[1]);
    field.remove_prefix(2);
  }
}

[[noreturn]] void refuse_columns() {
  throw Error(ErrorCode::kSqlError, "the server sent a line with another number of columns");
}

// What a character is written as behind a backslash; 0: it stands for itself.
constexpr std::array<char, 256> make_escapes() {
  std::array<char, 256> escapes{};
  escapes['\b'] = 'b';
  escapes['\f'] = 'f';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  escapes['\v'] = 'v';
  escapes['\\'] = '\\';
  return escapes;
}
constexpr std::array<char, 256> kEscapes = make_escapes();
// As above, and NUL, which cannot be written.
constexpr std::array<bool, 256> make_stops() {
  std::array<bool, 256> stops{};
  for (std::size_t i = 0; i < stops.size(); ++i) stops[i] = i == 0 || kEscapes[i] != 0;
  return stops;
}
constexpr std::array<bool, 256> kStops = make_stops();

}  // namespace

void append_line(RowBatch& batch, const std::vector<CellForm>& forms, std::string_view line,
                 std::string& scratch) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (forms.empty()) {
    batch.end_row();
    return;
  }
  const char* at = line.data();
  const char* const end = at + line.size();
  for (std::size_t column = 0; column < forms.size(); ++column) {
    if (at > end) refuse_columns();
    const std::size_t left = static_cast<std::size_t>(end - at);
    const void* tab = std::memchr(at, '\t', left);
    const char* const stop = tab == nullptr ? end : static_cast<const char*>(tab);
    const std::string_view field(at, static_cast<std::size_t>(stop - at));
    at = stop + 1;
    if (std::memchr(field.data(), '\\', field.size()) == nullptr) {
      append_cell(batch, column, forms[column], field);
    } else if (field == "\\N") {
      batch.append_null(column);
    } else if (forms[column] == CellForm::kBytes) {
      // The one backslash of \x is doubled; nothing else needs a look.
      append_cell(batch, column, forms[column], field.substr(1));
    } else {
      unescape(scratch, field);
      append_cell(batch, column, forms[column], scratch);
    }
  }
  if (at <= end) refuse_columns();
  batch.end_row();
}

bool escape_text(std::string& out, std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char* plain = at;
    while (plain != end && !kStops[static_cast<unsigned char>(*plain)]) ++plain;
    out.append(at, static_cast<std::size_t>(plain - at));
    if (plain == end) break;
    if (*plain == '\0') return false;
    out += '\\';
    out += kEscapes[static_cast<unsigned char>(*plain)];
    at = plain + 1;
  }
  return true;
}

void escape_bytes(std::string& out, std::string_view bytes) {
  const std::size_t begin = out.size();
  out.resize(begin + 3 + 2 * bytes.size());
  char* to = out.data() + begin;
  *to++ = '\\';
  *to++ = '\\';
  *to++ = 'x';
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *to++ = kHexDigits[byte >> 4U];
    *to++ = kHexDigits[byte & 0x0FU];
  }
}

}  // namespace crossload::driver::postgres
