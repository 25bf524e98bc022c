// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <iterator>

#include "analyze/baseline/baseline_changes.hpp"

namespace kmodsec {
namespace {

/// Both are known, and they differ.
bool differ(const std::string& was, const std::string& now) {
  return !was.empty() && !now.empty() && was != now;
}

bool is_link(const BaselineEntry& entry) {
  return entry.attributes && !entry.attributes->link.empty();
}

/// A link has no digest where it leads nowhere, or to what masks others of its name.
bool lost_or_got_content(const BaselineEntry& was, const BaselineEntry& now) {
  const bool lost = !was.sha256.empty() && now.sha256.empty() && is_link(now);
  const bool got = was.sha256.empty() && !now.sha256.empty() && is_link(was);
  return lost || got;
}

void add_content(const BaselineEntry& was, const BaselineEntry& now,
                 std::vector<ChangeAspect>& aspects) {
  if (lost_or_got_content(was, now)) return aspects.push_back(ChangeAspect::content);
  if (!differ(was.sha256, now.sha256)) return;
  const bool are_modules = !was.payload_sha256.empty() && !now.payload_sha256.empty();
  if (!are_modules)
    aspects.push_back(ChangeAspect::content);
  else
    aspects.push_back(was.payload_sha256 == now.payload_sha256 ? ChangeAspect::packing
                                                               : ChangeAspect::code);
}

void add_attributes(const FileAttributes& was, const FileAttributes& now,
                    std::vector<ChangeAspect>& aspects) {
  const LinkTarget none;
  const bool have_targets = was.target && now.target;
  const LinkTarget& old_target = have_targets ? *was.target : none;
  const LinkTarget& target = have_targets ? *now.target : none;
  const bool has_other_owner = was.uid != now.uid || was.gid != now.gid ||
                               old_target.uid != target.uid || old_target.gid != target.gid;
  if (was.mode != now.mode || old_target.mode != target.mode) aspects.push_back(ChangeAspect::mode);
  if (has_other_owner) aspects.push_back(ChangeAspect::owner);
  if (was.link != now.link) aspects.push_back(ChangeAspect::link);
  if (was.capabilities != now.capabilities) aspects.push_back(ChangeAspect::capabilities);
}

std::vector<ChangeAspect> aspects_of(const BaselineEntry& was, const BaselineEntry& now) {
  std::vector<ChangeAspect> aspects;
  add_content(was, now, aspects);
  if (was.signature && now.signature && was.signature != now.signature)
    aspects.push_back(ChangeAspect::signature);
  if (was.attributes && now.attributes) add_attributes(*was.attributes, *now.attributes, aspects);
  return aspects;
}

}  // namespace

std::vector<BaselineChange> find_changes(const std::vector<BaselineEntry>& was,
                                         const std::vector<BaselineEntry>& now) {
  std::vector<BaselineChange> changes;
  auto before = was.begin();
  for (const BaselineEntry& entry : now) {
    for (; before != was.end() && before->file.path < entry.file.path; ++before)
      changes.push_back({ChangeKind::removed, *before, {}, {}, {}, {}, {}});
    if (before == was.end() || before->file.path != entry.file.path) {
      changes.push_back({ChangeKind::added, {}, entry, {}, {}, {}, {}});
      continue;
    }
    if (is_folder(*before) != is_folder(entry)) {
      changes.push_back({ChangeKind::removed, *before++, {}, {}, {}, {}, {}});
      changes.push_back({ChangeKind::added, {}, entry, {}, {}, {}, {}});
      continue;
    }
    if (std::vector<ChangeAspect> aspects = aspects_of(*before, entry); !aspects.empty())
      changes.push_back({ChangeKind::changed, *before, entry, std::move(aspects), {}, {}, {}});
    ++before;
  }
  for (; before != was.end(); ++before)
    changes.push_back({ChangeKind::removed, *before, {}, {}, {}, {}, {}});
  return changes;
}

}  // namespace kmodsec
