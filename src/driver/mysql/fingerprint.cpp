#include "fingerprint.h"

#include "crossload/base/strings.h"
#include "crossload/driver/catalog.h"

#include "introspect_keys.h"
#include "queries.h"

namespace crossload::driver::mysql {

std::string fingerprint(Session& session) {
  if (!session.capabilities().tells_last_writes) return "";
  const std::string_view start =
      session.capabilities().mariadb ? queries::kStartOfMariadb : queries::kStartOfMysql;
  std::string text = session.ask_one(start).value_or("") + '\n';
  for (const TextRow& row :
       session.ask(for_table(session, queries::kTimesOfTables, "table_name", nullptr))) {
    if (ascii_iequals(row[0].value_or(""), kLedgerTable)) continue;
    for (const auto& cell : row) text += cell.value_or("-") + '\t';
  }
  return sha256_hex(text);
}

}  // namespace crossload::driver::mysql
