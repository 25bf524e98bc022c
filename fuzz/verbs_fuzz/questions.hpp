// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "cli/command_line.hpp"
#include "verbs_fuzz/planted_machine.hpp"

namespace kmodsec {

struct Question {
  std::string_view words;  ///< Of the command line; SCRATCH stands for the folder of the machine.
  bool changes = false;    ///< It may write into the tree.
};

struct FuzzedAnswer {
  Outcome outcome = Outcome::failed;
  std::map<std::string, bool> is_good;  ///< Each check, module or name that was judged.
};

std::span<const Question> looking_questions();
std::span<const Question> changing_questions();

FuzzedAnswer ask(const Question& question, const Scratch& scratch);

/// Ends the process when the answer with less to read is better than the one with all.
void require_not_better(const FuzzedAnswer& less, const FuzzedAnswer& whole,
                        const Question& question, const std::string& place);

}  // namespace kmodsec
