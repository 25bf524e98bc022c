// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/nft_files.hpp"

#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/limits.hpp"
#include "format/usage/firewall_rules.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view configuration = "/etc/";
constexpr std::size_t most_nft_files = 256;
constexpr std::size_t most_nft_includes = 1024;
constexpr std::size_t most_nft_patterns = 64;
constexpr std::size_t most_nft_bytes = 8 * configuration_limit;

}  // namespace

Result<std::string> NftFiles::text_of(const std::string& path) {
  if (auto noted = note(path); !noted) return std::unexpected(noted.error());
  std::string text;
  std::set<std::string> reached = {path};
  std::vector<std::string> pending = {path};
  while (!pending.empty()) {
    const auto file = file_of(pending.back());
    if (!file) return std::unexpected(file.error());
    pending.pop_back();
    bytes_ += (*file)->text.size();
    if (bytes_ > most_nft_bytes)
      return failure(ErrorKind::too_large, utf8_text(path), "the rules for nft are too long");
    text += (*file)->text;
    text += '\n';
    for (const std::string& include : (*file)->includes) {
      if (reached.insert(include).second) pending.push_back(include);
    }
  }
  return text;
}

/// Counts a path that is met for the first time.
Result<void> NftFiles::note(const std::string& path) {
  if (known_.contains(path)) return {};
  if (known_.size() == most_nft_files)
    return failure(ErrorKind::too_large, utf8_text(path), "there are too many files for nft");
  known_.insert(path);
  return {};
}

Result<const NftFiles::File*> NftFiles::file_of(const std::string& path) {
  if (const auto found = files_.find(path); found != files_.end()) return &found->second;
  auto text = root_.read(path, configuration_limit);
  if (!text) return std::unexpected(text.error());
  File file;
  for (const std::string& include : nft_includes(*text)) {
    if (++includes_ > most_nft_includes)
      return failure(ErrorKind::too_large, utf8_text(path), "files for nft include too often");
    if (auto added = add_include(include, file.includes); !added)
      return std::unexpected(added.error());
  }
  file.text = *std::move(text);
  return &files_.emplace(path, std::move(file)).first->second;
}

Result<void> NftFiles::add_include(const std::string& include, std::set<std::string>& paths) {
  const std::string path =
      include.starts_with('/') ? include : std::string(configuration) + include;
  const std::size_t star = path.find('*');
  const bool is_plain_pattern = star > path.rfind('/') && star == path.rfind('*');
  const bool is_followed = path.starts_with(configuration) && !include.starts_with('.') &&
                           path.find("/../") == std::string::npos &&
                           path.find_first_of("?[{") == std::string::npos && is_plain_pattern;
  if (!is_followed)
    return failure(ErrorKind::unsupported, utf8_text(include),
                   "rules for nft are included from there, and were not looked for");
  if (star != std::string::npos) return add_matching(path, paths);
  if (auto noted = note(path); !noted) return noted;
  paths.insert(path);
  return {};
}

Result<void> NftFiles::add_matching(const std::string& pattern, std::set<std::string>& paths) {
  auto listed = listed_.find(pattern);
  if (listed == listed_.end()) {
    if (listed_.size() == most_nft_patterns)
      return failure(ErrorKind::too_large, utf8_text(pattern),
                     "files for nft include by too many patterns");
    auto matching = list_matching(pattern);
    if (!matching) return std::unexpected(matching.error());
    listed = listed_.emplace(pattern, *std::move(matching)).first;
  }
  paths.insert(listed->second.begin(), listed->second.end());
  return {};
}

Result<std::vector<std::string>> NftFiles::list_matching(const std::string& pattern) {
  const std::size_t star = pattern.find('*');
  const std::string folder = pattern.substr(0, pattern.rfind('/'));
  const std::string start = pattern.substr(folder.size() + 1, star - folder.size() - 1);
  const std::string end = pattern.substr(star + 1);
  const auto entries = root_.list(folder);
  std::vector<std::string> paths;
  if (!entries && is_absent(root_, folder, entries.error())) return paths;
  if (!entries) return std::unexpected(entries.error());
  for (const Entry& entry : *entries) {
    const bool is_one = entry.type != FileType::directory && !entry.name.starts_with('.') &&
                        entry.name.size() >= start.size() + end.size() &&
                        entry.name.starts_with(start) && entry.name.ends_with(end);
    if (!is_one) continue;
    paths.push_back(folder + "/" + entry.name);
    if (auto noted = note(paths.back()); !noted) return std::unexpected(noted.error());
  }
  return paths;
}

}  // namespace kmodsec
