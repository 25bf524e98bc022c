// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/policy/module_change.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "app/confirm.hpp"
#include "base/text.hpp"
#include "collect/kernel/kernel_log.hpp"
#include "collect/modules/loaded_modules.hpp"
#include "system/files/dir_root.hpp"
#include "system/host/privilege.hpp"

namespace kmodsec {

std::optional<Error> wrong_machine(const ChangeOptions& options) {
  if (!options.kernel.empty())
    return Error{ErrorKind::usage, "--kernel",
                 "only modules of the running kernel can be loaded and unloaded"};
  if (options.dry_run) return std::nullopt;
  if (!options.root.empty() || !options.snapshot.empty())
    return Error{ErrorKind::usage, options.root.empty() ? "--snapshot" : "--root",
                 "only the running system can be changed; --dry-run works on any"};
  if (!may_change_modules())
    return Error{ErrorKind::denied, options.verb,
                 "only root may load and unload modules; --dry-run shows what would happen"};
  return std::nullopt;
}

Error refusal(const std::string& subject, const std::string& reason,
              const std::optional<DecidingLine>& decided_by) {
  return {
      ErrorKind::usage, subject,
      decided_by ? fmt::format("{} ({}:{})", reason, decided_by->file, decided_by->line) : reason};
}

Result<void> confirm_change(const ChangeOptions& options, std::string_view preflight,
                            std::string_view question) {
  if (!options.yes) fmt::print(stderr, "{}", preflight);
  return confirm(options, question);
}

ChangeWatch::ChangeWatch(std::unique_ptr<Root> root) : root_(std::move(root)) {
  const auto log = collect_kernel_log(*root_);
  if (!log) {
    next_line_ = std::unexpected(log.error());
  } else {
    next_line_ = log->empty() ? 0 : log->back().sequence + 1;
  }
}

Result<ChangeWatch> ChangeWatch::begin() {
  auto root = open_running_system();
  if (!root) return std::unexpected(root.error());
  return ChangeWatch(std::move(*root));
}

void ChangeWatch::end(const std::vector<std::string>& modules, ModuleChange& change) const {
  const auto note = [&](const Error& error) {
    change.unseen.push_back({error.subject, error.reason});
  };
  auto log = next_line_ ? collect_kernel_log(*root_) : std::unexpected(next_line_.error());
  if (log) {
    std::erase_if(*log, [&](const KernelLogLine& line) { return line.sequence < *next_line_; });
    change.log = std::move(*log);
  } else {
    note(log.error());
  }
  auto loaded = collect_loaded_modules(*root_, change.unseen);
  if (!loaded) return note(loaded.error());
  std::erase_if(*loaded, [&](const LoadedModule& module) {
    return std::ranges::find(modules, module.name) == modules.end();
  });
  for (LoadedModule& module : *loaded) collect_parameters(*root_, module);
  change.loaded = std::move(*loaded);
}

}  // namespace kmodsec
