#include "crossload/driver/driver.h"

#include <algorithm>
#include <utility>

namespace crossload::driver {

bool LoadSession::attach(const Database& /*source*/) {
  return false;
}

std::optional<std::uint64_t> LoadSession::copy_whole(const Table& /*from*/, const Table& /*to*/) {
  return std::nullopt;
}

std::vector<SavedTrigger> LoadSession::save_triggers(const TableName& /*table*/) {
  return {};
}

void LoadSession::drop_trigger(const SavedTrigger& /*trigger*/) {}

void LoadSession::restore_trigger(const SavedTrigger& /*trigger*/) {}

std::vector<std::size_t> key_positions(const ReadRequest& request) {
  std::vector<std::size_t> positions;
  std::size_t behind = request.columns.size();
  for (const std::string& column : request.key) {
    const auto found = std::find(request.columns.begin(), request.columns.end(), column);
    const bool among = found != request.columns.end();
    positions.push_back(among ? static_cast<std::size_t>(found - request.columns.begin())
                              : behind++);
  }
  return positions;
}

std::uint64_t execute(Connection& connection, std::string_view sql,
                      const std::vector<Value>& parameters) {
  const std::unique_ptr<RowReader> reader = connection.query(sql, parameters);
  RowBatch batch;
  while (reader->read(batch, {})) {
  }
  return reader->affected_rows();
}

std::vector<std::vector<Value>> fetch_all(Connection& connection, std::string_view sql,
                                          const std::vector<Value>& parameters) {
  const std::unique_ptr<RowReader> reader = connection.query(sql, parameters);
  std::vector<std::vector<Value>> rows;
  RowBatch batch;
  while (reader->read(batch, {})) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      std::vector<Value>& values = rows.emplace_back();
      for (std::size_t column = 0; column < batch.columns(); ++column) {
        values.push_back(batch.value(row, column));
      }
    }
  }
  return rows;
}

void DriverSet::add(std::unique_ptr<Driver> driver) {
  drivers_.push_back(std::move(driver));
}

Driver& DriverSet::get(Engine engine) const {
  for (const std::unique_ptr<Driver>& driver : drivers_) {
    if (driver->engine() == engine) return *driver;
  }
  throw Error(ErrorCode::kConnectionFailed,
              "this build has no driver for " + std::string(to_string(engine)));
}

}  // namespace crossload::driver
