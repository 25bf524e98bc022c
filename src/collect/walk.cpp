// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/walk.hpp"

#include <ranges>

#include "base/text.hpp"

namespace kmodsec {

std::vector<Unseen> walk(const Root& root, const std::string& folder,
                         const std::function<void(const std::string& path, FileType type)>& visit) {
  constexpr std::size_t longest_path = 4096;
  std::vector<Unseen> unseen;
  std::vector<std::string> pending = {folder};
  while (!pending.empty()) {
    const std::string at = std::move(pending.back());
    pending.pop_back();
    const auto entries =
        at.size() < longest_path
            ? root.list(at)
            : failure(ErrorKind::too_large, utf8_text(at.substr(0, 64)), "nested too deeply");
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

}  // namespace kmodsec
