// SPDX-License-Identifier: GPL-2.0-or-later
#include <optional>

#include "app/policy/change_host.hpp"
#include "base/text.hpp"
#include "cli/verb.hpp"

namespace kmodsec {
namespace {

struct RevertOptions : ChangeOptions {
  std::vector<std::string> numbers;
};

void declare(OptionSet& set, RevertOptions& options) {
  set.arguments("NUMBER", options.numbers,
                "A transaction of 'kmodsec history': it and all after it are undone");
  declare_yes(set, options);
  declare_dry_run(set, options);
  declare_whole_changes(set, options);
}

Result<std::optional<std::uint32_t>> number_of(const RevertOptions& options) {
  if (options.numbers.empty()) return std::optional<std::uint32_t>();
  const auto number = parse_number<std::uint32_t>(options.numbers.front());
  if (!number || options.numbers.size() > 1)
    return failure(ErrorKind::usage, options.numbers.back(),
                   "not the number of one transaction; 'kmodsec history' lists them");
  return std::optional(*number);
}

Result<Answer> run(const RevertOptions& options, const Style& style) {
  const auto number = number_of(options);
  if (!number) return std::unexpected(number.error());
  return revert_host(options, style, *number);
}

}  // namespace

std::unique_ptr<Command> revert_command(OptionSet& set) { return command(set, declare, run); }

}  // namespace kmodsec
