// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/baseline/digest_list.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/baseline/recorded_paths.hpp"
#include "collect/host/folders.hpp"
#include "format/baseline/sha256sums.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/')); }

/// The release in the path of a module that is not there any more; empty outside of the places of
/// modules.
std::string kernel_in(std::string_view path) {
  for (const std::string_view place : module_folders) {
    if (!path.starts_with(place) || path.substr(place.size(), 1) != "/") continue;
    const std::string_view below = path.substr(place.size() + 1);
    return std::string(below.substr(0, below.find('/')));
  }
  return {};
}

/// What a list is about. What is in an image that is not as listed is judged by what is installed.
class Subject {
 public:
  Subject(const std::vector<BaselineEntry>& list, const std::vector<BaselineEntry>& now) {
    for (const BaselineEntry& entry : list) {
      if (entry.file.kind == BaselineKind::initramfs && !has_changed(entry, now))
        unchanged_images_.insert(entry.file.path);
      paths_.insert(entry.file.path);
      folders_.insert(folder_of(entry.file.path));
      kinds_.insert(entry.file.kind);
      if (entry.file.kind == BaselineKind::module) kernels_.insert(entry.file.kernel);
    }
  }

  bool includes(const CoveredFile& file) const {
    if (paths_.contains(file.path)) return true;
    if (is_in_image(file.kind))
      return includes_members_of(file.path.substr(0, file.path.find(':')));
    if (!kinds_.contains(file.kind)) return false;
    const bool is_of_kernel = file.kind == BaselineKind::module && !file.kernel.empty();
    return (is_of_kernel && kernels_.contains(file.kernel)) || is_below_a_folder(file.path);
  }

 private:
  bool includes_members_of(const std::string& image) const {
    return !unchanged_images_.contains(image) && includes({image, BaselineKind::initramfs, {}});
  }

  static bool has_changed(const BaselineEntry& listed, const std::vector<BaselineEntry>& now) {
    const auto found = std::ranges::lower_bound(now, path_of(listed), {}, path_of);
    return found != now.end() && path_of(*found) == path_of(listed) &&
           found->sha256 != listed.sha256;
  }

  bool is_below_a_folder(std::string_view path) const {
    while (!path.empty()) {
      path = folder_of(path);
      if (folders_.contains(path)) return true;
    }
    return false;
  }

  std::set<std::string_view> paths_;
  std::set<std::string_view> unchanged_images_;
  std::set<std::string_view> folders_;
  std::set<BaselineKind> kinds_;
  std::set<std::string_view> kernels_;
};

class ListReader {
 public:
  ListReader(const Root& root, const std::vector<BaselineEntry>& now) : root_(root), now_(now) {}

  /// Names the entries as they are recorded. Those that are there and not covered are taken out.
  void name(std::vector<BaselineEntry>& list) {
    std::vector<std::string> paths;
    for (const BaselineEntry& entry : now_) paths.push_back(path_of(entry));
    RecordedPaths recorded(root_, std::move(paths));
    std::vector<BaselineEntry> named;
    for (BaselineEntry& entry : list) {
      entry.file.path = recorded.name_of(entry.file.path);
      if (tell_kind(entry.file) || !is_there(entry.file.path)) named.push_back(std::move(entry));
    }
    list = std::move(named);
  }

  void note_uncovered(std::vector<Unseen>& unseen) const {
    if (uncovered_ == 0) return;
    unseen.push_back({first_uncovered_,
                      uncovered_ == 1
                          ? "a baseline does not cover it: it was not compared"
                          : fmt::format("a baseline covers neither it nor {} more of the list: "
                                        "they were not compared",
                                        uncovered_ - 1)});
  }

 private:
  /// False for a file that is not covered.
  bool tell_kind(CoveredFile& file) const {
    const auto found = std::ranges::lower_bound(now_, file.path, {}, path_of);
    if (found != now_.end() && path_of(*found) == file.path && !is_folder(*found)) {
      file = found->file;
      return true;
    }
    const bool is_module = is_module_file(file.path);
    file.kind = is_module ? BaselineKind::module : BaselineKind::configuration;
    file.kernel = is_module ? kernel_in(file.path) : std::string{};
    return false;
  }

  bool is_there(const std::string& path) {
    const auto status = root_.link_status(path);
    if (!status && status.error().kind == ErrorKind::not_found) return false;
    if (uncovered_++ == 0) first_uncovered_ = path;
    return true;
  }

  const Root& root_;
  const std::vector<BaselineEntry>& now_;
  std::size_t uncovered_ = 0;
  std::string first_uncovered_;
};

}  // namespace

Result<std::vector<BaselineEntry>> take_listed(const Root& root, std::vector<BaselineEntry>& list,
                                               Recording& recording) {
  ListReader reader(root, recording.entries);
  reader.name(list);
  reader.note_uncovered(recording.unseen);
  if (auto sorted = sort_listed(list); !sorted) return std::unexpected(sorted.error());
  const Subject subject(list, recording.entries);
  std::vector<BaselineEntry> listed;
  std::ranges::copy_if(recording.entries, std::back_inserter(listed),
                       [&](const BaselineEntry& entry) { return subject.includes(entry.file); });
  return listed;
}

}  // namespace kmodsec
