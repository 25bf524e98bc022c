// SPDX-License-Identifier: GPL-2.0-or-later
// The parser of modprobe.d against the modprobe of this machine.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "format/loading/modprobe_conf.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;
using Lines = std::multiset<std::string>;

constexpr std::array<std::string_view, 24> pieces = {
    "blacklist ", "install ", "remove ",    "options ",  "alias ",     "\nblacklist ",
    "\ninstall ", "\n",       "\n",         "\\\n",      "\\",         "#",
    " ",          "\t",       "a",          "snd-usb",   "x_y-z",      "[a-b]",
    "[",          "]",        "/bin/false", "p=\"1 2\"", "\noptions ", "\r"};

std::string random_configuration(std::mt19937& random) {
  std::string text;
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1);
  for (int i = 0; i < 40; ++i) text += pieces[piece(random)];
  return text + "\nblacklist the_end\n";
}

class Scratch {
 public:
  Scratch() {
    std::string name = fs::temp_directory_path() / "kmodsec-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    fs::create_directories(folder_ / "conf");
    fs::create_directories(folder_ / "lib/modules/none");
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { fs::remove_all(folder_); }

  Lines shown_by_modprobe(const std::string& configuration) const {
    std::ofstream(folder_ / "conf/a.conf", std::ios::binary) << configuration;
    const std::string command =
        fmt::format("modprobe -C {0}/conf -d {0} -S none -c 2>/dev/null", folder_.string());
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), &::pclose);
    std::string output;
    std::array<char, 4096> buffer{};
    while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe.get()))
      output.append(buffer.data(), count);
    Lines lines;
    for_each_line(output.substr(0, output.find("\n# End of configuration files")),
                  [&](std::string_view line, std::size_t) { lines.emplace(line); });
    return lines;
  }

 private:
  fs::path folder_;
};

Lines read_by_us(const std::string& configuration) {
  Lines lines;
  for (const ConfigLine& line : parse_modprobe_conf(configuration, "a.conf").lines) {
    lines.insert(
        line.directive == Directive::blacklist
            ? fmt::format("blacklist {}", line.name)
            : fmt::format("{} {} {}", to_string(line.directive), line.name, line.argument));
  }
  return lines;
}

TEST(AgainstModprobe, TheSameLinesCount) {
  const Scratch scratch;
  const Lines of_command_line = scratch.shown_by_modprobe("blacklist the_end\n");
  ASSERT_TRUE(of_command_line.contains("blacklist the_end")) << "modprobe did not answer";
  std::size_t seen = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const std::string configuration = random_configuration(random);
    Lines ours = read_by_us(configuration);
    seen += ours.size() - 1;
    for (const std::string& line : of_command_line) {
      if (line != "blacklist the_end") ours.insert(line);
    }
    ASSERT_EQ(ours, scratch.shown_by_modprobe(configuration)) << "seed " << seed << "\n"
                                                              << configuration;
  }
  EXPECT_GT(seen, 300U) << "random text that says nothing proves nothing";
}

}  // namespace
}  // namespace kmodsec
