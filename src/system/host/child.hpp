// SPDX-License-Identifier: GPL-2.0-or-later
//
// What everybody needs who starts a program.
#pragma once

#include <sys/types.h>

#include <string_view>
#include <vector>

namespace kmodsec {

/// Arguments or variables as execve(2) takes them, with the null at their end. The texts, which end
/// with a zero each, must outlive them.
template <class Texts>
std::vector<char*> pointers_to(const Texts& texts) {
  std::vector<char*> pointers;
  for (const auto& text : texts)
    pointers.push_back(const_cast<char*>(std::string_view(text).data()));
  pointers.push_back(nullptr);
  return pointers;
}

/// Waits for its end: its exit code, or 128 and the signal that ended it.
int wait_for(pid_t child);

}  // namespace kmodsec
