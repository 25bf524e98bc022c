// SPDX-License-Identifier: GPL-2.0-or-later
// What a call that was taken over asks before it goes on to libc.
#pragma once

#include <dlfcn.h>
#include <sys/types.h>

#include <array>
#include <string>
#include <string_view>

namespace kmodsec {

/// The function of libc that ours stands before.
template <class F>
F* behind(F*, const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

[[noreturn]] void forbidden(const char* what, std::string_view subject);

bool is_watching();
void require_no_program(const char* path);

/// Before it happens: after it, the file outside would be gone.
void require_write(int folder, const char* path);

/// Of a file that was opened: where it really lies.
void require_read(int fd);

int open_watched(int folder, const char* path, int flags, mode_t mode);
long call_watched(long number, const std::array<long, 6>& words);

}  // namespace kmodsec
