// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/host/child.hpp"

#include <sys/wait.h>

#include <cerrno>

namespace kmodsec {

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace kmodsec
