// SPDX-License-Identifier: GPL-2.0-or-later
// The rules of busybox against `busybox modprobe -D` of this machine, over generated configurations
// and indexes of a root that it runs in.
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyze/loading/load_model.hpp"
#include "base/text.hpp"
#include "collect/loading/load_config.hpp"
#include "collect/modules/module_tree.hpp"
#include "system/files/dir_root.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 14> requests = {
    "kt-a",       "kt_a",       "kt_b",    "kt-c",       "kt-d",    "kt.dot",  "kt-alias-b",
    "kt-alias-d", "kt_alias_b", "kt:v1d7", "kt-builtin", "kt-none", "kt-both", "kt-x1"};

constexpr std::array<std::string_view, 10> patterns = {
    "kt-a", "kt_b", "kt*", "kt-[a-c]", "kt-[0-9]*", "kt?d", "kt-x1", "kt-alias-*", "*", "kt.dot"};

constexpr std::array<std::string_view, 7> file_names = {"a.conf",       "b.conf",  "z.conf",    "x",
                                                        ".hidden.conf", "n.alias", "sub/y.conf"};

constexpr std::array<std::string_view, 4> folders = {"etc/modprobe.d", "etc/modprobe.d",
                                                     "run/modprobe.d", "usr/lib/modprobe.d"};

constexpr std::string_view dependencies =
    "kernel/kt-a.ko:\n"
    "kernel/kt_b.ko.xz: kernel/kt-a.ko\n"
    "kernel/kt-c.ko: kernel/kt_b.ko.xz kernel/kt-a.ko\n"
    "extra/kt-d.ko: kernel/kt-a.ko\n"
    "extra/kt.dot.ko:\n";

constexpr std::string_view aliases =
    "# Aliases\nalias kt-alias-b kt_b\nalias kt-both kt_b\nalias kt-both kt_c\n"
    "alias kt:v1d* kt_c\nalias kt-alias-d kt_d\nalias kt-x[0-9] kt_a\n";

std::string release() {
  utsname names{};
  ::uname(&names);
  return names.release;
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
    output.append(buffer.data(), count);
  return output;
}

/// Lines without the blanks at their ends, of which busybox prints one for no options.
std::string trimmed_lines(const std::string& text) {
  std::string trimmed;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    trimmed += std::string(line.substr(0, line.find_last_not_of(' ') + 1)) + "\n";
  });
  return trimmed;
}

/// A root whose modprobe is the busybox of this machine.
class Machine {
 public:
  Machine() {
    std::string name = fs::temp_directory_path() / "kmodsec-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    fs::create_directories(folder_ / "bin");
    fs::create_directories(folder_ / "sbin");
    fs::copy_file(output_of("command -v busybox | tr -d '\\n'"), folder_ / "bin/busybox");
    fs::create_symlink("../bin/busybox", folder_ / "sbin/modprobe");
    const fs::path modules = folder_ / "lib/modules" / release();
    fs::create_directories(modules);
    std::ofstream(modules / "modules.dep") << dependencies;
    std::ofstream(modules / "modules.alias") << aliases;
    std::ofstream(modules / "modules.softdep") << "softdep kt_a pre: kt_d\n";
    std::ofstream(modules / "modules.builtin") << "kernel/kt-builtin.ko\n";
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine() { fs::remove_all(folder_); }

  void forget_configuration() const {
    for (const std::string_view folder : folders) fs::remove_all(folder_ / folder);
    for (const std::string_view folder : folders) fs::create_directories(folder_ / folder / "sub");
    fs::remove(folder_ / "etc/modprobe.conf");
  }

  void add(const fs::path& file, const std::string& text) const {
    std::ofstream(folder_ / file, std::ios::app) << text;
  }

  std::string steps_of_busybox(const std::string& asked) const {
    return output_of(
        fmt::format("unshare --user --map-root-user --root={} /sbin/modprobe -D '{}' "
                    "2>/dev/null",
                    folder_.string(), asked));
  }

  std::string folder() const { return folder_.string(); }

 private:
  fs::path folder_;
};

/// What `busybox modprobe -D` prints: options are told once, and a module that was asked for once
/// has nothing left to insert the second time.
std::string steps_of_ours(const LoadModel& model, const std::string& asked) {
  std::string text;
  std::set<std::string> with_options;
  std::set<std::string> done;
  for (const Candidate& candidate : model.look_up(asked)) {
    const bool blacklisted = model.blacklist_line(candidate.module) != nullptr;
    if (candidate.builtin || (blacklisted && !candidate.alias.empty())) continue;
    if (model.find(candidate.module) == nullptr || !done.insert(candidate.module).second) continue;
    for (const ProbeStep& step : model.steps(candidate)) {
      const std::string options = with_options.insert(step.module).second
                                      ? model.options_of({.module = step.module})
                                      : std::string{};
      text += fmt::format("insmod /lib/modules/{}/{}{}{}\n", release(), step.path,
                          options.empty() ? "" : " ", options);
    }
  }
  return text;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  void configure(const Machine& machine) {
    machine.forget_configuration();
    const int lines = 1 + below(6);
    for (int i = 0; i < lines; ++i)
      machine.add(fs::path(one_of(folders)) / one_of(file_names), line() + "\n");
    if (below(4) == 0) machine.add("etc/modprobe.conf", line() + "\n");
  }

  /// -D looks for a built-in module, too, which a load passes over.
  std::string request() {
    const std::string request(one_of(requests));
    return request == "kt-builtin" ? "kt-a" : request;
  }

 private:
  std::string line() {
    switch (below(9)) {
      case 0: return fmt::format("blacklist {}", one_of(requests));
      case 1: return fmt::format("install {} /bin/false", one_of(patterns));
      case 2: return fmt::format("softdep {} pre: kt-d", one_of(patterns));
      case 3: return fmt::format("  alias\t{}  {} # why", one_of(patterns), one_of(requests));
      case 4: return fmt::format("alias {} {}", one_of(patterns), one_of(requests));
      case 5: return fmt::format("options {} p={}", one_of(requests), below(9));
      case 6: return fmt::format("blacklist \\\n{}", one_of(requests));
      case 7: return fmt::format("#alias {} {}", one_of(patterns), one_of(requests));
      default: return fmt::format("alias {}", one_of(patterns));
    }
  }

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  template <std::size_t N>
  std::string_view one_of(const std::array<std::string_view, N>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(N)))];
  }

  std::mt19937 random_;
};

std::string text_of(const LoadModel& model) {
  std::string text;
  for (const ConfigLine& line : model.lines()) text += line.source + ": " + line.text + "\n";
  return text;
}

/// A program that is linked dynamically finds nothing in that root.
bool can_run_busybox() {
  if (output_of("command -v busybox").empty()) return false;
  const Machine machine;
  machine.forget_configuration();
  return machine.steps_of_busybox("kt-a").starts_with("insmod");
}

TEST(AgainstBusybox, TheSameModulesAreInserted) {
  if (!can_run_busybox()) GTEST_SKIP() << "no static busybox here that may run in a root";
  const Machine machine;
  const auto root = open_tree(machine.folder());
  ASSERT_TRUE(root);
  const ModuleTree tree =
      collect_module_tree(**root, release(), {.parts = {Part::indexes}}, {}, {});
  ASSERT_TRUE(tree.index);
  std::size_t said = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    Generator generator(seed);
    generator.configure(machine);
    const auto config = collect_load_config(**root);
    ASSERT_TRUE(config);
    ASSERT_EQ(config->loader.kind, LoaderKind::busybox);
    const LoadModel model(*config, tree);
    const std::string asked = generator.request();
    const std::string expected = trimmed_lines(machine.steps_of_busybox(asked));
    said += expected.empty() ? 0 : 1;
    ASSERT_EQ(steps_of_ours(model, asked), expected)
        << "seed " << seed << ", asked for " << asked << "\n"
        << text_of(model);
  }
  EXPECT_GT(said, 200U) << "requests that lead nowhere prove nothing";
}

}  // namespace
}  // namespace kmodsec
