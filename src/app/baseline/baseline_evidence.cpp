// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/baseline_evidence.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "analyze/host/owned_paths.hpp"
#include "app/policy/plan_host.hpp"
#include "base/path.hpp"
#include "collect/baseline/package_log.hpp"
#include "collect/host/trusted_files.hpp"
#include "collect/loading/index_config.hpp"
#include "collect/modules/module_tree.hpp"
#include "collect/modules/packages.hpp"
#include "system/host/clock.hpp"

namespace kmodsec {
namespace {

/// The configuration that is what the policy asks for: `apply` would not change it.
std::set<std::string> asked_by_policy(const ChangeOptions& options,
                                      const std::vector<BaselineChange>& changes) {
  std::set<std::string> paths;
  for (const BaselineChange& change : changes) {
    const std::string& path = change.entry().file.path;
    if (std::ranges::find(owned_configuration, path) != std::end(owned_configuration))
      paths.insert(path);
  }
  if (paths.empty()) return paths;
  const auto host = open_changed_host(options);
  if (!host) return {};
  const auto planned = plan_host(*host, options, time_of_looking());
  if (!planned) return {};
  for (const FileEdit& edit : planned->plan.edits) paths.erase(edit.path);
  return paths;
}

bool is_index_to_compare(const BaselineChange& change) {
  const CoveredFile& file = change.entry().file;
  return change.now && file.kind == BaselineKind::index &&
         is_written_by_depmod(file_name(file.path));
}

/// Whether the indexes of each kernel where one changed say what its module files say.
std::map<std::string, IndexAgreement> index_agreements(const Options& options, const Root& root,
                                                       Recording& recording,
                                                       const std::vector<BaselineChange>& changes) {
  std::map<std::string, IndexAgreement> agreements;
  for (const BaselineChange& change : changes) {
    const std::string& kernel = change.entry().file.kernel;
    if (!is_index_to_compare(change) || agreements.contains(kernel)) continue;
    const CollectScope scope{.parts = {Part::indexes}, .jobs = options.jobs};
    ModuleTree tree = collect_whole_tree(root, kernel, scope, std::move(recording.modules[kernel]));
    collect_index_config(root, tree);
    agreements.emplace(kernel, hold_against_files(tree));
  }
  return agreements;
}

/// A file, or a link to a folder, of the disk.
bool is_gone(const BaselineChange& change) {
  if (change.kind != ChangeKind::removed || is_in_image(change.was->file.kind)) return false;
  const bool is_link = change.was->attributes && !change.was->attributes->link.empty();
  return !is_folder(*change.was) || is_link;
}

/// What is not covered any more, and yet lies where it was.
std::set<std::string> still_there(const Root& root, const std::vector<BaselineChange>& changes) {
  std::set<std::string> paths;
  for (const BaselineChange& change : changes) {
    if (!is_gone(change)) continue;
    const auto status = root.status(change.was->file.path);
    if (status && status->type == FileType::regular) paths.insert(change.was->file.path);
  }
  return paths;
}

/// Who has the files that are gone, by the database of packages as it is now.
std::map<std::string, Seen<PackageClaim>> owners_of_removed(
    const Root& root, const std::vector<BaselineChange>& changes) {
  std::vector<PlainFile> files;
  for (const BaselineChange& change : changes) {
    if (is_gone(change)) files.push_back({change.was->file.path, {}, {}, {}});
  }
  collect_packages(root, {}, files);
  std::map<std::string, Seen<PackageClaim>> owners;
  for (PlainFile& file : files) owners.emplace(file.path, std::move(file.package));
  return owners;
}

/// Which changed files somebody else than root may write, or replace.
std::map<std::string, std::string> open_to_others(const Root& root,
                                                  const std::vector<BaselineChange>& changes) {
  std::map<std::string, std::string> open;
  for (const BaselineChange& change : changes) {
    const CoveredFile& file = change.entry().file;
    if (!change.now || is_in_image(file.kind)) continue;
    const auto trusted = only_root_may_change(root, file.path);
    if (!trusted && trusted.error().kind == ErrorKind::denied)
      open.emplace(file.path, trusted.error().reason);
  }
  return open;
}

}  // namespace

ChangeEvidence collect_evidence(const ChangeOptions& options, const Root& root, std::int64_t since,
                                Recording& recording, const std::vector<BaselineChange>& changes) {
  return {.transactions = collect_package_log(root, since),
          .asked_by_policy = asked_by_policy(options, changes),
          .now = &recording.entries,
          .indexes = index_agreements(options, root, recording, changes),
          .unread_images = recording.unread_images,
          .removed = owners_of_removed(root, changes),
          .open_to_others = open_to_others(root, changes),
          .still_there = still_there(root, changes)};
}

}  // namespace kmodsec
