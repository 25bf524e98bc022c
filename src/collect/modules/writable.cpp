// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/writable.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/folders.hpp"
#include "collect/host/masked_paths.hpp"
#include "collect/host/ownership.hpp"
#include "collect/modules/module_tree.hpp"
#include "collect/paths.hpp"
#include "format/host/mount_table.hpp"
#include "model/host/boot_places.hpp"
#include "model/host/module_name.hpp"
#include "model/host/program_places.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_path = 4096;

/// depmod follows links to folders; who reads configuration does not.
enum class LinkedFolders { entered, left };

/// All that decides what stands in some folders: what is in them, where the links in them lead, and
/// every folder on the way.
class Examiner {
 public:
  Examiner(const Root& root, std::span<const std::string_view> guarded, LinkedFolders linked)
      : root_(root), guarded_(guarded), linked_(linked) {
    for (const std::string_view path : guarded) {
      look_at(std::string(path));
      note_if_left_out(std::string(path));
    }
  }

  void look_at(const std::string& place) {
    visit(place, true);
    while (!links_.empty()) {
      const std::string link = std::move(links_.back());
      links_.pop_back();
      visit(link, linked_ == LinkedFolders::entered);
    }
  }

  WritablePaths take() { return std::move(paths_); }

 private:
  void visit(const std::string& place, bool enters) {
    const Way way = way_to(root_, place);
    for (const Ownership& guard : way.owners) judge(guard, place);
    if (!way.end) return note(place, place, way.end.error());
    if (enters && is_folder(root_, *way.end)) enter(*way.end, place);
  }

  void enter(const std::string& folder, const std::string& place) {
    std::vector<std::string> pending = {folder};
    while (!pending.empty()) {
      const std::string at = std::move(pending.back());
      pending.pop_back();
      if (!entered_.insert(at).second) continue;
      const auto entries =
          at.size() < longest_path
              ? root_.list(at)
              : failure(ErrorKind::too_large, utf8_text(at.substr(0, 64)), "nested too deeply");
      if (!entries) {
        note(at, place, entries.error());
        continue;
      }
      for (const Entry& entry : *entries) {
        const std::string path = at == "/" ? at + entry.name : at + "/" + entry.name;
        examine(path, entry, place);
        if (entry.type == FileType::directory) pending.push_back(path);
      }
    }
  }

  void examine(const std::string& path, const Entry& entry, const std::string& place) {
    const auto status = root_.link_status(path);
    if (!status) return note(path, place, status.error());
    if (status->type != FileType::link) return judge(ownership_of(root_, path, *status), place);
    if (!leads_to_sources(entry.name)) links_.push_back(path);
  }

  /// The links beside the modules that lead to what they were built from; depmod passes them over.
  bool leads_to_sources(std::string_view name) const {
    return linked_ == LinkedFolders::entered && (name == "build" || name == "source");
  }

  bool is_guarded(std::string_view path) const {
    return std::ranges::any_of(guarded_, [&](std::string_view at) { return is_below(path, at); });
  }

  void judge(Ownership ownership, const std::string& place) {
    if (!judged_.insert(ownership.path).second) return;
    if (!is_guarded(ownership.path)) ownership.leads_to = utf8_text(place);
    if (!ownership.unclear.empty()) tell(ownership.path, ownership.leads_to, ownership.unclear);
    if (others_may_write(ownership)) paths_.found.push_back(std::move(ownership));
  }

  /// What is not there, or a link that goes in a circle, cannot be written; anything else that
  /// stops us must be a gap.
  void note(const std::string& path, const std::string& place, const Error& error) {
    if (error.kind == ErrorKind::malformed || is_known_to_lead_nowhere(path, error)) return;
    const std::string what = utf8_text(path);
    tell(what, is_guarded(path) ? "" : utf8_text(place),
         error.subject == what ? error.reason : to_string(error));
  }

  /// What is guarded and left out of a capture is told once, see below.
  bool is_known_to_lead_nowhere(const std::string& path, const Error& error) const {
    if (error.kind != ErrorKind::not_found) return false;
    return std::ranges::find(guarded_, path) != guarded_.end() ||
           !doubt_about_absence(root_, error.subject);
  }

  /// Once for each folder of which too little was captured.
  void note_if_left_out(const std::string& path) {
    const auto status = root_.status(path);
    if (status || status.error().kind != ErrorKind::not_found) return;
    const auto doubt = doubt_about_absence(root_, path);
    if (doubt && doubts_.insert(doubt->reason).second) tell(path, "", doubt->reason);
  }

  void tell(const std::string& what, const std::string& leads_to, const std::string& why) {
    paths_.unseen.push_back(leads_to.empty() ? Unseen{what, why}
                                             : Unseen{leads_to, what + ": " + why});
  }

  const Root& root_;
  std::span<const std::string_view> guarded_;
  LinkedFolders linked_;
  std::vector<std::string> links_;
  std::set<std::string> entered_;
  std::set<std::string> judged_;
  std::set<std::string> doubts_;
  WritablePaths paths_;
};

/// The policy is configuration, and decides at boot as well.
void add(WritablePaths more, WritablePaths& paths) {
  std::set<std::pair<std::string_view, std::string_view>> known;
  for (const Ownership& one : paths.found) known.emplace(one.path, one.leads_to);
  std::erase_if(more.found,
                [&](const Ownership& one) { return known.contains({one.path, one.leads_to}); });
  std::ranges::move(more.found, std::back_inserter(paths.found));
  std::ranges::move(more.unseen, std::back_inserter(paths.unseen));
}

}  // namespace

Seen<WritablePaths> collect_writable(const Root& root) {
  if (const auto told = owners_can_be_told(root); !told) return std::unexpected(told.error());
  Examiner modules(root, module_folders, LinkedFolders::entered);
  for (const std::string& release : installed_kernels(root).value_or(std::vector<std::string>{})) {
    for (const std::string& path : find_module_paths(root, release).outside) modules.look_at(path);
  }
  WritablePaths paths = modules.take();
  for (const std::span<const std::string_view> places :
       {std::span<const std::string_view>(configuration_paths),
        std::span<const std::string_view>(boot_places),
        std::span<const std::string_view>(program_places)}) {
    add(Examiner(root, places, LinkedFolders::left).take(), paths);
  }
  return paths;
}

}  // namespace kmodsec
