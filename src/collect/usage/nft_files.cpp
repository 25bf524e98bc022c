// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/nft_files.hpp"

#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/limits.hpp"
#include "format/usage/firewall_rules.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view configuration = "/etc/";
constexpr std::size_t most_nft_files = 256;

class NftFiles {
 public:
  explicit NftFiles(const Root& root) : root_(root) {}

  Result<void> add_all(std::string path) {
    pending_.push_back(std::move(path));
    while (!pending_.empty()) {
      const std::string next = std::move(pending_.back());
      pending_.pop_back();
      if (!known_.insert(next).second) continue;
      if (known_.size() > most_nft_files)
        return failure(ErrorKind::too_large, utf8_text(next), "too many files are included");
      if (auto added = add(next); !added) return added;
    }
    return {};
  }

  std::string take() { return std::move(text_); }

 private:
  Result<void> add(const std::string& path) {
    const auto text = root_.read(path, configuration_limit);
    if (!text) return std::unexpected(text.error());
    text_ += *text;
    text_ += '\n';
    for (const std::string& include : nft_includes(*text)) {
      if (auto added = add_include(include); !added) return added;
    }
    return {};
  }

  Result<void> add_include(const std::string& include) {
    const std::string path =
        include.starts_with('/') ? include : std::string(configuration) + include;
    const auto refuse = [&] {
      return failure(ErrorKind::unsupported, utf8_text(include),
                     "rules for nft are included from there, and were not looked for");
    };
    const std::size_t slash = path.rfind('/');
    const std::size_t star = path.find('*');
    const bool is_followed = path.starts_with(configuration) && !include.starts_with('.') &&
                             path.find("/../") == std::string::npos &&
                             path.find_first_of("?[{") == std::string::npos;
    if (!is_followed) return refuse();
    if (star == std::string::npos) {
      pending_.push_back(path);
      return {};
    }
    if (star < slash || star != path.rfind('*')) return refuse();
    return add_matching(path.substr(0, slash), path.substr(slash + 1, star - slash - 1),
                        path.substr(star + 1));
  }

  Result<void> add_matching(const std::string& folder, std::string_view start,
                            std::string_view end) {
    const auto entries = root_.list(folder);
    if (!entries && is_absent(root_, folder, entries.error())) return {};
    if (!entries) return std::unexpected(entries.error());
    for (const Entry& entry : *entries) {
      const bool is_one = entry.type != FileType::directory && !entry.name.starts_with('.') &&
                          entry.name.size() >= start.size() + end.size() &&
                          entry.name.starts_with(start) && entry.name.ends_with(end);
      if (is_one) pending_.push_back(folder + "/" + entry.name);
    }
    return {};
  }

  const Root& root_;
  std::vector<std::string> pending_;
  std::set<std::string> known_;
  std::string text_;
};

}  // namespace

Result<std::string> read_nft_file(const Root& root, const std::string& path) {
  NftFiles files(root);
  if (auto added = files.add_all(path); !added) return std::unexpected(added.error());
  return files.take();
}

}  // namespace kmodsec
