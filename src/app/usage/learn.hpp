// SPDX-License-Identifier: GPL-2.0-or-later
//
// The actions of 'kmodsec learn', each in a file of its own.
#pragma once

#include <string>
#include <vector>

#include "app/answer.hpp"
#include "app/options.hpp"
#include "report/style.hpp"

namespace kmodsec {

struct LearnOptions : ChangeOptions {
  std::vector<std::string> names;  ///< The action, and modules or files.
  bool all = false;                ///< Forget the whole record.
  std::vector<std::string> from;   ///< Records, snapshots or lists of other hosts.
};

Result<Answer> learn_record(const LearnOptions& options, const Style& style);
Result<Answer> learn_show(const LearnOptions& options, const Style& style);
Result<Answer> learn_forget(const LearnOptions& options, const Style& style);
Result<Answer> learn_import(const LearnOptions& options, const Style& style);
Result<Answer> learn_propose(const LearnOptions& options, const Style& style);
Result<Answer> learn_ready(const LearnOptions& options, const Style& style);

}  // namespace kmodsec
