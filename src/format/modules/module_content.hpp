// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace kmodsec {

/// Whether a file that begins so may be a module: an ELF object that is not linked, or something
/// compressed. `head`: its first 18 bytes at least.
bool may_begin_module(std::string_view head);

/// Whether these bytes, or what is compressed in them, are a module, whatever the file is called.
/// True also for an unlinked object that is damaged: a kernel may be less strict.
bool is_module_content(std::string_view bytes);

}  // namespace kmodsec
