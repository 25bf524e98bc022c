// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace kmodsec {

enum class Severity { low, medium, high, critical };
enum class Status { pass, fail, unknown, not_applicable, waived };

/// Where an answer comes from: a file, perhaps its line, and the text of it.
struct Evidence {
  std::string source;
  std::optional<std::size_t> line;
  std::string value;
};

struct Finding {
  std::string subject;
  std::string message;
  std::vector<Evidence> evidence;
};

/// Something that could not be examined.
struct Unseen {
  std::string what;
  std::string why;

  auto operator<=>(const Unseen&) const = default;
};

}  // namespace kmodsec
