#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "temp_folder.h"
#include "test_database.h"

namespace crossload::testing {

/// Names of the data sets of ../shared/testdata that are chosen, in order: parameters of tests.
/// Where there are none, one name that need_dataset() does not find.
std::vector<std::string> datasets(const std::function<bool(const std::string&)>& is_chosen);

/// Whether a data set is of SQLite's files.
bool is_of_sqlite(const std::string& dataset);

/// For SetUp(), last: fails in CI where the data set is not there, elsewhere skips; skips where its
/// server is missing.
void need_dataset(const std::string& dataset);

/// The files of a SQLite data set, loaded by its own script into a folder below `folder`.
std::vector<std::filesystem::path> unpack(const std::string& dataset, const TempFolder& folder,
                                          std::chrono::minutes limit = std::chrono::minutes(2));

/// Loads a data set into its engine, and hands it on: once, but file by file for SQLite.
void for_each_database(const std::string& dataset,
                       const std::function<void(const TestDatabase&)>& use);

}  // namespace crossload::testing
