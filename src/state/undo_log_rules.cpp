// SPDX-License-Identifier: GPL-2.0-or-later
#include "state/undo_log_rules.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

constexpr std::uint32_t permissions = 0777;
constexpr std::uint32_t nobody_at_all = std::numeric_limits<std::uint32_t>::max();  // chown(2)

bool is_rewritten_by_one_of(const std::vector<TransactionAction>& actions,
                            const std::string& path) {
  return std::ranges::any_of(actions, [&](const TransactionAction& action) {
    return action.deed.rewrites(path) || (action.undo && action.undo->rewrites(path));
  });
}

bool may_change(const Transaction& transaction, const SavedPath& saved, const OwnPaths& own) {
  const FileKind kind = saved.before.kind;
  if (saved.made_by_program) return is_rewritten_by_one_of(transaction.actions, saved.path);
  if (own.files.contains(saved.path)) return kind != FileKind::folder;
  return own.folders.contains(saved.path) && (kind == FileKind::folder || kind == FileKind::absent);
}

}  // namespace

std::optional<std::string> excess_in(const Transaction& transaction, const OwnPaths& own) {
  for (const SavedPath& saved : transaction.paths) {
    const FileState& before = saved.before;
    const std::string path = utf8_text(saved.path);
    if (!may_change(transaction, saved, own))
      return fmt::format("{} is not a path that kmodsec changes", path);
    if ((before.mode & ~permissions) != 0)
      return fmt::format("{} has the mode {:o}, which kmodsec never sets", path, before.mode);
    if (before.uid == nobody_at_all || before.gid == nobody_at_all)
      return fmt::format("{} has no owner", path);
    if (before.kind == FileKind::file && saved.copy.empty())
      return fmt::format("{} has no copy", path);
  }
  return std::nullopt;
}

}  // namespace kmodsec
