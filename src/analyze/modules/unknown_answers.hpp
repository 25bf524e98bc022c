// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/report.hpp"

namespace kmodsec {

/// The first few names in order, and how many more there are: "fat, vfat and 3 more".
std::string first_names(std::vector<std::string> modules);

/// What an answer shows as unknown, by question and reason: a gap names the first few modules.
class UnknownAnswers {
 public:
  /// `question` is a noun: "use", "signature".
  void add(std::string_view question, std::string_view module, std::string_view why);

  /// "use of loop, vfat: what the kernel and its devices use was not seen"
  void note(std::vector<Unseen>& unseen) const;

 private:
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> modules_;
};

}  // namespace kmodsec
