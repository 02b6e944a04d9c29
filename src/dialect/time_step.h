#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crossload/model/schema.h"

namespace crossload::dialect {

/// A distance in time. Engines add its months first, then its days, then the rest.
struct TimeStep {
  long months = 0;
  long days = 0;
  long seconds = 0;

  TimeStep back() const { return {-months, -days, -seconds}; }
};

/// What stands in quotes behind PostgreSQL's INTERVAL: "1 year 2 mons -3 days 04:05:06",
/// "P1Y2M-3DT4H5M6S". nullopt for what it does not know, fractions too.
std::optional<TimeStep> read_postgres_interval(std::string_view text);
/// A modifier of SQLite's date(): "+7 days".
std::optional<TimeStep> read_sqlite_step(std::string_view text);
/// MySQL's INTERVAL count unit; `unit` in lower case.
std::optional<TimeStep> step_of(long count, std::string_view unit);

/// As the target writes it behind a moment: " + INTERVAL '-7 days'", " - INTERVAL 7 DAY"; of SQLite
/// the modifiers: ", '-7 days'".
std::string step_sql(const TimeStep& step, Engine target);

}  // namespace crossload::dialect
