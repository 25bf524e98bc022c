// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/module_search.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/host/folders.hpp"
#include "collect/host/walk.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/modules/depmod_conf.hpp"
#include "format/modules/modules_index.hpp"
#include "format/modules/modules_index_bin.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/')); }

class Search {
 public:
  Search(const Root& root, const std::string& release)
      : root_(root), release_(release), folder_(module_folder(root, release)), walk_(root) {}

  ModulePaths run() {
    walk(folder_);
    for (const std::string_view place : module_folders) {
      const std::string folder = fmt::format("{}/{}", place, release_);
      if (folder != folder_ && root_.status(folder)) walk(folder);
    }
    walk_external_folders();
    std::ranges::sort(found_.paths);
    add_named();
    found_.lacks_named = missing_ > 0;
    note_if_most_were_left_out();
    std::ranges::move(to_add_, std::back_inserter(found_.paths));
    std::ranges::move(walk_.take_unseen(), std::back_inserter(found_.unseen));
    return std::move(found_);
  }

 private:
  void walk(const std::string& folder) {
    const auto followed = follow(root_, folder);
    const bool is_second_name = followed && walk_.has_walked(followed->resolved);
    if (!is_second_name) found_.folders.push_back(folder);
    walk_.walk(folder, [this](const std::string& path, FileType type) {
      if (type == FileType::directory) found_.folders.push_back(path);
      if (type == FileType::directory || !is_module_file(path)) return;
      found_.paths.push_back(path);
      if (type == FileType::link) found_.links.push_back(path);
    });
  }

  void walk_external_folders() {
    const auto files = configuration_files(root_, depmod_folders);
    if (!files) return note(files.error());
    for (const auto& [name, path] : files->read) {
      const auto text = root_.read(path, configuration_limit);
      if (!text && !has_no_lines(root_, path, text.error()))
        found_.unseen.push_back(unread_because(path, text.error()));
      for (const ExternalFolder& folder : parse_depmod_conf(text.value_or("")))
        if (is_for_kernel(folder, release_)) walk_external(folder, path);
    }
  }

  void walk_external(const ExternalFolder& folder, const std::string& source) {
    constexpr std::size_t most_folders = 1000;
    const std::string path = folder.path.starts_with('/') ? folder.path : "/" + folder.path;
    if (external_.contains(path)) return;
    if (external_.size() == most_folders)
      return note({ErrorKind::too_large, utf8_text(source), "names too many external folders"});
    external_.insert(path);
    const auto status = root_.status(path);
    if (!status) {
      if (!is_absent(root_, path, status.error())) note(why_not_seen(root_, path, status.error()));
      return;
    }
    found_.outside.push_back(path);
    walk(path);
  }

  void add_named() {
    const std::string text_index = folder_ + "/modules.dep";
    if (const auto text = root_.read(text_index, index_limit)) {
      for (const std::string_view path : paths_in_modules_dep(*text)) add(path);
    } else {
      note_unless_absent(text.error());
    }
    const std::string binary_index = folder_ + "/modules.dep.bin";
    const auto bytes = root_.read(binary_index, index_limit);
    if (!bytes) return note_unless_absent(bytes.error());
    const auto paths = paths_in_modules_dep_bin(*bytes);
    if (!paths) return note({paths.error().kind, utf8_text(binary_index), paths.error().reason});
    for (const std::string& path : *paths) add(path);
  }

  /// Who captures a tree often leaves out what is large. On a host that runs it is as grave.
  void note_if_most_were_left_out() {
    if (missing_ == 0 || missing_ * 2 <= named_.size()) return;
    note({ErrorKind::not_found, utf8_text(folder_),
          fmt::format("its indexes name {} files of modules, of which {} are not there",
                      named_.size(), missing_)});
  }

  /// What the walk has found under another name is not added again.
  void add(std::string_view named) {
    std::string path =
        named.starts_with('/') ? std::string(named) : fmt::format("{}/{}", folder_, named);
    if (!named_.insert(path).second) return;
    if (std::ranges::binary_search(found_.paths, path)) return;
    const auto status = root_.status(path);
    if (!status && status.error().kind == ErrorKind::not_found) {
      ++missing_;
      return look_for_blocked_way(path);
    }
    const auto followed = follow(root_, path);
    const std::string real = followed ? followed->resolved : path;
    const bool was_walked =
        walk_.has_walked(std::string(folder_of(real))) && is_module_file(file_name(real));
    if (was_walked || !named_files_.insert(real).second) return;
    found_.outside.push_back(path);
    to_add_.push_back(std::move(path));
  }

  /// A file that is not there where a folder should be is more than a file that is not there.
  void look_for_blocked_way(const std::string& path) {
    std::string_view at = folder_of(path);
    while (!at.empty() && seen_folders_.insert(std::string(at)).second) {
      const auto status = root_.status(at);
      if (status && status->type != FileType::directory)
        note({ErrorKind::malformed, utf8_text(at),
              "an index names files in it, and it is not a folder"});
      if (status) return;
      at = folder_of(at);
    }
  }

  void note_unless_absent(const Error& error) {
    if (error.kind != ErrorKind::not_found) note(error);
  }

  void note(const Error& error) { found_.unseen.push_back({error.subject, error.reason}); }

  const Root& root_;
  const std::string& release_;
  std::string folder_;
  ModuleWalk walk_;
  std::set<std::string> external_;
  std::set<std::string> named_;
  std::size_t missing_ = 0;
  std::set<std::string> named_files_;
  std::set<std::string> seen_folders_;
  std::vector<std::string> to_add_;
  ModulePaths found_;
};

}  // namespace

std::string module_folder(const Root& root, const std::string& release) {
  for (const std::string_view place : module_folders) {
    std::string path = fmt::format("{}/{}", place, release);
    if (root.status(path)) return path;
  }
  return fmt::format("{}/{}", module_folders.front(), release);
}

ModulePaths find_module_paths(const Root& root, const std::string& release) {
  return Search(root, release).run();
}

}  // namespace kmodsec
