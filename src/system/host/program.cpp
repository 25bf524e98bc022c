// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

#include "base/text.hpp"
#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"
#include "system/host/child.hpp"

namespace kmodsec {
namespace {

constexpr std::array<const char*, 4> folders = {"/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"};
constexpr std::array environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                                    "KMODSEC_STARTED_THIS=1"};

std::string find_program(const std::string& name) {
  if (name.starts_with('/')) return name;
  for (const char* folder : folders) {
    std::string path = folder + name;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

/// Where a program's three standard files lead.
class Files {
 public:
  explicit Files(int output) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files() { ::posix_spawn_file_actions_destroy(&actions_); }

  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::string read_to_end(const Descriptor& pipe, std::size_t most_output) {
  std::string output;
  std::array<char, 4096> piece{};
  while (true) {
    const ssize_t got = ::read(pipe.get(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return output;
    output.append(piece.data(), static_cast<std::size_t>(got));
    if (output.size() > 2 * most_output) output.erase(0, output.size() - most_output);
  }
}

}  // namespace

bool is_started_by_another_run() { return std::getenv("KMODSEC_STARTED_THIS") != nullptr; }

Result<ProgramEnd> run_program(RunningSystem system, const std::vector<std::string>& command) {
  constexpr std::size_t usual_output = 64UL * 1024;
  return run_program_for_output(system, command, usual_output);
}

Result<ProgramEnd> run_program_for_output(RunningSystem /*system*/,
                                          const std::vector<std::string>& command,
                                          std::size_t most_output) {
  const std::string path = find_program(command.at(0));
  if (path.empty())
    return failure(ErrorKind::not_found, utf8_text(command[0]), "there is no such program");
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return errno_error(path);
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  const Files files(writing.get());
  const std::vector<char*> arguments = pointers_to(command);
  const std::vector<char*> variables = pointers_to(environment);
  pid_t child = 0;
  const int failed =
      ::posix_spawn(&child, path.c_str(), files.get(), nullptr, arguments.data(), variables.data());
  if (failed != 0) return errno_error(path, failed);
  writing = Descriptor();
  std::string output = read_to_end(reading, most_output);
  if (output.size() > most_output) output.erase(0, output.size() - most_output);
  return ProgramEnd{wait_for(child), utf8_text(output)};
}

}  // namespace kmodsec
