// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cctype>

#include "base/text.hpp"
#include "cli/verb.hpp"
#include "model/check.hpp"
#include "report/check_report.hpp"

namespace kmodsec {
namespace {

struct ExplainOptions : Options {
  std::vector<std::string> names;  ///< One id of a check.
};

void declare(OptionSet& set, ExplainOptions& options) {
  set.one_argument("ID", options.names, "Id of a check, such as SIG-001");
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

Result<Answer> run(const ExplainOptions& options, const Style& style) {
  const std::string id = upper(options.names.front());
  std::vector<std::string> ids;
  for (const Check* check : all_checks()) {
    ids.emplace_back(check->id);
    if (check->id != id) continue;
    return Answer{options.format == "json" ? print_explanation_json(*check, {})
                                           : print_explanation_text(*check, style),
                  Outcome::clean,
                  {}};
  }
  const auto hint = nearest(id, ids);
  return failure(
      ErrorKind::usage, options.names.front(),
      "no such check; " + (hint ? "did you mean " + *hint + "?" : "see 'kmodsec checks'"));
}

}  // namespace

std::unique_ptr<Command> explain_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
