#include "bracket.h"

#include <utility>

namespace crossload::driver::postgres {
namespace {

constexpr const char* kSavepoint = "SAVEPOINT crossload_statement";
constexpr const char* kImmediateSavepoint =
    "SAVEPOINT crossload_statement; SET CONSTRAINTS ALL IMMEDIATE";
constexpr const char* kRelease = "RELEASE SAVEPOINT crossload_statement";
constexpr const char* kBack =
    "ROLLBACK TO SAVEPOINT crossload_statement; RELEASE SAVEPOINT crossload_statement";

}  // namespace

Bracket::Bracket(Session& session, Kind kind) : session_(session), kind_(kind) {
  switch (kind) {
    case Kind::kNone:
      return;
    case Kind::kTransaction:
      session_.run("BEGIN");
      return;
    case Kind::kReadOnlyTransaction:
      session_.run("BEGIN READ ONLY");
      return;
    case Kind::kSavepoint:
      session_.run(kSavepoint);
      return;
    case Kind::kImmediateSavepoint:
      session_.run(kImmediateSavepoint);
  }
}

Bracket::~Bracket() {
  undo();
}

void Bracket::keep() {
  switch (std::exchange(kind_, Kind::kNone)) {
    case Kind::kNone:
      return;
    case Kind::kTransaction:
    case Kind::kReadOnlyTransaction:
      session_.run_undisturbed("COMMIT");
      return;
    case Kind::kSavepoint:
    case Kind::kImmediateSavepoint:
      session_.run_undisturbed(kRelease);
  }
}

void Bracket::undo() noexcept {
  switch (std::exchange(kind_, Kind::kNone)) {
    case Kind::kNone:
      return;
    case Kind::kTransaction:
    case Kind::kReadOnlyTransaction:
      session_.run_quietly("ROLLBACK");
      return;
    case Kind::kSavepoint:
    case Kind::kImmediateSavepoint:
      session_.run_quietly(kBack);
  }
}

}  // namespace crossload::driver::postgres
