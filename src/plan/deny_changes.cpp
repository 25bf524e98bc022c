// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/deny_changes.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "analyze/host/owned_paths.hpp"
#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view install = "install ";

std::set<std::string> denied_in(const FileState& state) {
  std::set<std::string> modules;
  if (state.kind != FileKind::file) return modules;
  for_each_line(state.content, [&](std::string_view line, std::size_t) {
    if (!line.starts_with(install)) return;
    line.remove_prefix(install.size());
    modules.insert(utf8_text(line.substr(0, line.find(' '))));
  });
  return modules;
}

std::vector<std::string> only_in(const std::set<std::string>& one,
                                 const std::set<std::string>& other) {
  std::vector<std::string> modules;
  std::ranges::set_difference(one, other, std::back_inserter(modules));
  return modules;
}

}  // namespace

DenyChanges deny_changes(const FileState& before, const FileState& after) {
  const std::set<std::string> was = denied_in(before);
  const std::set<std::string> is = denied_in(after);
  return {only_in(is, was), only_in(was, is)};
}

DenyChanges deny_changes(const std::vector<FileEdit>& edits) {
  const auto edit = std::ranges::find(edits, deny_file_path, &FileEdit::path);
  return edit == edits.end() ? DenyChanges{} : deny_changes(edit->before, edit->after);
}

}  // namespace kmodsec
