// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/options.hpp"
#include "model/loading/load_paths.hpp"
#include "model/policy/module_change.hpp"
#include "system/files/root.hpp"

namespace kmodsec {

/// An error unless it is the running system, and who asks has the right to change it; `--dry-run`
/// may look at any machine.
std::optional<Error> wrong_machine(const ChangeOptions& options);

/// Why it is refused, with the place of the line that decides.
Error refusal(const std::string& subject, const std::string& reason,
              const std::optional<DecidingLine>& decided_by);

/// Shows on stderr what would be done, and asks; with --yes it does neither.
Result<void> confirm_change(const ChangeOptions& options, std::string_view preflight,
                            std::string_view question);

/// Looks at the running kernel before and after its modules are changed.
class ChangeWatch {
 public:
  static Result<ChangeWatch> begin();

  /// Adds what the kernel has said since, and which of these modules it has now.
  void end(const std::vector<std::string>& modules, ModuleChange& change) const;

 private:
  explicit ChangeWatch(std::unique_ptr<Root> root);

  std::unique_ptr<Root> root_;
  Seen<std::uint64_t> next_line_;  ///< Of the log: its sequence number.
};

}  // namespace kmodsec
