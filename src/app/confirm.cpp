// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/confirm.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>

#include <fmt/format.h>

namespace kmodsec {
namespace {

bool is_terminal(int fd) { return ::isatty(fd) == 1; }

bool said_yes() {
  std::array<char, 16> line{};
  if (std::fgets(line.data(), line.size(), stdin) == nullptr) return false;
  const std::string_view answer = line.data();
  return answer == "y\n" || answer == "Y\n" || answer == "yes\n";
}

}  // namespace

Result<void> confirm(const ChangeOptions& options, std::string_view question) {
  if (options.yes) return {};
  if (!is_terminal(STDIN_FILENO) || !is_terminal(STDERR_FILENO))
    return failure(ErrorKind::usage, options.verb,
                   "nothing was changed: confirmation is needed; repeat with --yes");
  fmt::print(stderr, "{} [y/N] ", question);
  if (said_yes()) return {};
  return failure(ErrorKind::usage, options.verb, "nothing was changed");
}

}  // namespace kmodsec
