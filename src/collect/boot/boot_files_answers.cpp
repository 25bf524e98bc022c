// SPDX-License-Identifier: GPL-2.0-or-later
//
// What `BootFiles` answers of one kernel.
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/boot/boot_files.hpp"
#include "collect/boot/initramfs_tree.hpp"
#include "collect/host/folders.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/boot/boot_command_lines.hpp"
#include "format/kernel/kernel_command_line.hpp"

namespace kmodsec {
namespace {

/// Not every verb that says so takes one.
constexpr std::string_view name_it = "give the initramfs to 'kmodsec audit --initramfs FILE'";

constexpr std::string_view its_name = "its name";

/// Files from which tools make the entries of kernels that are installed from now on.
constexpr std::string_view default_lines[] = {"/etc/kernel/cmdline", "/usr/lib/kernel/cmdline"};

std::vector<std::string> folders_of_images() {
  std::vector<std::string> folders;
  for (const std::string_view partition : boot_partitions) {
    for (const std::string_view below : {"", "/EFI/nixos", "/kernels"})
      folders.push_back(std::string(partition) + std::string(below));
  }
  return folders;
}

Unseen unmounted(const std::string& point) {
  return {point,
          fmt::format("it is not mounted, and /etc/fstab names it: mount it, or {}", name_it)};
}

/// An initramfs that was linked into the kernel's image.
void note_builtin_image(const Root& root, const std::string& release, std::vector<Unseen>& unseen) {
  constexpr std::string_view option = "\nCONFIG_INITRAMFS_SOURCE=\"";
  for (const std::string& path :
       {"/boot/config-" + release, "/lib/modules/" + release + "/config"}) {
    const std::string text = root.read(path, configuration_limit).value_or("");
    const std::size_t at = text.find(option);
    if (at == std::string::npos || text.substr(at + option.size(), 1) == "\"") continue;
    unseen.push_back({utf8_text(path),
                      "CONFIG_INITRAMFS_SOURCE is set: an initramfs is in the "
                      "kernel's image, and kmodsec does not read it"});
    return;
  }
}

/// Parameters that stand behind an initramfs (linux: Documentation/admin-guide/bootconfig.rst).
void note_bootconfig(const BootCommandLine& line, std::vector<Unseen>& unseen) {
  for (const KernelParameter& parameter : parse_kernel_command_line(line.text)) {
    if (parameter.key != "bootconfig") continue;
    unseen.push_back({line.source,
                      "it has bootconfig: more parameters are appended to the initramfs, and "
                      "kmodsec does not read them"});
    return;
  }
}

}  // namespace

/// Images that are there whether or not an entry names them: by their names, or what is in them.
void BootFiles::find_loose_images() {
  std::vector<std::string> folders = folders_of_images();
  for (const Entry& deployment : root_.list("/boot/ostree").value_or(std::vector<Entry>{}))
    folders.push_back("/boot/ostree/" + deployment.name);
  std::vector<std::string> images;
  for (const std::string& folder : folders) {
    for (const Entry& entry : root_.list(folder).value_or(std::vector<Entry>{})) {
      if (entry.type == FileType::directory || !is_initramfs_name(entry.name)) continue;
      const std::string path = folder + "/" + entry.name;
      if (const auto release = release_borne_by(entry.name, releases_)) {
        claim(path);
        loose_[*release].push_back({path, std::string(its_name)});
      } else if (!bears_some_release(entry.name)) {
        images.push_back(path);
      }
    }
  }
  for (const std::string& path : images) look_at_loose(path);
}

void BootFiles::look_at_loose(const std::string& path) {
  const auto status = root_.status(path);
  if (status && status->type != FileType::regular) return;
  if (!status && status.error().kind == ErrorKind::not_found) return;
  if (!claimed_.insert(resolved(path)).second) return;
  const auto inside = releases_inside(root_, path);
  if (!inside)
    unseen_loose_.push_back(
        {utf8_text(path), "neither its kernel nor its modules show for which release it is: " +
                              inside.error().reason});
  for (const std::string& release : inside.value_or(std::vector<std::string>{}))
    if (asks_for(release)) loose_[release].push_back({path, "its modules"});
}

bool BootFiles::may_be_elsewhere(const std::string& release) const {
  const std::vector<const Booted*> booted = booted_of(release);
  const auto is_real = [&](const Booted* one) {
    const BootEntry& entry = one->entry->entry;
    return one->entry != &running_ && (!entry.kernel.empty() || !entry.unified.empty());
  };
  return std::ranges::none_of(booted, is_real) || !loaders_.unseen.empty();
}

Error BootFiles::no_image(const std::string& release) const {
  if (!loaders_.unseen.empty())
    return {ErrorKind::io, loaders_.unseen.front().what,
            fmt::format("{}; no initramfs of {} was found elsewhere: {}",
                        loaders_.unseen.front().why, utf8_text(release), name_it)};
  return {ErrorKind::not_found, "/boot",
          fmt::format("no initramfs of {} was found, and no boot entry shows that it has none: {}, "
                      "or say 'kmodsec audit --initramfs none'",
                      utf8_text(release), name_it)};
}

Seen<InitramfsFiles> BootFiles::initramfs_files_of(const std::string& release) const {
  InitramfsFiles files;
  const auto given = given_for_.find(release);
  if (given != given_for_.end()) files.given = given->second;
  const bool is_given = !files.given.empty();
  const auto named = named_.find(release);
  if (named == named_.end()) return std::unexpected(no_image(release));
  if (!named->second && !is_given) return std::unexpected(named->second.error());
  std::set<std::string> known;
  const auto add = [&](const std::string& path, const std::string& found_by) {
    if (known.insert(resolved(path)).second) files.paths.push_back({path, found_by});
  };
  for (const std::string& path : named->second.value_or(std::vector<std::string>{}))
    add(path, std::string(its_name));
  for (const Booted* booted : booted_of(release)) {
    const std::string place =
        fmt::format("{}:{}", booted->entry->source, booted->entry->entry.line);
    for (const std::string& path : booted->images) add(path, place);
    for (const std::string& missing : booted->missing)
      files.unseen.push_back(
          {utf8_text(missing),
           fmt::format("{} names it, and it was not found: {}", booted->entry->source, name_it)});
  }
  if (const auto loose = loose_.find(release); loose != loose_.end())
    for (const InitramfsFile& file : loose->second) add(file.path, file.found_by);
  std::ranges::copy(unseen_loose_, std::back_inserter(files.unseen));
  for (const std::string& point : unmounted_) files.unseen.push_back(unmounted(point));
  if (is_given) files.unseen.clear();
  note_builtin_image(root_, release, files.unseen);
  if (files.paths.empty() && !is_given && !files.unseen.empty())
    return failure(ErrorKind::not_found, files.unseen.front().what, files.unseen.front().why);
  if (files.paths.empty() && !is_given && may_be_elsewhere(release))
    return std::unexpected(no_image(release));
  return files;
}

void BootFiles::add_default_line(KernelBoot& boot, const std::string& release) const {
  for (const std::string_view path : default_lines) {
    const auto text = root_.read(path, configuration_limit);
    if (!text && text.error().kind == ErrorKind::not_found) continue;
    if (!text) {
      boot.load.unseen.push_back({std::string(path), text.error().reason});
      return;
    }
    std::string line = *text;
    std::ranges::replace(line, '\n', ' ');
    boot.command_lines.push_back({utf8_text(trim(line)), std::string(path), 1});
    return;
  }
  const std::string hint =
      root_.status("/etc/default/grub") ? "; /etc/default/grub has only what new entries get" : "";
  boot.load.unseen.push_back({"the command line of kernel " + utf8_text(release),
                              "no boot entry was found that has it" + hint});
}

KernelBoot BootFiles::command_lines_of(const std::string& release) const {
  KernelBoot boot;
  std::set<std::pair<std::string, std::string>> known;
  std::vector<Unseen> unseen = loaders_.unseen;
  for (const Booted* booted : booted_of(release)) {
    const FoundEntry& found = *booted->entry;
    if (booted->entry == &running_) continue;
    const BootEntry& entry = found.entry;
    const bool is_default_of_unified = entry.kernel.empty() && entry.options == "";
    if (!entry.unclear.empty()) unseen.push_back({found.source, entry.unclear});
    if (!entry.options && entry.unclear.empty())
      unseen.push_back({found.source, "it has no command line, and the kernel gets one"});
    if (!entry.options || (is_default_of_unified && found.source.ends_with(".conf"))) continue;
    if (known.emplace(found.source, *entry.options).second)
      boot.command_lines.push_back({utf8_text(*entry.options), found.source, entry.line});
  }
  boot.load.unseen = std::move(unseen);
  for (const std::string& point : unmounted_) boot.load.unseen.push_back(unmounted(point));
  if (boot.command_lines.empty()) add_default_line(boot, release);
  std::vector<Unseen> gaps = std::move(boot.load.unseen);
  for (const BootCommandLine& line : boot.command_lines) note_bootconfig(line, gaps);
  boot.load = load_config_of_command_lines(boot.command_lines, !gaps.empty());
  std::ranges::move(gaps, std::back_inserter(boot.load.unseen));
  return boot;
}

}  // namespace kmodsec
