// Copies one table of an SQLite file into a fresh file through the driver, reader and writer in two
// threads, and by ATTACH + INSERT SELECT; rows per second of each, at the same settings.
// Usage: bench_sqlite_copy SOURCE.db TABLE [rows per batch, 10000]

#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include "crossload/base/queue.h"
#include "crossload/driver_sqlite/sqlite_driver.h"

#include "sqlite_compare.h"
#include "temp_folder.h"

namespace crossload::testing {
namespace {

using namespace driver;
using Batch = std::unique_ptr<RowBatch>;

constexpr std::size_t kInFlightBytes = std::size_t{16} << 20;

struct Copy {
  std::string source;
  std::string table;
  std::string target;
  std::size_t batch_rows = 10'000;
};

std::unique_ptr<Connection> open(Driver& driver, const std::string& file, Access access) {
  Endpoint endpoint;
  endpoint.profile = "bench";
  endpoint.url.path = file;
  const bool write = access == Access::kReadWrite;
  return driver.connect(endpoint, driver.resolve(endpoint, std::nullopt, write),
                        {access, write, {}});
}

// Batches that were written, for use again: their buffers have grown.
class Spares {
 public:
  Batch take() {
    const std::lock_guard lock(mutex_);
    if (batches_.empty()) return std::make_unique<RowBatch>();
    Batch batch = std::move(batches_.back());
    batches_.pop_back();
    return batch;
  }
  void give_back(Batch batch) {
    const std::lock_guard lock(mutex_);
    batches_.push_back(std::move(batch));
  }

 private:
  std::mutex mutex_;
  std::vector<Batch> batches_;
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void read_into(Connection& source, const ReadRequest& request, std::size_t batch_rows,
               BoundedQueue<Batch>& queue, Spares& spares) {
  try {
    const auto reader = source.read_table(request);
    for (;;) {
      Batch batch = spares.take();
      if (!queue.wait_for_room(kInFlightBytes / 4) ||
          !reader->read(*batch, {batch_rows, kInFlightBytes / 4})) {
        break;
      }
      const std::size_t bytes = batch->bytes();
      queue.push(std::move(batch), bytes);
    }
    queue.finish();
  } catch (...) {
    queue.fail(std::current_exception());
  }
}

std::uint64_t copy_by_driver(const Copy& copy) {
  const auto driver = make_sqlite_driver();
  const auto source = open(*driver, copy.source, Access::kReadOnly);
  const auto target = open(*driver, copy.target, Access::kReadWrite);
  const Table table = source->catalog().describe({"", copy.table});
  execute(*target, table.sql);
  const auto load = target->prepare_load({false, true});
  ReadRequest read{table.name, {}, {}, {}};
  for (const Column& column : table.columns) read.columns.push_back(column.name);
  if (const auto key = source->catalog().resume_key(table)) read.key = key->columns;
  WriteRequest write;
  write.table = target->catalog().describe(table.name);
  write.columns = read.columns;
  const auto writer = target->write_table(write);

  BoundedQueue<Batch> queue(kInFlightBytes);
  Spares spares;
  const std::jthread reading([&] { read_into(*source, read, copy.batch_rows, queue, spares); });
  std::uint64_t rows = 0;
  while (auto batch = queue.pop()) {
    const auto transaction = target->begin(TransactionMode::kWrite);
    rows += writer->write(**batch, 0, (*batch)->rows()).written;
    transaction->commit();
    queue.release((*batch)->bytes());
    spares.give_back(std::move(*batch));
  }
  load->finish();
  return rows;
}

std::uint64_t copy_by_attach(const Copy& copy) {
  const std::string table = "\"" + copy.table + "\"";
  run_sql(
      copy.target,
      query_text(copy.source, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '" +
                                  copy.table + "'"));
  run_sql(copy.target, "PRAGMA synchronous=OFF; ATTACH '" + copy.source + "' AS s; INSERT INTO " +
                           table + " SELECT * FROM s." + table + ";");
  return std::stoull(query_text(copy.target, "SELECT count(*) FROM " + table));
}

double measure(const char* name, const Copy& copy, std::uint64_t (*run)(const Copy&)) {
  std::filesystem::remove(copy.target);
  const double cpu_before = cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  const std::uint64_t rows = run(copy);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const double rate = static_cast<double>(rows) / took.count();
  std::cout << name << " " << copy.table << ": " << rows << " rows, " << took.count() << " s, "
            << cpu_seconds() - cpu_before << " s of processor, " << static_cast<std::uint64_t>(rate)
            << " rows/s\n";
  return rate;
}

int run(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: bench_sqlite_copy SOURCE.db TABLE [rows per batch]\n";
    return 2;
  }
  const TempFolder folder;
  Copy copy{argv[1], argv[2], (folder.path() / "copy.db").string()};
  if (argc > 3) copy.batch_rows = std::stoul(argv[3]);
  for (int round = 0; round < 3; ++round) {
    const double attach = measure("attach", copy, copy_by_attach);
    const double driver = measure("driver", copy, copy_by_driver);
    std::cout << "ratio " << driver / attach << "\n";
  }
  return 0;
}

}  // namespace
}  // namespace crossload::testing

int main(int argc, char** argv) {
  return crossload::testing::run(argc, argv);
}
