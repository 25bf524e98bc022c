// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/cves/cve_tracker.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "format/cves/cve_tracker.hpp"
#include "system/files/host_file.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 65'536;

Result<std::vector<std::string>> files_at(const std::string& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) return std::vector<std::string>{path};
  std::vector<std::string> files;
  for (fs::directory_iterator at(path, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() != ".json") continue;
    if (files.size() == most_files)
      return failure(ErrorKind::too_large, path, "more files than a tracker may have");
    files.push_back(at->path().string());
  }
  if (failed) return failure(ErrorKind::io, path, failed.message());
  if (files.empty()) return failure(ErrorKind::not_found, path, "no file that ends in .json");
  std::ranges::sort(files);
  return files;
}

}  // namespace

Result<std::shared_ptr<const CveTracker>> read_cve_tracker(const std::string& path) {
  const auto files = files_at(path);
  if (!files) return std::unexpected(files.error());
  auto tracker = std::make_shared<CveTracker>(CveTracker{.path = path, .statements = {}});
  for (const std::string& file : *files) {
    const auto text = read_host_file(file, cve_tracker_limit);
    if (!text) return std::unexpected(text.error());
    auto statements = parse_cve_tracker(*text);
    if (!statements) return failure(statements.error().kind, file, statements.error().reason);
    std::ranges::move(*statements, std::back_inserter(tracker->statements));
  }
  std::ranges::stable_sort(tracker->statements, {}, &TrackerStatement::id);
  return tracker;
}

}  // namespace kmodsec
