#include "mysql_collation.h"

namespace crossload::dialect {

std::string exact_mysql_collation(bool mariadb) {
  return mariadb ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
}

std::string any_exact_mysql_collation() {
  return "/*!80017 COLLATE " + exact_mysql_collation(false) + " */ /*M!100202 COLLATE " +
         exact_mysql_collation(true) + " */";
}

std::string mysql_collation(std::string_view name, bool mariadb) {
  const auto has = [&](const char* part) { return name.find(part) != std::string_view::npos; };
  if (mariadb) {
    if (!has("_0900_")) return std::string(name);
    const bool exact = has("_as_cs") || has("_bin");
    return exact ? exact_mysql_collation(true) : "utf8mb4_unicode_520_nopad_ci";
  }
  if (!has("_nopad_") && !has("_uca1400_")) return std::string(name);
  if (!name.starts_with("utf8mb4")) return std::string(name.substr(0, name.find('_'))) + "_bin";
  return has("_bin") || has("_as_cs") ? exact_mysql_collation(false) : "utf8mb4_0900_ai_ci";
}

}  // namespace crossload::dialect
