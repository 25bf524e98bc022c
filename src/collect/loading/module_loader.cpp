// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/module_loader.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/host/masked_paths.hpp"
#include "collect/paths.hpp"
#include "format/loading/loader_program.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view setting = "/proc/sys/kernel/modprobe";
constexpr std::string_view usual_path = "/sbin/modprobe";
constexpr std::size_t program_limit = 16UL * 1024 * 1024;
constexpr std::array<std::string_view, 2> stores = {"/nix/store/", "/gnu/store/"};
constexpr std::array<std::string_view, 5> programs_that_do_nothing = {
    "/dev/null", "/bin/true", "/usr/bin/true", "/bin/false", "/usr/bin/false"};

bool is_absent(const Error& error) { return error.kind == ErrorKind::not_found; }

bool is_in_store(std::string_view path) {
  return std::ranges::any_of(stores,
                             [&](std::string_view store) { return path.starts_with(store); });
}

bool is_folder_there(const Root& root, std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash != std::string_view::npos &&
         is_folder(root, slash == 0 ? std::string_view("/") : path.substr(0, slash));
}

bool is_device(const Root& root, const std::string& path) {
  const auto status = root.link_status(path);
  return status && status->type == FileType::other;
}

/// Folders of libraries: the usual ones, and those of Debian's architectures.
std::vector<std::string> library_folders(const Root& root) {
  std::vector<std::string> folders = {"/usr/lib64", "/lib64"};
  for (const std::string_view parent : {"/usr/lib", "/lib"}) {
    folders.emplace_back(parent);
    const auto entries = root.list(parent);
    if (!entries) continue;
    for (const Entry& entry : *entries) {
      if (entry.name.contains("-linux-"))
        folders.push_back(fmt::format("{}/{}", parent, entry.name));
    }
  }
  return folders;
}

/// Asks by name first: a folder of libraries has thousands of files.
void look_for_library(const Root& root, ModuleLoader& loader) {
  for (const std::string& folder : library_folders(root)) {
    const std::string path = folder + "/libkmod.so.2";
    const auto link = root.link_status(path);
    if (!link) continue;
    loader.libkmod = true;
    const auto target = root.read_link(path);
    const std::uint32_t version = target ? kmod_of_library(file_name(*target)) : 0;
    if (version == 0 || loader.version != 0) continue;
    loader.version = version;
    loader.version_from = folder + "/" + utf8_text(file_name(*target));
  }
}

/// The version that stands behind a package's name in the database of dpkg or apk.
std::uint32_t version_in(std::string_view database, std::string_view name,
                         std::string_view version) {
  const std::size_t at = database.starts_with(name.substr(1)) ? 0 : database.find(name);
  if (at == std::string_view::npos) return 0;
  const std::string_view package = database.substr(at, database.find("\n\n", at + 1) - at);
  const std::size_t field = package.find(version);
  if (field == std::string_view::npos) return 0;
  const std::string_view number = package.substr(field + version.size());
  return parse_number<std::uint32_t>(
             number.substr(0, std::min(number.find_first_not_of("0123456789"), number.size())))
      .value_or(0);
}

void look_for_package(const Root& root, ModuleLoader& loader) {
  constexpr std::size_t database_limit = 64UL * 1024 * 1024;
  struct Database {
    std::string_view path, name, version;
  };
  constexpr std::array<Database, 2> databases = {
      {{"/var/lib/dpkg/status", "\nPackage: kmod\n", "\nVersion: "},
       {"/lib/apk/db/installed", "\nP:kmod\n", "\nV:"}}};
  for (const Database& database : databases) {
    if (loader.version != 0) return;
    const auto text = root.read(database.path, database_limit);
    if (!text) continue;
    loader.version = version_in(*text, database.name, database.version);
    if (loader.version != 0) loader.version_from = database.path;
  }
}

/// A program that was not read, or is not kept in an image, is told by the name that links lead to.
LoaderProgram told_by_name(std::string_view program) {
  const std::string_view name = file_name(program);
  if (name == "kmod" || name == "modprobe") return {.kind = LoaderKind::kmod};
  if (name.starts_with("busybox")) return {.kind = LoaderKind::busybox};
  return {};
}

class LoaderReader {
 public:
  LoaderReader(const Root& root, std::string_view built_in_path,
               const std::vector<LoaderSetting>& settings)
      : root_(root) {
    const auto path = read_text(root, setting);
    if (path) {
      take_path(*path, setting);
    } else if (!settings.empty() && !settings.back().path.empty()) {
      take_path(settings.back().path, settings.back().source);
    } else if (!built_in_path.empty()) {
      take_path(std::string(built_in_path), "CONFIG_MODPROBE_PATH");
      is_set_ = false;
    } else {
      take_path(std::string(usual_path), "default");
      is_set_ = false;
    }
  }

  ModuleLoader read() {
    const bool does_nothing =
        std::ranges::find(programs_that_do_nothing, loader_.path) != programs_that_do_nothing.end();
    if (loader_.path.empty() || does_nothing) {
      loader_.kind = LoaderKind::none;
    } else if (const auto followed = follow(root_, loader_.path)) {
      look_at(followed->resolved);
    } else {
      look_at_gap(followed.error());
    }
    loader_.owners = owners_of_loader(root_, loader_.path);
    look_for_library(root_, loader_);
    if (loader_.kind == LoaderKind::kmod) look_for_package(root_, loader_);
    return std::move(loader_);
  }

 private:
  void take_path(std::string path, std::string_view from) {
    loader_.path = std::move(path);
    loader_.path_from = from;
  }

  void assume_kmod(const std::string& why) {
    loader_.kind = LoaderKind::kmod;
    loader_.assumed.push_back(why + ": it is taken for modprobe of kmod");
  }

  void look_at_gap(const Error& error) {
    const bool is_usual = loader_.path == usual_path || loader_.path == "/usr/sbin/modprobe";
    if (is_absent(error) && is_folder_there(root_, loader_.path)) {
      loader_.kind = LoaderKind::missing;
    } else if (is_usual || is_in_store(loader_.path) || !is_set_) {
      assume_kmod(fmt::format("{} could not be looked at ({})", loader_.path, error.reason));
    } else {
      loader_.kind = LoaderKind::other;
    }
  }

  void look_at(const std::string& program) {
    constexpr std::uint32_t may_execute = 0111;
    loader_.program = utf8_text(program);
    loader_.of_store = is_in_store(program) && is_store_host();
    const auto status = root_.status(program);
    if (status && status->type != FileType::regular) {
      loader_.kind = LoaderKind::none;
      return;
    }
    const auto bytes = root_.read(program, program_limit);
    const bool is_content_known = bytes && !bytes->empty();
    if (is_content_known && status && (status->mode & may_execute) == 0) {
      loader_.kind = LoaderKind::none;
      return;
    }
    take(is_content_known ? read_loader_program(*bytes) : told_by_name(program));
    if (!is_content_known && loader_.kind != LoaderKind::other)
      loader_.assumed.push_back(fmt::format(
          "{} was identified by its name only: its content was not seen", loader_.program));
  }

  void take(const LoaderProgram& read) {
    loader_.kind = read.kind;
    loader_.knows_blacklist = read.knows_blacklist;
    const bool is_applet = read.kind != LoaderKind::other && read.kind != LoaderKind::missing;
    if (is_applet && !file_name(loader_.path).ends_with("modprobe"))
      loader_.kind = LoaderKind::other;
    if (read.version != 0) {
      loader_.version = read.version;
      loader_.version_from = loader_.program;
    }
    if (read.kind == LoaderKind::other && loader_.of_store && !read.wraps.empty())
      assume_kmod(fmt::format("{} is the system's own wrapper of {}", loader_.path, read.wraps));
  }

  /// NixOS and Guix System, whose activation sets kernel.modprobe to a path of the store.
  bool is_store_host() const {
    return root_.link_status("/run/current-system") || root_.link_status("/etc/NIXOS") ||
           root_.link_status("/etc/guix");
  }

  const Root& root_;
  ModuleLoader loader_;
  bool is_set_ = true;  ///< Otherwise it is the path that the kernel was built with, or a guess.
};

}  // namespace

ModuleLoader collect_module_loader(const Root& root, std::string_view built_in_path,
                                   const std::vector<LoaderSetting>& settings) {
  return LoaderReader(root, built_in_path, settings).read();
}

std::vector<Ownership> owners_of_loader(const Root& root, const std::string& path) {
  if (path.empty() || !owners_can_be_told(root)) return {};
  Way way = way_to(root, path);
  if (way.end && is_device(root, *way.end)) {
    std::erase_if(way.owners,
                  [&](const Ownership& owner) { return owner.path == utf8_text(*way.end); });
  }
  return std::move(way.owners);
}

}  // namespace kmodsec
