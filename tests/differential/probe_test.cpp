// SPDX-License-Identifier: GPL-2.0-or-later
// The load model against `modprobe --dry-run --verbose` of this machine, over generated
// configurations of a small tree that depmod indexed, with lines of modprobe.d in the indexes that
// kmod reads like them, and in files named *.alias.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analyze/loading/load_model.hpp"
#include "base/text.hpp"
#include "collect/loading/index_config.hpp"
#include "collect/loading/load_config.hpp"
#include "collect/modules/module_tree.hpp"
#include "system/files/dir_root.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

struct Source {
  std::string_view name;
  std::vector<std::string_view> needs;
  std::vector<std::string_view> info;
};

const std::vector<Source> sources = {
    {"kt-a", {}, {}},
    {"kt_b", {"kt_a"}, {"alias=kt-alias-b", "alias=kt-both"}},
    {"kt-c", {"kt_b", "kt_a"}, {"alias=kt:v0001d*", "alias=kt-both"}},
    {"kt-d", {}, {"alias=kt-alias-d", "alias=kt:v0002d*sv*"}},
    {"kt_e", {"kt_d", "kt_a"}, {"softdep=pre: kt-a post: kt_c"}},
    {"kt-f", {"kt_e"}, {"softdep=pre: kt-alias-d", "alias=kt-alias-f"}},
};

constexpr std::array<std::string_view, 20> requests = {
    "kt-a",     "kt_a",       "kt-b",          "kt-c",       "kt_d",
    "kt-e",     "kt-f",       "kt-alias-b",    "kt-alias-d", "kt-alias-f",
    "kt-both",  "kt:v0001d7", "kt:v0002d1sv3", "kt-builtin", "kt-nothing",
    "kt_other", "kt-x1",      "kt-x2",         "kt_alias_d", "kt-alias-redirected"};

constexpr std::array<std::string_view, 8> patterns = {"kt-a",    "kt_b", "kt-c",       "kt*",
                                                      "kt-[de]", "kt?f", "kt-alias-d", "kt-x1"};

constexpr std::array<std::string_view, 5> commands = {
    "/bin/false", "/bin/true", "echo x $CMDLINE_OPTS", "/sbin/modprobe -i kt-d", ":"};

constexpr std::array<std::string_view, 15> file_names = {
    "a.conf",  "b.conf",       "modules.conf", "modules.softdep.conf",
    "n.conf",  "z.conf",       "9.conf",       "A.conf",
    "x",       ".hidden.conf", "m.conf",       "modules.softdex.conf",
    "b.alias", "n.alias",      ".x.alias"};

/// What kmod reads like a file of modprobe.d, each in its place among them.
constexpr std::array<std::string_view, 2> index_files = {"modules.softdep", "modules.weakdep"};

constexpr std::array<std::string_view, 3> folders = {"etc/modprobe.d", "run/modprobe.d",
                                                     "usr/lib/modprobe.d"};

void run(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

std::string symbol_of(std::string_view module) {
  std::string symbol = "sym_" + std::string(module);
  std::ranges::replace(symbol, '-', '_');
  return symbol;
}

std::string program_of(const Source& source) {
  std::string text = fmt::format(
      "static const char k[] __attribute__((section(\"__ksymtab_strings\"), used)) = \"{}\";\n",
      symbol_of(source.name));
  int count = 0;
  for (const std::string_view needed : source.needs)
    text += fmt::format("extern int {0}; int *p{1} = &{0};\n", symbol_of(needed), count++);
  for (const std::string_view field : source.info)
    text += fmt::format(
        "static const char i{}[] __attribute__((section(\".modinfo\"), used)) = \"{}\";\n", count++,
        field);
  return text;
}

/// Lines without the blanks at their ends, of which modprobe prints one more for each option.
std::string trimmed_lines(const std::string& text) {
  std::string trimmed;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    trimmed += std::string(line.substr(0, line.find_last_not_of(' ') + 1)) + "\n";
  });
  return trimmed;
}

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
    output.append(buffer.data(), count);
  return output;
}

std::uint32_t version_of_modprobe() {
  constexpr std::string_view start = "kmod version ";
  const std::string text = output_of("modprobe --version");
  return text.starts_with(start)
             ? static_cast<std::uint32_t>(std::strtoul(text.c_str() + start.size(), nullptr, 10))
             : 0;
}

/// A machine of six modules, whose configuration is written anew for each round.
class Machine {
 public:
  Machine() {
    std::string name = fs::temp_directory_path() / "kmodsec-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    const fs::path modules = folder_ / "lib/modules/6.1.0";
    fs::create_directories(modules / "kernel");
    for (const Source& source : sources) {
      const fs::path program = folder_ / "module.c";
      std::ofstream(program) << program_of(source);
      run(fmt::format("gcc -c -o {}/kernel/{}.ko {}", modules.string(), source.name,
                      program.string()));
    }
    std::ofstream(modules / "modules.builtin") << "kernel/kt-builtin.ko\n";
    std::ofstream(modules / "modules.builtin.modinfo") << "";
    std::ofstream(modules / "modules.order") << "";
    run(fmt::format("depmod -b {} 6.1.0", folder_.string()));
    fs::copy_file(modules / "modules.softdep", folder_ / "modules.softdep");
  }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;
  ~Machine() { fs::remove_all(folder_); }

  void forget_configuration() const {
    for (const std::string_view folder : folders) {
      fs::remove_all(folder_ / folder);
      fs::create_directories(folder_ / folder);
    }
    for (const std::string_view index : index_files) fs::remove(modules() / index);
    fs::copy_file(folder_ / "modules.softdep", modules() / "modules.softdep");
  }

  void add_to_index(std::string_view index, const std::string& text) const {
    std::ofstream(modules() / index, std::ios::app) << text;
  }

  void add(std::string_view folder, std::string_view name, const std::string& text) const {
    std::ofstream(folder_ / folder / name, std::ios::app) << text;
  }

  std::string steps_of_modprobe(const std::vector<std::string>& asked) const {
    std::string command = fmt::format("exec modprobe -a -n -v -d {} -S 6.1.0", folder_.string());
    for (const std::string_view folder : folders)
      command += fmt::format(" -C {}/{}", folder_.string(), folder);
    command += fmt::format(" {} 2>/dev/null", fmt::join(asked, " "));
    return trimmed_lines(output_of(command));
  }

  std::string folder() const { return folder_.string(); }

 private:
  fs::path modules() const { return folder_ / "lib/modules/6.1.0"; }

  fs::path folder_;
};

/// What `modprobe -n -v` prints for these steps.
std::string steps_of_ours(const LoadModel& model, const std::string& root,
                          const std::vector<std::string>& asked) {
  std::string text;
  for (const std::string& request : asked) {
    for (const Candidate& candidate : model.look_up(request)) {
      if (candidate.builtin) continue;
      const bool blacklisted = model.blacklist_line(candidate.module) != nullptr;
      if (blacklisted && !candidate.alias.empty()) continue;
      for (const ProbeStep& step : model.steps(candidate)) {
        const std::string options = model.options_of({.module = step.module, .alias = step.alias});
        if (step.action == ProbeStep::Action::insert)
          text += fmt::format("insmod {}/lib/modules/6.1.0/{} {}\n", root, step.path, options);
        if (step.action == ProbeStep::Action::run)
          text += fmt::format("install {} {}\n", step.install->argument, options);
      }
    }
  }
  return trimmed_lines(text);
}

std::string text_of(const LoadModel& model) {
  std::string text;
  for (const ConfigLine& line : model.lines()) text += line.source + ": " + line.text + "\n";
  return text;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  void configure(const Machine& machine) {
    machine.forget_configuration();
    const int lines = 1 + below(7);
    for (int i = 0; i < lines; ++i)
      machine.add(one_of(folders), one_of(file_names), line() + (below(9) == 0 ? "" : "\n"));
    for (int i = below(6); i > 3; --i)
      machine.add_to_index(one_of(index_files), line() + (below(9) == 0 ? "" : "\n"));
  }

  std::vector<std::string> some_requests() {
    std::vector<std::string> some;
    for (int i = 0; i < 4; ++i) some.emplace_back(one_of(requests));
    return some;
  }

 private:
  std::string line() {
    switch (below(9)) {
      case 0: return fmt::format("blacklist {}", one_of(requests));
      case 1: return fmt::format("install {} {}", one_of(patterns), one_of(commands));
      case 2: return fmt::format("install {} {}", one_of(requests), one_of(commands));
      case 3: return fmt::format("softdep {} pre: {}", one_of(patterns), one_of(requests));
      case 4: return fmt::format("softdep {} post: {}", one_of(requests), one_of(requests));
      case 5: return fmt::format("softdep {} pre:", one_of(patterns));
      case 6: return fmt::format("alias {} {}", one_of(requests), one_of(requests));
      case 7: return fmt::format("options {} p={}", one_of(requests), below(9));
      default: return fmt::format("remove {} {}", one_of(requests), one_of(commands));
    }
  }

  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }

  template <std::size_t N>
  std::string_view one_of(const std::array<std::string_view, N>& values) {
    return values[static_cast<std::size_t>(below(static_cast<int>(N)))];
  }

  std::mt19937 random_;
};

TEST(AgainstModprobe, NothingIsFoundWithoutTheBinaryIndex) {
  const Machine machine;
  EXPECT_FALSE(machine.steps_of_modprobe({"kt-a"}).empty());
  fs::remove(fs::path(machine.folder()) / "lib/modules/6.1.0/modules.dep.bin");
  EXPECT_EQ(machine.steps_of_modprobe({"kt-a"}), "");
  const auto root = open_tree(machine.folder());
  const ModuleTree tree = collect_module_tree(**root, "6.1.0", {.parts = {Part::indexes}}, {}, {});
  EXPECT_EQ(tree.binary_index.error().kind, ErrorKind::not_found);
}

TEST(AgainstModprobe, TheSameStepsAreTaken) {
  const Machine machine;
  const auto root = open_tree(machine.folder());
  ASSERT_TRUE(root);
  const LoadRules rules{LoaderKind::kmod, version_of_modprobe()};
  ASSERT_GT(rules.kmod, 0U);
  std::size_t said = 0;
  std::size_t of_indexes = 0;
  for (unsigned seed = 0; seed < 800; ++seed) {
    Generator generator(seed);
    generator.configure(machine);
    const auto config = collect_load_config(**root);
    ASSERT_TRUE(config);
    ModuleTree tree = collect_module_tree(**root, "6.1.0", {.parts = {Part::indexes}}, {}, {});
    ASSERT_TRUE(tree.index && tree.index->size() == sources.size());
    collect_index_config(**root, tree);
    of_indexes += tree.index_lines.size();
    const LoadModel model(*config, tree, rules);
    const auto asked = generator.some_requests();
    const std::string expected = machine.steps_of_modprobe(asked);
    said += expected.empty() ? 0 : 1;
    ASSERT_EQ(steps_of_ours(model, machine.folder(), asked), expected)
        << "seed " << seed << ", asked for " << fmt::format("{}\n", fmt::join(asked, " "))
        << text_of(model);
  }
  EXPECT_GT(said, 600U) << "requests that lead nowhere prove nothing";
  EXPECT_GT(of_indexes, 100U);
}

}  // namespace
}  // namespace kmodsec
