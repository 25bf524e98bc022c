// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/change_summary.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <ranges>
#include <set>
#include <string>
#include <string_view>

#include "analyze/host/owned_paths.hpp"
#include "base/text.hpp"
#include "plan/deny_changes.hpp"

namespace kmodsec {
namespace {

/// Those that say something, without the word that each of them begins with.
std::set<std::string> lines_of(const FileState& state, std::string_view word) {
  std::set<std::string> lines;
  if (state.kind != FileKind::file) return lines;
  for_each_line(state.content, [&](std::string_view line, std::size_t) {
    if (line.empty() || line.starts_with('#') || !line.starts_with(word)) return;
    lines.insert(utf8_text(line.substr(word.size())));
  });
  return lines;
}

void compare(const FileEdit& edit, std::string_view word, std::vector<std::string>& came,
             std::vector<std::string>& went) {
  const std::set<std::string> was = lines_of(edit.before, word);
  const std::set<std::string> is = lines_of(edit.after, word);
  std::ranges::set_difference(is, was, std::back_inserter(came));
  std::ranges::set_difference(was, is, std::back_inserter(went));
}

void add_file(const FileEdit& edit, ChangeSummary& summary) {
  if (edit.before.kind == FileKind::folder || edit.after.kind == FileKind::folder) return;
  if (edit.before == edit.after) return;
  std::vector<std::string>& paths = edit.before.kind == FileKind::absent  ? summary.made
                                    : edit.after.kind == FileKind::absent ? summary.removed
                                                                          : summary.rewritten;
  paths.push_back(utf8_text(edit.path));
}

}  // namespace

ChangeSummary summary_of(const std::vector<FileEdit>& edits) {
  ChangeSummary summary{.denies = deny_changes(edits)};
  for (const FileEdit& edit : edits) {
    if (edit.path == load_file_path)
      compare(edit, "", summary.loaded_at_boot, summary.not_loaded_at_boot);
    else if (edit.path == options_file_path)
      compare(edit, "options ", summary.parameters, summary.no_parameters);
    else if (edit.path != deny_file_path)
      add_file(edit, summary);
  }
  return summary;
}

std::vector<FileEdit> edits_to_revert(const std::vector<TransactionChange>& changes) {
  std::vector<FileEdit> edits;
  std::map<std::string, std::size_t> places;
  for (const TransactionChange& change : changes) {
    for (const FileEdit& edit : std::views::reverse(change.edits)) {
      const auto [place, is_new] = places.try_emplace(edit.path, edits.size());
      if (is_new)
        edits.push_back({edit.path, edit.after, edit.before});
      else
        edits[place->second].after = edit.before;
    }
  }
  std::erase_if(edits, [](const FileEdit& edit) { return edit.before == edit.after; });
  return edits;
}

}  // namespace kmodsec
