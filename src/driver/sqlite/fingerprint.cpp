#include "fingerprint.h"

#include <array>

#include "file_stamp.h"
#include "own_query.h"

namespace crossload::driver::sqlite {
namespace {

// Source: sqlite.org "Database File Format", 1.3: offsets in the file's header.
constexpr std::size_t kHeaderBytes = 100;
constexpr std::size_t kWriteVersion = 18;
constexpr std::size_t kChangeCounter = 24;
constexpr std::size_t kSchemaCookie = 40;
constexpr unsigned char kWriteAhead = 2;

using Header = std::array<unsigned char, kHeaderBytes>;

// By SQLite's own descriptor; see looks_like_database().
bool read_header(Session& session, Header& header) {
  sqlite3_file* descriptor = nullptr;
  if (sqlite3_file_control(session.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &descriptor) !=
          SQLITE_OK ||
      descriptor == nullptr || descriptor->pMethods == nullptr) {
    return false;
  }
  return descriptor->pMethods->xRead(descriptor, header.data(), kHeaderBytes, 0) == SQLITE_OK;
}

std::uint32_t number_at(const Header& header, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | header[offset + i];
  return number;
}

}  // namespace

std::string fingerprint_of(Session& session, const std::filesystem::path& file) {
  Header header{};
  const FileStamp stamp = stamp_of(file);
  if (!read_header(session, header)) return "empty";
  std::string text = std::to_string(stamp.bytes) + "-" +
                     std::to_string(number_at(header, kChangeCounter)) + "-" +
                     std::to_string(number_at(header, kSchemaCookie));
  if (header[kWriteVersion] != kWriteAhead) return text;
  // In write-ahead mode the counter stands still while commits go to the log and back.
  const FileStamp log = stamp_of_log(file);
  return text + "-" + std::to_string(stamp.changed_ns) + "-" + std::to_string(log.bytes) + "-" +
         std::to_string(log.changed_ns);
}

}  // namespace crossload::driver::sqlite
