// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "analyze/auditd/audit_coverage.hpp"
#include "plan/plan.hpp"

namespace kmodsec {
namespace {

bool concerns(const std::vector<FileEdit>& edits, std::string_view start) {
  return std::ranges::any_of(edits, [&](const FileEdit& edit) {
    return edit.path.starts_with(start) && edit.after.kind != FileKind::folder;
  });
}

std::vector<std::string_view> texts_from(const LoadConfig& config, std::string_view source) {
  std::vector<std::string_view> texts;
  for (const ConfigLine& line : config.lines) {
    if (line.source == source) texts.push_back(line.text);
  }
  return texts;
}

bool holds_what_it_should(const InitramfsImage& image, const LoadConfig& after, bool with_denies) {
  const auto same = [&](std::string_view path, bool wanted) {
    const auto inside = texts_from(image.load, fmt::format("{}:{}", image.path, path));
    return inside == (wanted ? texts_from(after, path) : std::vector<std::string_view>{});
  };
  return same(deny_file_path, with_denies) && same(options_file_path, true);
}

class Actions {
 public:
  void add(Action action) {
    const auto same = std::ranges::find(actions_, action.deed, &Action::deed);
    if (same == actions_.end()) {
      actions_.push_back(std::move(action));
    } else {
      same->rewrites.insert(same->rewrites.end(), action.rewrites.begin(), action.rewrites.end());
    }
  }

  std::vector<Action> take() { return std::move(actions_); }

 private:
  std::vector<Action> actions_;
};

bool has_file_of_ours(const InitramfsImage& image) {
  return std::ranges::any_of(image.load.lines, [&](const ConfigLine& line) {
    return line.source == fmt::format("{}:{}", image.path, deny_file_path) ||
           line.source == fmt::format("{}:{}", image.path, options_file_path);
  });
}

bool writes_file_of_ours(const std::vector<FileEdit>& edits) {
  return std::ranges::any_of(edits, [](const FileEdit& edit) {
    return (edit.path == deny_file_path || edit.path == options_file_path) &&
           edit.after.kind == FileKind::file;
  });
}

/// The images that have to be made anew, each by what made it.
template <class IsStale>
void add_rebuilds(const std::vector<ModuleTree>& trees, const char* why, IsStale is_stale,
                  Actions& actions) {
  for (const ModuleTree& tree : trees) {
    if (!tree.initramfs_images) continue;
    for (const InitramfsImage& image : *tree.initramfs_images) {
      if (!is_stale(image)) continue;
      const auto rebuild = HostAction::rebuild(image.maker, tree.release, image.path);
      if (!rebuild) continue;
      actions.add(
          {.deed = *rebuild, .why = why, .rewrites = names_of_image(image.path), .undo = {}});
    }
  }
}

void add_images(const PlanInput& input, const std::vector<FileEdit>& edits, const LoadConfig& after,
                Actions& actions) {
  const bool changed = concerns_images(edits);
  const bool with_denies = input.facts->policy->deny.initramfs == DenyInInitramfs::include;
  add_rebuilds(
      input.facts->trees, "the initramfs has a copy of modprobe.d",
      [&](const InitramfsImage& image) {
        return changed || !holds_what_it_should(image, after, with_denies);
      },
      actions);
}

HostAction start_or_stop_timer(bool is_there) {
  return *HostAction::make(is_there ? HostActionKind::start_unblock_timer
                                    : HostActionKind::stop_unblock_timer);
}

/// A timer that is new or has other times takes them from its start; one that is gone is stopped.
/// It comes last: what it starts needs the lock that this transaction holds.
void add_units(const PlanInput& input, const std::vector<FileEdit>& edits, Actions& actions) {
  if (!input.systemd_runs || !concerns(edits, "/etc/systemd/system/")) return;
  const HostAction reload = *HostAction::make(HostActionKind::reload_units);
  actions.add({.deed = reload, .why = "systemd reads units once", .rewrites = {}, .undo = reload});
  const auto timer = std::ranges::find(edits, unblock_timer_path, &FileEdit::path);
  if (timer == edits.end()) return;
  const bool stays = timer->after.kind != FileKind::absent;
  actions.add({.deed = start_or_stop_timer(stays),
               .why = stays ? "it ends the exceptions when their time is over"
                            : "no exception is left to end",
               .rewrites = {},
               .undo = start_or_stop_timer(timer->before.kind != FileKind::absent)});
}

/// Somebody took them out of the kernel (auditctl -D), or they were never loaded.
bool rules_were_dropped(const PlanInput& input) {
  const auto& auditd = input.facts->auditd;
  return input.facts->policy->audit_rules && auditd && !takes_no_rules(*auditd) &&
         !rules_not_in_force(*auditd, audit_rules_path).empty();
}

}  // namespace

bool concerns_images(const std::vector<FileEdit>& edits) {
  return concerns(edits, "/etc/modprobe.d/") || concerns(edits, "/etc/initramfs-tools/") ||
         concerns(edits, "/etc/dracut.conf.d/");
}

std::vector<Action> rebuilds_after(const std::vector<ModuleTree>& trees,
                                   const std::vector<FileEdit>& edits,
                                   const std::vector<std::string>& made_anew) {
  Actions actions;
  if (!concerns_images(edits)) return actions.take();
  const bool writes_ours = writes_file_of_ours(edits);
  add_rebuilds(
      trees, "the initramfs still has the copy of modprobe.d that is undone",
      [&](const InitramfsImage& image) {
        return (writes_ours || has_file_of_ours(image)) &&
               std::ranges::find(made_anew, image.path) == made_anew.end();
      },
      actions);
  return actions.take();
}

std::vector<Action> actions_for(const PlanInput& input, const std::vector<FileEdit>& edits,
                                const LoadConfig& after) {
  Actions actions;
  const HostAction load_rules = *HostAction::make(HostActionKind::load_audit_rules);
  if (concerns(edits, "/etc/audit/rules.d/") || rules_were_dropped(input))
    actions.add({.deed = load_rules,
                 .why = "the kernel uses the audit rules that were loaded last",
                 .rewrites = {"/etc/audit/audit.rules", "/etc/audit/audit.rules.prev"},
                 .undo = load_rules});
  add_images(input, edits, after, actions);
  add_units(input, edits, actions);
  return actions.take();
}

}  // namespace kmodsec
