// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/kernel_changelog.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view id_start = "CVE-";
constexpr std::string_view revert_start = "Revert \"";
constexpr std::size_t longest_item = 4096;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The id that `text` begins with, "2024-1086"; empty when there is none.
std::string_view id_at(std::string_view text) {
  constexpr std::size_t year_size = 4;
  if (text.size() <= year_size || text[year_size] != '-') return {};
  if (!std::ranges::all_of(text.substr(0, year_size), is_digit)) return {};
  const std::string_view rest = text.substr(year_size + 1);
  const auto digits =
      static_cast<std::size_t>(std::ranges::find_if_not(rest, is_digit) - rest.begin());
  return digits < year_size ? std::string_view{} : text.substr(0, year_size + 1 + digits);
}

/// "linux (6.1.192-2) bookworm; urgency=medium" → "6.1.192-2".
std::string_view version_of_entry(std::string_view line) {
  const std::size_t open = line.find(" (");
  const std::size_t close = line.find(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {};
  return line.substr(open + 2, close - open - 2);
}

/// The item without its bullet; empty for a line that goes on with the item before it.
std::string_view start_of_item(std::string_view line) {
  const std::string_view text = trim(line);
  const bool has_bullet = text.starts_with("* ") || text.starts_with("- ");
  return has_bullet ? trim(text.substr(2)) : std::string_view{};
}

std::string_view without_architecture(std::string_view title) {
  const std::size_t end = title.find(']');
  return title.starts_with('[') && end != std::string_view::npos ? trim(title.substr(end + 1))
                                                                 : title;
}

class ChangelogReader {
 public:
  void read(std::string_view line) {
    if (line.empty()) return;
    if (line.front() != ' ') {
      finish_item();
      version_ = version_of_entry(line);
      return;
    }
    if (const std::string_view start = start_of_item(line); !start.empty()) {
      finish_item();
      item_ = start;
    } else if (!item_.empty() && item_.size() < longest_item) {
      item_.append(" ").append(trim(line));
    }
  }

  std::vector<ChangelogMention> take() {
    finish_item();
    std::vector<ChangelogMention> mentions;
    for (auto& [id, mention] : mentions_) mentions.push_back(std::move(mention));
    return mentions;
  }

 private:
  void finish_item() {
    const std::string_view title = without_architecture(item_);
    if (title.starts_with(revert_start)) {
      note_revert(title.substr(revert_start.size()));
    } else if (const std::size_t at = title.find(id_start); at != std::string_view::npos) {
      note_fix(trim(title.substr(0, title.rfind('(', at))), title.substr(at));
    }
    item_.clear();
  }

  /// The newest entries come first, so a revert is known before what it takes back.
  void note_revert(std::string_view quoted) {
    const std::string_view title = quoted.substr(0, quoted.rfind('"'));
    reverts_.try_emplace(std::string(title), version_);
  }

  void note_fix(std::string_view title, std::string_view ids) {
    for (std::size_t at = 0; at != std::string_view::npos; at = ids.find(id_start, at + 1)) {
      const std::string id(id_at(ids.substr(at + id_start.size())));
      if (id.empty()) continue;
      const auto revert = reverts_.find(title);
      mentions_.try_emplace(
          id,
          ChangelogMention{id, utf8_text(version_), utf8_text(title),
                           revert == reverts_.end() ? std::string{} : utf8_text(revert->second)});
    }
  }

  std::string_view version_;
  std::string item_;
  std::map<std::string, std::string, std::less<>> reverts_;  ///< Title → version.
  std::map<std::string, ChangelogMention, std::less<>> mentions_;
};

}  // namespace

std::vector<ChangelogMention> parse_kernel_changelog(std::string_view text) {
  ChangelogReader reader;
  for_each_line(text, [&](std::string_view line, std::size_t) { reader.read(line); });
  return reader.take();
}

}  // namespace kmodsec
