// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/modules/module_file_state.hpp"

#include <fmt/format.h>

namespace kmodsec {

std::string_view to_string(FilePresence status) {
  switch (status) {
    case FilePresence::there: return "there";
    case FilePresence::gone: return "gone";
    case FilePresence::none: return "none";
    case FilePresence::unreadable: return "unreadable";
    case FilePresence::built_in: return "built_in";
    case FilePresence::unknown: break;
  }
  return "unknown";
}

std::string words_of(const ModuleFileState& state) {
  switch (state.status) {
    case FilePresence::there: return state.path;
    case FilePresence::gone: return fmt::format("its file {} is gone", state.path);
    case FilePresence::none:
      return fmt::format("no file of a module of that name was found in {}", state.why);
    case FilePresence::unreadable:
      return fmt::format("its file {} was not read: {}", state.path, state.why);
    case FilePresence::built_in:
      return "it is built into the kernel and has no file or signature of its own";
    case FilePresence::unknown: break;
  }
  return "whether its file is there is not known: " + state.why;
}

}  // namespace kmodsec
