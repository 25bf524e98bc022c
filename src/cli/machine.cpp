// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/machine.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "cli/given_certificates.hpp"
#include "cli/progress.hpp"
#include "collect/collect.hpp"
#include "format/snapshot.hpp"
#include "system/dir_root.hpp"
#include "system/host_file.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t snapshot_limit = 1024UL * 1024 * 1024;

Result<Facts> read_snapshot(const Options& options) {
  const auto bytes = read_host_file(options.snapshot, snapshot_limit);
  if (!bytes) return std::unexpected(bytes.error());
  auto facts = parse_snapshot(*bytes);
  if (!facts) return failure(facts.error().kind, options.snapshot, facts.error().reason);
  if (options.kernel.empty()) return facts;

  std::erase_if(facts->trees,
                [&](const ModuleTree& tree) { return tree.release != options.kernel; });
  if (facts->trees.empty())
    return failure(ErrorKind::usage, options.kernel, "no such kernel in the snapshot");
  return facts;
}

}  // namespace

Result<Facts> read_machine(const Options& options, CollectScope scope) {
  if (!options.snapshot.empty()) return read_snapshot(options);
  const auto root = options.root.empty() ? open_running_system() : open_tree(options.root);
  if (!root) return std::unexpected(root.error());
  scope.kernel = options.kernel;
  scope.jobs = options.jobs;
  auto given = read_given_certificates(options.certificates);
  if (!given) return std::unexpected(given.error());
  scope.certificates = std::move(*given);
  Progress progress(options.quiet);
  scope.progress = [&](std::size_t done, std::size_t all) { progress.tell(done, all); };
  return collect(**root, scope);
}

}  // namespace kmodsec
