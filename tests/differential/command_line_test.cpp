// SPDX-License-Identifier: GPL-2.0-or-later
// Readers of the kernel's command line against the real ones of this machine: modprobe with a file
// laid over /proc/cmdline, and systemd-modules-load. Both run in a mount namespace of their own,
// once for all lines. Root is needed; without it the test fails.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "format/loading/image_requests.hpp"
#include "format/loading/modprobe_parameters.hpp"
#include "format/loading/systemd_parameters.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;
using Lines = std::multiset<std::string>;

constexpr std::array<std::string_view, 46> pieces = {"modprobe.blacklist=",
                                                     " modprobe.blacklist=",
                                                     " modprobe-blacklist=",
                                                     " modprobe.blacklist ",
                                                     "modules_load=",
                                                     " modules-load=",
                                                     " rd.modules_load=",
                                                     " modules_load ",
                                                     " parport.dyndbg=\"",
                                                     " snd-hda.opt=1",
                                                     " a.b",
                                                     " a.b.c=1",
                                                     " x[-a].y=2",
                                                     " z[.y=2",
                                                     " -- ",
                                                     "usb-storage",
                                                     "usb_storage",
                                                     "dummy",
                                                     "nbd",
                                                     ",",
                                                     ",",
                                                     " ",
                                                     " ",
                                                     "\t",
                                                     "\"",
                                                     "\"",
                                                     "'",
                                                     "=",
                                                     ".",
                                                     "-",
                                                     "\\",
                                                     "\v",
                                                     "file a.c +p",
                                                     "#",
                                                     "quiet",
                                                     " \"a.b=c d\"",
                                                     " blacklist=",
                                                     " rd.driver.pre=",
                                                     " rd.driver.post=",
                                                     " rd.driver.blacklist=",
                                                     " rdblacklist=",
                                                     " earlymodules=",
                                                     " modules=",
                                                     " modprobe.x=1",
                                                     "\xa0",
                                                     " earlymodules=\""};

std::string random_line(unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  std::uniform_int_distribution<int> count(1, 24);
  std::string text;
  for (int i = count(random); i > 0; --i) text += pieces[piece(random)];
  return text;
}

class Scratch {
 public:
  Scratch() {
    std::string name = fs::temp_directory_path() / "kmodsec-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    fs::create_directories(folder_ / "conf");
    fs::create_directories(folder_ / "lib/modules/none");
    for (const std::string_view made : {"lines", "answers"}) fs::create_directories(folder_ / made);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  /// Runs a shell script there in a mount namespace of its own.
  bool run(const std::string& script) const {
    write("script", script);
    return std::system(fmt::format("cd {} && unshare -m sh ./script", folder_.string()).c_str()) ==
           0;
  }

  std::string path() const { return folder_.string(); }

 private:
  fs::path folder_;
};

Lines lines_of(std::string_view text) {
  Lines lines;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    if (!trim(line).empty()) lines.insert(utf8_text(trim(line)));
  });
  return lines;
}

Lines modprobe_lines_of_us(std::string_view text) {
  Lines lines;
  for (const ConfigLine& line : parse_modprobe_parameters(text, "x").lines) {
    const std::string all =
        line.directive == Directive::blacklist
            ? fmt::format("blacklist {}", line.name)
            : fmt::format("{} {} {}", to_string(line.directive), line.name, line.argument);
    for (const std::string& each : lines_of(all)) lines.insert(each);
  }
  return lines;
}

Lines without_empty_names(Lines lines) {
  lines.erase("blacklist");
  return lines;
}

TEST(CommandLineAgainstModprobe, TheSameLinesCount) {
  constexpr unsigned count = 1000;
  const Scratch scratch;
  for (unsigned seed = 0; seed < count; ++seed)
    scratch.write(fmt::format("lines/{}", seed), random_line(seed) + "\n");
  ASSERT_TRUE(scratch.run(fmt::format(
      "mount --make-rprivate / && : >cmdline && mount --bind cmdline /proc/cmdline || exit 1\n"
      "i=0; while [ $i -lt {}  ]; do cat lines/$i >cmdline\n"
      "modprobe -C conf -d . -S none -c 2>/dev/null | sed '/^# End of config/,$d' >answers/$i\n"
      "i=$((i+1)); done\n",
      count)))
      << "no file can be laid over /proc/cmdline: this test needs root and unshare";
  std::size_t seen = 0;
  for (unsigned seed = 0; seed < count; ++seed) {
    const std::string line = scratch.read(fmt::format("lines/{}", seed));
    const Lines theirs = lines_of(scratch.read(fmt::format("answers/{}", seed)));
    seen += theirs.size();
    ASSERT_EQ(modprobe_lines_of_us(line), without_empty_names(theirs)) << "seed " << seed << "\n"
                                                                       << line;
  }
  EXPECT_GT(seen, std::size_t{count}) << "random text that says nothing proves nothing";
}

/// The words of the answer, one on each line, that stand behind a word of the program's log.
Lines after(std::string_view start, std::string_view text) {
  Lines lines;
  for_each_line(text, [&](std::string_view line, std::size_t) {
    if (line.starts_with(start)) lines.insert(utf8_text(line.substr(start.size())));
  });
  return lines;
}

Lines names_of(const std::vector<LoadRequest>& requests) {
  Lines names;
  for (const LoadRequest& request : requests) names.insert(request.name);
  return names;
}

/// systemd asks once for what is named twice.
std::set<std::string> once(const Lines& lines) { return {lines.begin(), lines.end()}; }

TEST(CommandLineAgainstSystemd, TheSameModulesAreAskedFor) {
  constexpr unsigned count = 500;
  constexpr std::string_view program = "/lib/systemd/systemd-modules-load";
  if (!fs::exists(program)) GTEST_SKIP() << "no systemd on this machine";
  const Scratch scratch;
  for (unsigned seed = 0; seed < count; ++seed)
    scratch.write(fmt::format("lines/{}", seed), random_line(seed));
  ASSERT_TRUE(scratch.run(fmt::format(
      "mount --make-rprivate / || exit 1\n"
      "for d in /etc /run /usr/local/lib /usr/lib /lib; do\n"
      "[ ! -d $d/modules-load.d ] || mount --bind conf $d/modules-load.d || exit 1; done\n"
      "export SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_COLOR=0\n"
      "i=0; while [ $i -lt {} ]; do\n"
      "SYSTEMD_IN_INITRD=$((i%2)) SYSTEMD_PROC_CMDLINE=\"$(cat lines/$i)\" {} 2>answers/$i\n"
      "i=$((i+1)); done; true\n",
      count, program)))
      << "this test needs root and unshare";
  std::size_t seen = 0;
  for (unsigned seed = 0; seed < count; ++seed) {
    const std::string line = scratch.read(fmt::format("lines/{}", seed));
    const Lines theirs = after("Loading module: ", scratch.read(fmt::format("answers/{}", seed)));
    seen += theirs.size();
    const Lines ours = names_of(parse_systemd_load_parameters(line, "x", seed % 2 == 1));
    ASSERT_EQ(once(ours), once(theirs)) << "seed " << seed << "\n" << line;
  }
  EXPECT_GT(seen, std::size_t{count} / 10) << "random text that says nothing proves nothing";
}

struct Maker {
  std::string_view name;
  std::string_view shell;
  LoadConfig (*parse)(std::string_view text, const std::string& source);
};

constexpr std::array makers = {Maker{"initramfs-tools", "dash", parse_initramfs_tools_parameters},
                               Maker{"dracut", "dash", parse_dracut_parameters},
                               Maker{"mkinitcpio", "busybox ash", parse_mkinitcpio_parameters},
                               Maker{"mkinitfs", "busybox ash", parse_mkinitfs_parameters}};

/// modprobe.d normalises the names that a script writes there, and the first word is one.
std::string normalized(std::string_view line) {
  const std::vector<std::string_view> words = split_words(line);
  if (words.size() < 2) return {};
  const bool denies = words[0] == "blacklist";
  return std::string(words[0]) + " " +
         (denies ? normalized_module_name(words[1]) : std::string(words[1]));
}

Lines of_scripts(std::string_view text) {
  Lines lines;
  for (const std::string& line : lines_of(text)) {
    if (const std::string name = normalized(line); !name.empty()) lines.insert(name);
  }
  return lines;
}

Lines of_us(const LoadConfig& config) {
  Lines lines;
  for (const LoadRequest& request : config.at_boot) lines.insert("load " + request.name);
  for (const ConfigLine& line : config.lines) lines.insert("blacklist " + line.name);
  return lines;
}

/// Where the packages come from, and stay: see initramfs_scripts.sh. Those of mkinitcpio and
/// mkinitfs, which Debian has not, are compared where somebody put them there.
fs::path scripts_folder() {
  const char* given = std::getenv("KMODSEC_INITRAMFS_SCRIPTS");
  return given != nullptr ? fs::path(given)
                          : fs::temp_directory_path() / "kmodsec-initramfs-scripts";
}

void compare(const Scratch& scratch, const Maker& maker, unsigned count) {
  const std::string script = fmt::format("{}/{}.sh", scripts_folder().string(), maker.name);
  ASSERT_TRUE(scratch.run(fmt::format(
      "mount --make-rprivate / && : >cmdline && mount --bind cmdline /proc/cmdline || exit 1\n"
      "here=$PWD; cd {}\n"
      "i=0; while [ $i -lt {} ]; do cat $here/lines/$i >$here/cmdline\n"
      "{} {} >$here/answers/$i 2>/dev/null\n"
      "i=$((i+1)); done\n",
      scripts_folder().string(), count, maker.shell, script)))
      << "no file can be laid over /proc/cmdline: this test needs root and unshare";
  for (unsigned seed = 0; seed < count; ++seed) {
    const std::string line = scratch.read(fmt::format("lines/{}", seed));
    ASSERT_EQ(of_us(maker.parse(line, "x")),
              of_scripts(scratch.read(fmt::format("answers/{}", seed))))
        << maker.name << ", seed " << seed << "\n"
        << line;
  }
}

TEST(CommandLineAgainstInitramfs, TheScriptsTakeTheSame) {
  constexpr unsigned count = 150;
  const std::string prepare = fmt::format(
      "{} {} >/dev/null 2>&1", KMODSEC_SOURCE_DIR "/tests/differential/initramfs_scripts.sh",
      scripts_folder().string());
  if (std::system(prepare.c_str()) != 0 && !fs::exists(scripts_folder() / "dracut.sh"))
    GTEST_SKIP() << "the packages of initramfs-tools and dracut cannot be had here";
  const Scratch scratch;
  for (unsigned seed = 0; seed < count; ++seed) {
    std::string line = random_line(seed);
    std::ranges::replace(line, '\\', '/');  // Shells differ in what echo makes of it.
    scratch.write(fmt::format("lines/{}", seed), line + "\n");
  }
  for (const Maker& maker : makers) {
    if (fs::exists(scripts_folder() / (std::string(maker.name) + ".sh")))
      compare(scratch, maker, count);
  }
}

}  // namespace
}  // namespace kmodsec
