// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/kernel_makefiles.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/path.hpp"
#include "base/source_path.hpp"
#include "base/text.hpp"
#include "format/kbuild_output.hpp"
#include "format/kconfig.hpp"
#include "system/host_file.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_limit = 4UL * 1024 * 1024;
constexpr std::size_t most_makefiles = 50'000;

/// Programs for the build's host, documents, and images of the kernel: no modules in them.
bool is_left_out(std::string_view folder) {
  constexpr std::array<std::string_view, 6> tops = {"tools", "scripts", "Documentation",
                                                    "usr",   ".git",    "debian"};
  for (const std::string_view top : tops) {
    if (folder == top) return true;
  }
  return folder.starts_with("arch/") && file_name(folder) == "boot";
}

/// The Makefiles of "arch/x86" and of the tree are for the whole of it; kbuild reads Kbuild there.
bool is_of_whole_tree(const std::string& folder, std::string_view name) {
  const bool is_top = folder.empty();
  const bool is_architecture = folder.starts_with("arch/") && folder.find('/') == folder.rfind('/');
  return name == "Makefile" && (is_top || is_architecture);
}

std::string value_of(std::string_view makefile, std::string_view variable) {
  std::string value;
  for_each_line(makefile, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = split_words(line);
    if (value.empty() && words.size() == 3 && words[0] == variable && words[1] == "=")
      value = words[2];
  });
  return value;
}

std::string release_of(std::string_view makefile) {
  std::string release;
  for (const std::string_view part : {"VERSION", "PATCHLEVEL", "SUBLEVEL"}) {
    const std::string value = value_of(makefile, part);
    if (!parse_number<unsigned>(value)) return {};
    release += (release.empty() ? "" : ".") + value;
  }
  return release;
}

class Reader {
 public:
  explicit Reader(std::string tree) : tree_(std::move(tree)) {}

  Result<KernelMakefiles> read() {
    const auto top = read_host_file(tree_ + "/Makefile", file_limit);
    if (!top) return std::unexpected(top.error());
    found_.release = release_of(*top);
    if (found_.release.empty())
      return failure(ErrorKind::malformed, tree_,
                     "no source of a kernel: its Makefile has no version");
    std::error_code failed;
    for (fs::recursive_directory_iterator at(tree_, failed), end; !failed && at != end;
         at.increment(failed)) {
      const std::string path = at->path().lexically_relative(tree_).string();
      std::error_code ignored;
      if (at->is_directory(ignored) && is_left_out(path)) at.disable_recursion_pending();
      if (at->is_regular_file(ignored)) look_at(path);
    }
    if (failed) return failure(ErrorKind::io, tree_, failed.message());
    if (found_.of_folders.size() > most_makefiles)
      return failure(ErrorKind::too_large, tree_, "more folders than a kernel has");
    for (const std::string& symbol : found_.tristates) found_.booleans.erase(symbol);
    return std::move(found_);
  }

 private:
  void look_at(const std::string& path) {
    const std::string_view name = file_name(path);
    if (!is_source_path(path)) return;
    if (name.starts_with("Kconfig")) return add_symbols_of_kconfig(path);
    if (!name.starts_with("Makefile") && !name.starts_with("Kbuild")) return;
    const std::string folder = path.substr(0, path.size() - name.size());
    add_makefile(folder.empty() ? folder : folder.substr(0, folder.size() - 1), name);
  }

  void add_makefile(const std::string& folder, std::string_view name) {
    const std::string path = folder + "/" + std::string(name);
    add_symbols_of_makefile(path, folder, true);
    if ((name != "Makefile" && name != "Kbuild") || is_of_whole_tree(folder, name)) return;
    std::string& file = found_.of_folders[folder];
    if (file.empty() || name == "Kbuild") file = path;
  }

  void add_symbols_of_makefile(const std::string& path, const std::string& folder, bool follow) {
    const auto text = read_host_file(tree_ + "/" + path, file_limit);
    if (!text) return;
    for (const std::string_view symbol : symbols_in_makefile(*text))
      found_.symbols[folder].emplace(symbol);
    if (!follow) return;
    for (const std::string_view included : includes_in_makefile(*text)) {
      if (is_source_path(included)) add_symbols_of_makefile(std::string(included), folder, false);
    }
  }

  void add_symbols_of_kconfig(const std::string& path) {
    const auto text = read_host_file(tree_ + "/" + path, file_limit);
    if (!text) return;
    for (const auto& [symbol, type] : parse_kconfig(*text))
      (type == KconfigType::tristate ? found_.tristates : found_.booleans).emplace(symbol);
  }

  std::string tree_;
  KernelMakefiles found_;
};

}  // namespace

Result<KernelMakefiles> read_kernel_makefiles(const std::string& tree) {
  return Reader(tree).read();
}

std::string kbuild_configuration(const KernelMakefiles& makefiles, const std::string& neighbourhood,
                                 bool with_booleans) {
  std::set<std::string_view> asked;
  for (auto at = makefiles.symbols.lower_bound(neighbourhood); at != makefiles.symbols.end();
       ++at) {
    if (!at->first.starts_with(neighbourhood)) break;
    asked.insert(at->second.begin(), at->second.end());
  }
  std::string text;
  for (const std::string_view symbol : asked) {
    const std::string name(symbol);
    if (makefiles.tristates.contains(name))
      text += "CONFIG_" + name + " := m\n";
    else if (with_booleans && makefiles.booleans.contains(name))
      text += "CONFIG_" + name + " := y\n";
  }
  return text;
}

}  // namespace kmodsec
