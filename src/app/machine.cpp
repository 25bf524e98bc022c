// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/machine.hpp"

#include <algorithm>
#include <functional>
#include <future>
#include <iterator>
#include <utility>

#include "analyze/auditd/event_origins.hpp"
#include "analyze/modules/loaded_files.hpp"
#include "app/cves/cve_tracker.hpp"
#include "app/cves/known_cves.hpp"
#include "app/given_images.hpp"
#include "app/progress.hpp"
#include "app/signatures/given_certificates.hpp"
#include "base/text.hpp"
#include "collect/collect.hpp"
#include "collect/unpack.hpp"
#include "format/files/compression.hpp"
#include "format/files/json.hpp"
#include "format/snapshot.hpp"
#include "system/files/budgeted_root.hpp"
#include "system/files/dir_root.hpp"
#include "system/files/host_file.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t snapshot_limit = 1024UL * 1024 * 1024;

/// As if the machine had been asked: the others are left out where the verb would not read them.
void leave_out_kernels(const Options& options, const CollectScope& scope, Facts& facts) {
  const std::string release =
      options.kernel.empty() ? facts.kernel.release.value_or("") : options.kernel;
  if (release.empty() || (options.kernel.empty() && scope.has(Part::other_kernels))) return;
  std::erase_if(facts.trees, [&](const ModuleTree& tree) { return tree.release != release; });
}

/// The same of what is known of the modules in each initramfs.
void leave_out_comparisons(const CollectScope& scope, Facts& facts) {
  if (scope.has_any({Part::image_modules, Part::image_digests})) return;
  for (ModuleTree& tree : facts.trees) {
    if (!tree.initramfs_images) continue;
    for (InitramfsImage& image : *tree.initramfs_images) {
      for (ImageModule& module : image.modules)
        module = {.name = std::move(module.name), .path = std::move(module.path)};
    }
  }
}

Result<Facts> read_snapshot(const Options& options, const CollectScope& scope) {
  auto bytes = read_host_file(options.snapshot, snapshot_limit);
  if (bytes) options.budget->take_bytes(bytes->size());
  if (bytes && compression_of(*bytes) != Compression::none)
    bytes = unpack_within(*options.budget, *bytes, snapshot_limit);
  if (!bytes) return failure(bytes.error().kind, options.snapshot, bytes.error().reason);
  options.budget->take_entries(most_json_values(*bytes));
  if (const auto left = options.budget->check(options.snapshot); !left)
    return std::unexpected(left.error());
  auto facts = parse_snapshot(*bytes, *options.budget);
  if (const auto left = options.budget->check(options.snapshot); !left)
    return std::unexpected(left.error());
  if (!facts) return failure(facts.error().kind, options.snapshot, facts.error().reason);
  leave_out_kernels(options, scope, *facts);
  leave_out_comparisons(scope, *facts);
  if (settled(scope.files, facts->live) == FileScope::loaded)
    keep_files_of_loaded(*facts, scope.names);
  if (facts->trees.empty() && !options.kernel.empty())
    return failure(ErrorKind::usage, options.kernel, "no such kernel in the snapshot");
  return facts;
}

/// The tables are this program's, whichever machine they are held against.
Result<Facts> with_known_cves(const Options& options, Result<Facts> facts,
                              Result<CvesInForce> in_force) {
  if (!facts) return facts;
  if (!in_force) return std::unexpected(in_force.error());
  facts->known_cves = std::move(in_force->tables);
  facts->known_cves->unseen = std::move(in_force->unseen);
  if (!options.tracker.empty()) {
    auto tracker = read_cve_tracker(options.tracker);
    if (!tracker) return std::unexpected(tracker.error());
    facts->known_cves->tracker = std::move(*tracker);
  }
  return facts;
}

Result<Facts> read_captured_or_live(const Options& options, CollectScope scope) {
  if (!options.snapshot.empty() && !options.initramfs.empty())
    return failure(ErrorKind::usage, "--initramfs",
                   "a snapshot has the images that were read for it");
  if (!options.snapshot.empty()) return read_snapshot(options, scope);
  const auto root = open_machine(options);
  if (!root) return std::unexpected(root.error());
  scope.kernel = options.kernel;
  scope.jobs = options.jobs;
  scope.now = time_of_looking();
  auto given = read_given_certificates(options.certificates);
  if (!given) return std::unexpected(given.error());
  scope.certificates = std::move(*given);
  auto images = find_given_images(options, **root);
  if (!images) return std::unexpected(images.error());
  scope.initramfs = std::move(*images);
  Progress progress(options.quiet);
  scope.progress = [&](std::size_t done, std::size_t all) { progress.tell(done, all); };
  EventOrigins origins;
  return collect(**root, scope, &origins);
}

}  // namespace

Result<std::unique_ptr<Root>> open_machine(const Options& options) {
  auto root = options.root.empty() ? open_running_system() : open_tree(options.root);
  if (!root) return root;
  return std::make_unique<BudgetedRoot>(std::move(*root), options.budget);
}

Result<Facts> read_machine(const Options& options, CollectScope scope) {
  if (!scope.has(Part::known_cves)) return read_captured_or_live(options, std::move(scope));
  auto tables = std::async(std::launch::async, known_cves_in_force, std::cref(options));
  auto facts = read_captured_or_live(options, std::move(scope));
  return with_known_cves(options, std::move(facts), tables.get());
}

namespace {

/// A snapshot has the files of all modules: those that would not be read of its machine go.
Result<Facts> read_snapshot_for_load_paths(const Options& options, CollectScope scope,
                                           const AskedLoadPaths& asked) {
  const FileScope files = std::exchange(scope.files, FileScope::all);
  std::vector<std::string> names = std::move(scope.names);
  auto facts = read_machine(options, std::move(scope));
  if (!facts) return facts;
  std::ranges::move(modules_that_decide(*facts, asked), std::back_inserter(names));
  if (settled(files, facts->live) == FileScope::loaded)
    keep_files_of_loaded(*facts, names);
  else
    keep_files_named(*facts, names);
  return facts;
}

}  // namespace

Result<Facts> read_machine_for_load_paths(const Options& options, CollectScope scope,
                                          const AskedLoadPaths& asked) {
  scope.parts |= {Part::signatures};
  if (asked.all) {
    scope.files = FileScope::all;
    return read_machine(options, std::move(scope));
  }
  if (!options.snapshot.empty()) return read_snapshot_for_load_paths(options, scope, asked);
  const auto indexes = read_machine(options, {.parts = {Part::indexes, Part::load_config}});
  if (!indexes) return indexes;
  scope.besides = modules_that_decide(*indexes, asked);
  return read_machine(options, std::move(scope));
}

/// The files of what is loaded have the names that it is used by.
Result<Facts> read_machine_for_cves(const Options& options,
                                    const std::vector<std::string>& modules) {
  return read_machine_for_load_paths(
      options,
      {.files = FileScope::loaded,
       .names = modules,
       .parts = {Part::indexes, Part::users, Part::posture, Part::load_config,
                 Part::initramfs_images, Part::known_cves}},
      {.modules = modules, .requests = {}, .all = modules.empty()});
}

}  // namespace kmodsec
