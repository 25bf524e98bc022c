// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kmodsec {

/// Whether the file of a module is there: the one answer that every verb gives.
enum class FilePresence {
  there,       ///< It was found; whether it is damaged is another matter.
  gone,        ///< The index names a path where no file is.
  none,        ///< Neither the index nor the folder of the kernel has one of that name.
  unreadable,  ///< It is there, and was not read.
  built_in,    ///< It is part of the kernel, which needs none.
  unknown,     ///< Nobody looked, or the folder was not seen.
};

struct ModuleFileState {
  FilePresence status = FilePresence::unknown;
  std::string path;  ///< Of a file that is there or should be.
  std::string why;   ///< A folder of `none`, an error of `unreadable` and `unknown`.
};

/// The words of the JSON documents.
std::string_view to_string(FilePresence status);

/// The path of a file that is there; else what is wrong, in words. Text of the host: not printable
/// yet.
std::string words_of(const ModuleFileState& state);

}  // namespace kmodsec
