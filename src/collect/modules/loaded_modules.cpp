// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/modules/loaded_modules.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/paths.hpp"
#include "format/files/digest.hpp"
#include "format/files/elf.hpp"
#include "format/modules/proc_modules.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view list_file = "/proc/modules";
constexpr std::size_t list_limit = 16UL * 1024 * 1024;
constexpr std::string_view live_folder = "/sys/module";
constexpr std::size_t note_limit = 64UL * 1024;
constexpr std::size_t btf_limit = 64UL * 1024 * 1024;

/// Why an empty list may not be all that is loaded: /sys shows modules, or may show them and cannot
/// be listed. Only loadable modules have an `initstate` (linux: kernel/module/sysfs.c).
std::optional<Error> doubt_about_none(const Root& root) {
  const auto entries = root.list(live_folder);
  if (!entries && entries.error().kind == ErrorKind::not_found)
    return doubt_about_absence(root, live_folder);
  if (!entries) return entries.error();
  for (const Entry& entry : *entries) {
    if (root.status(std::string(live_folder) + "/" + entry.name + "/initstate"))
      return Error{ErrorKind::denied, std::string(list_file),
                   "empty, although /sys/module shows loaded modules"};
  }
  return std::nullopt;
}

/// The hidden dot-file that a plain listing of the folder leaves out.
Seen<std::string> read_build_id(const Root& root, const std::string& folder) {
  const std::string path = folder + "/notes/.note.gnu.build-id";
  const auto notes = root.read(path, note_limit);
  if (!notes) return std::unexpected(notes.error());
  std::string id = build_id_of_notes(*notes);
  if (id.empty()) return failure(ErrorKind::malformed, path, "holds no build-id");
  return id;
}

Seen<std::string> read_btf(const Root& root, const std::string& name) {
  const auto btf = root.read("/sys/kernel/btf/" + name, btf_limit);
  if (!btf) return std::unexpected(btf.error());
  return hex_digest(Digest::sha256, *btf);
}

/// Names only: what stands in the files are addresses, and of a module that hides the kernel may
/// have freed them.
Seen<std::vector<std::string>> read_sections(const Root& root, const std::string& folder) {
  const auto entries = root.list(folder + "/sections");
  if (!entries) return std::unexpected(entries.error());
  std::vector<std::string> names;
  for (const Entry& entry : *entries) names.push_back(utf8_text(entry.name));
  return names;
}

}  // namespace

Seen<std::vector<LoadedModule>> collect_loaded_modules(const Root& root,
                                                       std::vector<Unseen>& unseen) {
  const auto text = root.read(list_file, list_limit);
  if (!text) return std::unexpected(text.error());
  auto list = parse_proc_modules(*text);
  if (!list) return failure(list.error().kind, std::string(list_file), list.error().reason);
  if (list->modules.empty()) {
    if (const auto doubt = doubt_about_none(root)) return std::unexpected(*doubt);
  }
  for (const std::size_t line : list->unread_lines)
    unseen.push_back({std::string(list_file),
                      fmt::format("line {} is not one that a kernel writes: its module was not "
                                  "examined",
                                  line)});
  return std::move(list->modules);
}

void collect_parameters(const Root& root, LoadedModule& module) {
  const std::string folder = std::string(live_folder) + "/" + module.name + "/parameters";
  const auto entries = root.list(folder);
  if (!entries) return;
  for (const Entry& entry : *entries) {
    module.parameters.push_back(
        {utf8_text(entry.name), read_text(root, folder + "/" + entry.name)});
  }
}

void collect_identity(const Root& root, LoadedModule& module) {
  const std::string folder = std::string(live_folder) + "/" + module.name;
  module.identity = {.build_id = read_build_id(root, folder),
                     .srcversion = read_text(root, folder + "/srcversion"),
                     .btf_sha256 = read_btf(root, module.name),
                     .sections = read_sections(root, folder)};
}

}  // namespace kmodsec
