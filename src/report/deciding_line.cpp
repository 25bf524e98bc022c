// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/deciding_line.hpp"

#include <fmt/format.h>

namespace kmodsec {

std::string line_text(const DecidingLine& line) {
  return fmt::format("{}:{}: {}", line.file, line.line, line.text);
}

Json line_json(const std::optional<DecidingLine>& line) {
  if (!line) return nullptr;
  return {{"file", line->file}, {"line", line->line}, {"text", line->text}};
}

}  // namespace kmodsec
