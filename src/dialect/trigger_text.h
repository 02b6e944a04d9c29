#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "translate.h"

namespace crossload::dialect {

/// A statement that makes part of a trigger: PostgreSQL's needs a function before it.
struct TriggerPart {
  std::string name;
  bool is_function = false;
  std::string sql;
};

struct TriggerTranslation {
  std::vector<TriggerPart> parts;  ///< In the order in which they run; empty where refused.
  std::string reason;
  std::vector<std::string> notes = {};
};

/// What a trigger is to be translated from.
struct TriggerSource {
  const Trigger* trigger = nullptr;
  std::string_view routine = {};      ///< PostgreSQL: the text of the function it calls.
  const KnownTable* table = nullptr;  ///< That it stands on.
};

/// A row trigger in the target's words: sets columns of NEW, writes into other tables, refuses
/// rows. Pure; throws nothing for what the text says.
TriggerTranslation translate_trigger(const TriggerSource& source,
                                     const TranslationContext& context);

/// MySQL's ON UPDATE CURRENT_TIMESTAMP of a column, as a trigger of an engine that has no such
/// thing. `column` is one of the table's.
TriggerTranslation make_touch_trigger(const KnownTable& table, const KnownColumn& column,
                                      const TargetTraits& target);

}  // namespace crossload::dialect
