// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/kernel_changelog.hpp"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "format/cves/changelog_item.hpp"
#include "format/cves/title_digest.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view id_start = "CVE-";
constexpr std::string_view stable_release = "/ChangeLog-";
constexpr std::size_t longest_item = 4096;
constexpr std::size_t most_changes = 16'384;

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

/// " -- A <a@b>  Sat, 14 Nov 2026 13:56:01 +0100" → 2026; 0 when the line has no year.
unsigned year_of(std::string_view trailer) {
  constexpr std::size_t year_size = 4;
  for (const std::string_view word : split_words(trailer)) {
    if (word.size() == year_size && word.starts_with("20"))
      if (const auto year = parse_number<unsigned>(word)) return *year;
  }
  return 0;
}

/// The item without its bullet; empty for a line that goes on with the item before it.
std::string_view start_of_item(std::string_view text) {
  const bool has_bullet = text.starts_with("* ") || text.starts_with("- ");
  return has_bullet ? trim(text.substr(2)) : std::string_view{};
}

/// When a change was made: entries come newest first, and the items of one oldest first.
struct Moment {
  std::ptrdiff_t entry = 0;  ///< Below zero, one less for each entry.
  std::size_t item = 0;

  auto operator<=>(const Moment&) const = default;
};

struct Entry {
  std::string_view version;
  unsigned year = 0;
};

struct Text {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

template <class Value>
using ByText = std::unordered_map<std::string, Value, Text, std::equal_to<>>;

/// The newest item that takes a commit back, or that applies it again.
struct Turn {
  Moment when;
  bool is_revert = false;
};

struct Item {
  Moment when;
  std::string title;
};

/// All items that name one vulnerability.
struct Naming {
  Item newest;
  std::set<std::string, std::less<>> titles;
};

class ChangelogReader {
 public:
  void read(std::string_view line) {
    const std::string_view text = trim(line);
    if (text.empty() || text.starts_with('[')) {
      finish_item();
    } else if (line.front() != ' ') {
      finish_item();
      entries_.push_back({version_of_entry(line), 0});
      is_upstreams_ = false;
    } else if (text.starts_with("-- ")) {
      finish_item();
      if (!entries_.empty()) entries_.back().year = year_of(text);
    } else if (text.contains(stable_release)) {
      item_.clear();
      is_upstreams_ = true;
    } else {
      read_item(text);
    }
  }

  KernelChangelog take() {
    finish_item();
    KernelChangelog changelog;
    for (const auto& [id, naming] : namings_) changelog.mentions.push_back(mention(id, naming));
    std::ranges::sort(changelog.mentions, {}, &ChangelogMention::id);
    changelog.changes = changes();
    return changelog;
  }

 private:
  void read_item(std::string_view text) {
    const std::string_view start = start_of_item(text);
    if (start.empty()) {
      if (!item_.empty() && item_.size() < longest_item) item_.append(" ").append(text);
      return;
    }
    finish_item();
    if (text.front() == '*') is_upstreams_ = false;
    item_ = start;
  }

  void finish_item() {
    if (item_.empty()) return;
    ++items_;
    const std::string_view title = commit_title(item_);
    const ChangelogTitle read = read_title(title);
    if (read.names_another) note_turn(read);
    const std::string_view item = item_;
    if (const std::size_t at = item.find(id_start); at != std::string_view::npos)
      note_ids(title, item.substr(at));
    if (!is_upstreams_ && own_.size() < most_changes && !title_digest(title).empty())
      own_.push_back({now(), std::string(title)});
    item_.clear();
  }

  Moment now() const { return {-static_cast<std::ptrdiff_t>(entries_.size()), items_}; }

  void note_turn(const ChangelogTitle& read) {
    const std::string commit(read.commit);
    note_turn(commit, read.is_revert);
    if (!read.prefix.empty()) note_turn(std::string(read.prefix) + commit, read.is_revert);
  }

  void note_turn(const std::string& commit, bool is_revert) {
    Turn& turn = turns_.try_emplace(commit).first->second;
    if (turn.when.item == 0 || now() > turn.when) turn = {now(), is_revert};
  }

  void note_ids(std::string_view title, std::string_view ids) {
    for (std::size_t at = 0; at != std::string_view::npos; at = ids.find(id_start, at + 1)) {
      const std::string_view id = id_at(ids.substr(at + id_start.size()));
      if (id.empty()) continue;
      Naming& naming = namings_.try_emplace(std::string(id)).first->second;
      if (naming.titles.empty() || now() > naming.newest.when)
        naming.newest = {now(), std::string(title)};
      naming.titles.emplace(title);
    }
  }

  /// The newest item that undoes what the title says was done; null when none does.
  const Turn* undone_by(std::string_view title) const {
    const ChangelogTitle read = read_title(title);
    const auto found = turns_.find(read.commit);
    const bool undoes = found != turns_.end() && found->second.is_revert != read.is_revert;
    return undoes ? &found->second : nullptr;
  }

  std::string version_at(const Moment& moment) const {
    return moment.entry == 0
               ? std::string{}
               : utf8_text(entries_.at(static_cast<std::size_t>(-moment.entry) - 1).version);
  }

  ChangelogMention mention(const std::string& id, const Naming& naming) const {
    ChangelogMention mention{
        id, version_at(naming.newest.when), utf8_text(naming.newest.title), {}};
    for (const std::string& title : naming.titles) {
      const Turn* undone = undone_by(title);
      if (undone == nullptr || undone->when < naming.newest.when) continue;
      mention.title = utf8_text(title);
      mention.reverted = version_at(undone->when);
    }
    return mention;
  }

  std::vector<ChangelogChange> changes() const {
    std::vector<ChangelogChange> changes;
    for (const Item& item : own_) {
      const Turn* undone = undone_by(item.title);
      if (undone != nullptr && undone->when > item.when) continue;
      const unsigned year = item.when.entry == 0
                                ? 0
                                : entries_.at(static_cast<std::size_t>(-item.when.entry) - 1).year;
      changes.push_back({title_digest(item.title), version_at(item.when), year});
    }
    std::ranges::stable_sort(changes, {}, &ChangelogChange::digest);
    const auto doubles = std::ranges::unique(changes, {}, &ChangelogChange::digest);
    changes.erase(doubles.begin(), doubles.end());
    return changes;
  }

  std::vector<Entry> entries_;
  std::size_t items_ = 0;
  bool is_upstreams_ = false;  ///< Below the address of a ChangeLog of kernel.org.
  std::string item_;
  ByText<Turn> turns_;      ///< By the title of the commit.
  ByText<Naming> namings_;  ///< By the id.
  std::vector<Item> own_;   ///< The newest first.
};

}  // namespace

KernelChangelog parse_kernel_changelog(std::string_view text) {
  ChangelogReader reader;
  for_each_line(text, [&](std::string_view line, std::size_t) { reader.read(line); });
  return reader.take();
}

}  // namespace kmodsec
