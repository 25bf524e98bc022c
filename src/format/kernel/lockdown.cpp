// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/kernel/lockdown.hpp"

#include "base/text.hpp"
#include "model/names.hpp"

namespace kmodsec {

Result<Lockdown> parse_lockdown(std::string_view text) {
  for (const std::string_view word : split_words(trim(text))) {
    if (!word.starts_with('[') || !word.ends_with(']')) continue;
    for (const Lockdown level : {Lockdown::none, Lockdown::integrity, Lockdown::confidentiality}) {
      if (word.substr(1, word.size() - 2) == to_string(level)) return level;
    }
  }
  return failure(ErrorKind::malformed, "", "names no lockdown level");
}

}  // namespace kmodsec
