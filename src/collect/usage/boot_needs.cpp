// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/usage/boot_needs.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/contains.hpp"
#include "base/shown_text.hpp"
#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/configuration_files.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "collect/usage/default_command_lines.hpp"
#include "format/boot/root_parameters.hpp"
#include "format/host/block_device.hpp"
#include "format/host/mount_charsets.hpp"
#include "format/host/mount_table.hpp"
#include "format/usage/service_requests.hpp"
#include "model/modules/index_in_use.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t table_limit = 1024UL * 1024;
constexpr std::string_view fstab = "/etc/fstab";
constexpr std::string_view mounts_now = "/proc/self/mountinfo";
constexpr std::string_view snaps = "/var/lib/snapd/snaps";

/// Configuration of disks, and what its lines mean.
struct DiskFile {
  std::string_view path;
  std::string_view what;  ///< "PATH …" in words.
  std::vector<std::string> (*requests)(std::string_view text);
};

constexpr auto disk_files = std::to_array<DiskFile>({
    {"/etc/crypttab", "has an encrypted disk", requests_of_crypttab},
    {"/etc/mdadm/mdadm.conf", "has an array", requests_of_mdadm},
    {"/etc/mdadm.conf", "has an array", requests_of_mdadm},
});

/// Mount point to type, as the kernel that runs has them; what is on top counts.
std::map<std::string, std::string> mounted_types(const Root& root, const Facts& facts) {
  std::map<std::string, std::string> types;
  if (!facts.live) return types;
  for (const Mount& mount :
       parse_mountinfo(root.read(mounts_now, configuration_limit).value_or("")))
    types.insert_or_assign(mount.mount_point, mount.type.substr(0, mount.type.find('.')));
  return types;
}

/// Boot goes on without it (systemd.mount(5), fstab(5)).
bool is_optional(const Mount& mount) {
  const auto options = split(mount.options, ',');
  return contains(options, "noauto") || contains(options, "nofail") ||
         contains(options, "x-systemd.automount");
}

/// A machine with a kernel that loads modules boots from some root file system. The image of a
/// container has neither.
bool has_kernel_with_modules(const Facts& facts) {
  return std::ranges::any_of(facts.trees, [&](const ModuleTree& tree) {
    const auto& index = index_in_use(tree);
    return index && !index->empty() && !lacks_module_support(facts, tree);
  });
}

class BootNeeds {
 public:
  BootNeeds(const Root& root, const Facts& facts)
      : root_(root),
        mounted_(mounted_types(root, facts)),
        has_root_(has_kernel_with_modules(facts)) {
    if (const auto type = mounted_.find("/"); type != mounted_.end()) {
      add("fs-" + type->second, fmt::format("/ is mounted as {} now", type->second));
      root_is_typed_ = true;
    }
  }

  Result<void> add_fstab() {
    const auto text = root_.read(fstab, table_limit);
    if (!text && is_absent(root_, fstab, text.error())) return {};
    if (!text) return std::unexpected(text.error());
    for (const Mount& mount : parse_fstab(*text)) add_mount(mount);
    return {};
  }

  Result<void> add_snaps() {
    const auto entries = root_.list(snaps);
    if (!entries && is_absent(root_, snaps, entries.error())) return {};
    if (!entries) return std::unexpected(entries.error());
    for (const Entry& entry : *entries) {
      if (!entry.name.ends_with(".snap")) continue;
      add("fs-squashfs",
          fmt::format("snap packages are mounted with it: {}/{}", snaps, utf8_text(entry.name)));
      return {};
    }
    return {};
  }

  void add_disks(const DiskFile& file) {
    const auto text = root_.read(file.path, configuration_limit);
    const bool is_there = text || !is_absent(root_, file.path, text.error());
    if (!is_there || (!text && has_no_lines(root_, std::string(file.path), text.error()))) return;
    if (!text) return unseen_.push_back({std::string(file.path), text.error().reason});
    for (const std::string& request : file.requests(*text))
      add(request, fmt::format("{} {}", file.path, file.what));
  }

  /// A line that a kernel is booted with names the root file system, or has it be found.
  void add_command_line(const BootCommandLine& line) {
    const RootParameters parameters = parse_root_parameters(line.text);
    add_needs(line, parameters);
    root_is_named_ = root_is_named_ || !parameters.root.empty();
    if (parameters.names_root_type)
      typed_roots_.insert(parameters.root);
    else
      untyped_roots_.try_emplace(parameters.root, fmt::format("{}:{}", line.source, line.line));
  }

  /// What the tools put into the lines that they make.
  void add_default_line(const BootCommandLine& line) {
    const RootParameters parameters = parse_root_parameters(line.text);
    add_needs(line, parameters);
    if (parameters.names_root_type) root_is_typed_ = true;
  }

  void note_unseen(std::vector<Unseen> unseen) {
    std::ranges::move(unseen, std::back_inserter(unseen_));
  }

  void finish(Facts& facts) {
    note_untyped_roots();
    facts.needs = std::move(needs_);
    facts.unseen_needs = std::move(unseen_);
    facts.untyped_mounts = std::move(untyped_);
  }

 private:
  void add(const std::string& request, const std::string& why) {
    if (known_.insert(request).second) needs_.push_back({request, why});
  }

  void add_needs(const BootCommandLine& line, const RootParameters& parameters) {
    for (const ParameterNeed& need : parameters.needs)
      add(need.request, fmt::format("{}:{} has {}", line.source, line.line, need.parameter));
  }

  void add_mount(const Mount& mount) {
    for (const std::string& module : modules_of_block_device(mount.source))
      add(module, fmt::format("/etc/fstab mounts {}", mount.source));
    if (mount.type == "auto") return add_mount_of_any_type(mount);
    if (mount.mount_point == "/") root_is_typed_ = true;
    const std::string why =
        fmt::format("/etc/fstab mounts {} as {}", mount.mount_point, mount.type);
    add("fs-" + mount.type, why);
    for (const std::string& charset : charsets_of_mount(mount.type, mount.options))
      add(charset, why);
  }

  void add_mount_of_any_type(const Mount& mount) {
    const auto type = mounted_.find(mount.mount_point);
    if (type != mounted_.end())
      add("fs-" + type->second,
          fmt::format("/etc/fstab mounts {}, which is {} now", mount.mount_point, type->second));
    else if (!is_optional(mount) && mount.mount_point != "/")
      untyped_.push_back({mount.mount_point,
                          "/etc/fstab mounts it as \"auto\": its file system "
                          "could not be seen"});
  }

  void note_untyped_roots() {
    if (root_is_typed_) return;
    if (has_root_ && typed_roots_.empty() && untyped_roots_.empty())
      untyped_.push_back({"/",
                          "its file system could not be seen: /etc/fstab does not name its "
                          "type, and no command line of a kernel was found"});
    for (const auto& [root, place] : untyped_roots_) {
      if (typed_roots_.contains(root) || (root.empty() && root_is_named_)) continue;
      untyped_.push_back(
          {"/", fmt::format("its file system could not be seen: {} has {}, and neither rootfstype= "
                            "nor /etc/fstab names its type",
                            place, root.empty() ? "no root=" : "root=" + shortened(root))});
    }
  }

  const Root& root_;
  std::map<std::string, std::string> mounted_;
  std::vector<BootNeed> needs_;
  std::set<std::string> known_;  ///< Requests.
  std::vector<Unseen> unseen_;
  std::vector<Unseen> untyped_;
  bool has_root_;
  bool root_is_typed_ = false;
  bool root_is_named_ = false;
  std::set<std::string> typed_roots_;
  std::map<std::string, std::string> untyped_roots_;  ///< What `root=` names to where it stands.
};

/// Those of the boot entries, and the one that the kernel runs with.
std::vector<BootCommandLine> command_lines_of(const Root& root, const Facts& facts) {
  std::vector<BootCommandLine> lines;
  if (const auto line = read_text(root, "/proc/cmdline"); line && facts.live)
    lines.push_back({*line, "/proc/cmdline", 1});
  for (const ModuleTree& tree : facts.trees) {
    if (tree.boot) std::ranges::copy(tree.boot->command_lines, std::back_inserter(lines));
  }
  return lines;
}

}  // namespace

void collect_boot_needs(const Root& root, Facts& facts) {
  BootNeeds needs(root, facts);
  Result<void> added = needs.add_fstab();
  if (added) added = needs.add_snaps();
  if (!added) {
    facts.needs = std::unexpected(added.error());
    return;
  }
  for (const DiskFile& file : disk_files) needs.add_disks(file);
  for (const BootCommandLine& line : command_lines_of(root, facts)) needs.add_command_line(line);
  DefaultCommandLines defaults = collect_default_command_lines(root);
  for (const BootCommandLine& line : defaults.lines) needs.add_default_line(line);
  needs.note_unseen(std::move(defaults.unseen));
  needs.finish(facts);
}

}  // namespace kmodsec
