// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/host/walk.hpp"

#include <ranges>
#include <utility>

#include "base/text.hpp"
#include "collect/paths.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_path = 4096;
constexpr std::size_t most_entries_behind_links = 500'000;

/// Their headers and sources are no modules of a kernel, and many.
bool is_passed_over(std::string_view name) { return name == "build" || name == "source"; }

Result<std::vector<Entry>> entries_of(const Root& root, const std::string& folder) {
  if (folder.size() >= longest_path)
    return failure(ErrorKind::too_large, utf8_text(folder.substr(0, 64)), "nested too deeply");
  return root.list(folder);
}

}  // namespace

std::vector<Unseen> walk(const Root& root, const std::string& folder, const VisitPath& visit) {
  std::vector<Unseen> unseen;
  std::vector<std::string> pending = {folder};
  while (!pending.empty()) {
    const std::string at = std::move(pending.back());
    pending.pop_back();
    const auto entries = entries_of(root, at);
    if (!entries) {
      unseen.push_back({entries.error().subject, entries.error().reason});
      continue;
    }
    std::vector<std::string> below;
    for (const Entry& entry : *entries) {
      const std::string path = at + "/" + entry.name;
      visit(path, entry.type);
      if (entry.type == FileType::directory) below.push_back(path);
    }
    for (std::string& path : std::ranges::reverse_view(below)) pending.push_back(std::move(path));
  }
  return unseen;
}

void ModuleWalk::walk(const std::string& folder, const VisitPath& visit) {
  std::vector<std::string> linked = {folder};
  for (std::size_t next = 0; next < linked.size(); ++next) {
    const std::string shown = linked[next];
    is_behind_link_ = next > 0;
    auto followed = follow(root_, shown);
    if (followed)
      walk_real({shown, std::move(followed->resolved)}, visit, linked);
    else
      note(shown, followed.error().reason);
  }
}

void ModuleWalk::walk_real(const Folder& top, const VisitPath& visit,
                           std::vector<std::string>& linked) {
  std::vector<Folder> pending = {top};
  while (!pending.empty()) {
    const Folder at = std::move(pending.back());
    pending.pop_back();
    if (!walked_.insert(at.real).second) continue;
    std::vector<Folder> below;
    look_at(at, visit, linked, below);
    for (Folder& folder : std::ranges::reverse_view(below)) pending.push_back(std::move(folder));
  }
}

void ModuleWalk::look_at(const Folder& folder, const VisitPath& visit,
                         std::vector<std::string>& linked, std::vector<Folder>& below) {
  const auto entries = entries_of(root_, folder.shown);
  if (!entries) return note(folder.shown, entries.error().reason);
  if (is_behind_link_) entries_behind_links_ += entries->size();
  if (entries_behind_links_ > most_entries_behind_links)
    return note(folder.shown, "too many files behind links");
  for (const Entry& entry : *entries) {
    const std::string path = folder.shown + "/" + entry.name;
    if (entry.type == FileType::link) {
      look_at_link(path, entry.name, visit, linked);
      continue;
    }
    visit(path, entry.type);
    if (entry.type == FileType::directory) below.push_back({path, folder.real + "/" + entry.name});
  }
}

void ModuleWalk::look_at_link(const std::string& path, const std::string& name,
                              const VisitPath& visit, std::vector<std::string>& linked) {
  if (is_passed_over(name)) return visit(path, FileType::link);
  const auto status = root_.status(path);
  const bool is_folder = status && status->type == FileType::directory;
  visit(path, is_folder ? FileType::directory : FileType::link);
  const bool is_told_with_its_file = is_module_file(name);
  if (!status && !is_told_with_its_file)
    note(path, "a link that cannot be followed: " + status.error().reason);
  if (is_folder) linked.push_back(path);
}

void ModuleWalk::note(const std::string& path, std::string why) {
  unseen_.push_back({utf8_text(path), std::move(why)});
}

}  // namespace kmodsec
