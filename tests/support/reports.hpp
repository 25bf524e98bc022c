// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec::test {

/// Everything that the program prints of one machine.
struct Reports {
  std::vector<std::string> texts;      ///< audit, list, list --on-disk, learn show, show of every
                                       ///< module.
  std::vector<std::string> documents;  ///< The same as JSON.

  bool operator==(const Reports&) const = default;
};

Reports every_report(const Facts& facts);

/// The bytes of a snapshot file. Throws where a text in the facts is not valid UTF-8.
std::string snapshot_of(const Facts& facts);

/// The same of a compact one.
std::string compact_snapshot_of(const Facts& facts);

}  // namespace kmodsec::test
