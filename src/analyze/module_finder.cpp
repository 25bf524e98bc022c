// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/module_finder.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "analyze/newer_drivers.hpp"
#include "base/module_name.hpp"
#include "base/path.hpp"

namespace kmodsec {
namespace {

using Rename = std::pair<std::string_view, std::string_view>;
constexpr std::array renames = {
    Rename{"fs/cifs/", "fs/smb/client/"}, Rename{"fs/ksmbd/", "fs/smb/server/"},
    Rename{"fs/smb/client/", "fs/cifs/"}, Rename{"fs/smb/server/", "fs/ksmbd/"}};

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view without_ending(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const std::size_t slash = path.rfind('/');
  const bool has_ending =
      dot != std::string_view::npos && (slash == std::string_view::npos || dot > slash);
  return has_ending ? path.substr(0, dot) : path;
}

/// "drivers/net" and a file name: files move within a subsystem.
std::string name_in_subsystem(std::string_view path) {
  std::size_t end = path.find('/');
  if (end != std::string_view::npos) end = path.find('/', end + 1);
  return std::string(path.substr(0, end)) + ":" + std::string(file_name(path));
}

std::optional<std::string> only_one(const std::set<std::string>& names) {
  if (names.size() != 1) return std::nullopt;
  return *names.begin();
}

}  // namespace

ModuleFinder::ModuleFinder(const KernelObjects& objects) : objects_(objects) {
  for (const auto& [path, object] : objects_) {
    for (const std::string& module : object.modules) ++parts_[module];
    same_names_[name_in_subsystem(path)].insert(path);
  }
  for (const auto& [path, object] : objects_) add_to_folders(path, object);
}

void ModuleFinder::add_to_folders(const std::string& path, const KernelObject& object) {
  Folder& own = folders_[std::string(folder_of(path))];
  own.modules.insert(object.modules.begin(), object.modules.end());
  const bool is_built_in = object.built_in && object.modules.empty();
  const std::string name = normalized_module_name(file_name(path));
  if (object.modules.contains(name) && parts_[name] == 1) ++own.modules_of_one_file;
  if (is_built_in) ++own.built_in;
  ++own.objects;
  for (std::string_view at = folder_of(path); !at.empty(); at = folder_of(at)) {
    Folder& folder = folders_[std::string(at)];
    folder.below.insert(object.modules.begin(), object.modules.end());
    folder.has_built_in_below = folder.has_built_in_below || is_built_in;
  }
}

const KernelObject* ModuleFinder::object(std::string_view path) const {
  const auto found = objects_.find(path);
  return found == objects_.end() ? nullptr : &found->second;
}

std::optional<FoundModules> ModuleFinder::find(std::string_view file) const {
  const bool is_compiled = file.ends_with(".c") || file.ends_with(".S") || file.ends_with(".rs");
  const std::string_view path = without_ending(file);
  if (const KernelObject* known = is_compiled ? object(path) : nullptr)
    return FoundModules{known->modules, known->modules.empty(), false};
  for (const auto& [was, is] : renames) {
    if (!file.starts_with(was)) continue;
    const KernelObject* moved = object(std::string(is) + std::string(path.substr(was.size())));
    if (moved != nullptr) return FoundModules{moved->modules, moved->modules.empty(), true};
  }
  if (const std::string_view driver = newer_driver_of(path); !driver.empty())
    return FoundModules{{std::string(driver)}, false, false};
  if (auto module = by_rule(path, is_compiled))
    return FoundModules{{std::move(*module)}, false, true};
  return std::nullopt;
}

std::optional<std::string> ModuleFinder::by_rule(std::string_view path, bool is_compiled) const {
  if (auto module = only_one_in(folder_of(path))) return module;
  if (auto module = is_compiled ? of_same_name(path) : std::nullopt) return module;
  if (const KernelObject* beside = object(path)) return only_one(beside->modules);
  if (auto module = only_one_below(folder_of(path))) return module;
  return is_compiled ? of_one_file(path) : std::nullopt;
}

std::optional<std::string> ModuleFinder::only_one_in(std::string_view folder) const {
  const auto found = folders_.find(folder);
  if (found == folders_.end() || found->second.built_in > 0) return std::nullopt;
  return only_one(found->second.modules);
}

std::optional<std::string> ModuleFinder::of_same_name(std::string_view path) const {
  const auto found = same_names_.find(name_in_subsystem(path));
  if (found == same_names_.end() || found->second.size() != 1) return std::nullopt;
  const KernelObject* moved = object(*found->second.begin());
  return moved == nullptr ? std::nullopt : only_one(moved->modules);
}

std::optional<std::string> ModuleFinder::only_one_below(std::string_view folder) const {
  for (; folder.contains('/'); folder = folder_of(folder)) {
    const auto found = folders_.find(folder);
    if (found == folders_.end() || found->second.below.empty()) continue;
    return found->second.has_built_in_below ? std::nullopt : only_one(found->second.below);
  }
  return std::nullopt;
}

std::optional<std::string> ModuleFinder::of_one_file(std::string_view path) const {
  const auto found = folders_.find(folder_of(path));
  if (found == folders_.end()) return std::nullopt;
  const bool is_usual = found->second.modules_of_one_file * 10 >= found->second.objects * 9;
  if (!is_usual) return std::nullopt;
  return normalized_module_name(file_name(path));
}

}  // namespace kmodsec
