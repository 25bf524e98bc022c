// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// The modules that a softdep names before and behind its own: "pre: A B post: C", in modprobe.d,
/// in modules.softdep and in a module's own softdep= field. Words outside a list count for nothing
/// (kmod: libkmod/libkmod-config.c, kmod_config_add_softdep).
void read_softdep(std::string_view words, std::vector<std::string>& pre,
                  std::vector<std::string>& post);

}  // namespace kmodsec
