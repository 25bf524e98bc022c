// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/install_programs.hpp"

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "collect/host/masked_paths.hpp"
#include "collect/paths.hpp"
#include "model/loading/shell_words.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t most_programs = 4096;

/// exec PROGRAM is PROGRAM.
std::string_view program_word(std::string_view command) {
  const auto words = plain_shell_words(command);
  if (words.empty()) return {};
  return words.front() == "exec" && words.size() > 1 ? words[1] : words.front();
}

/// Absent is what its folder was seen not to have. No program's name ends in a carriage return.
ProgramState state_of(const Root& root, const std::string& path) {
  const auto status = root.status(path);
  if (status) return ProgramState::present;
  if (status.error().kind != ErrorKind::not_found) return ProgramState::unseen;
  const std::string folder = path.substr(0, path.rfind('/'));
  const bool is_gone = path.ends_with('\r') || is_folder(root, folder.empty() ? "/" : folder);
  return is_gone ? ProgramState::missing : ProgramState::unseen;
}

/// Of a program that is not there, who may write the folders that are decides what will be.
void look_closer(const Root& root, const std::string& path, InstallProgram& program) {
  Way way = way_to(root, path);
  if (way.end) program.path = utf8_text(*way.end);
  const bool is_gone = !way.end && way.end.error().kind == ErrorKind::not_found;
  if ((!way.end && !is_gone) || !owners_can_be_told(root)) return;
  program.owners = std::move(way.owners);
  program.owners_seen = true;
}

InstallProgram look_for(const Root& root, std::string_view word) {
  constexpr std::array<std::string_view, 4> folders = {"/sbin/", "/usr/sbin/", "/bin/",
                                                       "/usr/bin/"};
  InstallProgram program{.word = utf8_text(word)};
  if (word.starts_with('/')) {
    program.state = state_of(root, std::string(word));
    look_closer(root, std::string(word), program);
    return program;
  }
  if (word.contains('/')) return program;
  for (const std::string_view folder : folders) {
    const std::string path = std::string(folder) + std::string(word);
    if (state_of(root, path) != ProgramState::present) continue;
    program.state = ProgramState::present;
    look_closer(root, path, program);
    return program;
  }
  if (word.ends_with('\r')) program.state = ProgramState::missing;
  return program;
}

}  // namespace

std::vector<InstallProgram> collect_install_programs(const Root& root,
                                                     const std::vector<ConfigLine>& lines) {
  std::set<std::string_view> words;
  for (const ConfigLine& line : lines) {
    const bool runs = line.directive == Directive::install || line.directive == Directive::remove;
    if (!runs || words.size() >= most_programs) continue;
    const std::string_view word = program_word(line.argument);
    if (!word.empty()) words.insert(word);
  }
  std::vector<InstallProgram> programs;
  for (const std::string_view word : words) programs.push_back(look_for(root, word));
  return programs;
}

}  // namespace kmodsec
