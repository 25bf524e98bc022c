// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan/deny_changes.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "analyze/host/owned_paths.hpp"
#include "analyze/loading/judge_config.hpp"
#include "analyze/loading/load_paths.hpp"
#include "analyze/policy/judge_denies.hpp"
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

void set_apart_closed(const Facts& before, DenyChanges& changes) {
  if (changes.denied.empty() || !unseen_kernels(before).empty()) return;
  std::set<std::string> open;
  for (const ModuleTree& tree : before.trees) {
    if (!is_indexed(tree)) return;
    const LoadPaths load_paths(before, tree);
    for (const std::string& name : changes.denied) {
      const ModuleLoadPaths module = load_paths.of(name);
      if (module.unknown || (module.presence == Presence::loadable && !module.denied))
        open.insert(name);
    }
  }
  std::ranges::remove_copy_if(changes.denied, std::back_inserter(changes.closed_before),
                              [&](const std::string& name) { return open.contains(name); });
  std::erase_if(changes.denied, [&](const std::string& name) { return !open.contains(name); });
}

}  // namespace kmodsec
