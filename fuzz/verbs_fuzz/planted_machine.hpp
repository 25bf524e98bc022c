// SPDX-License-Identifier: GPL-2.0-or-later
// A machine as bytes: what lies in its tree, and beside it the store and the snapshot that somebody
// handed in. fuzz/machine_seeds.py writes the same form.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace kmodsec {

/// Between two entries. An entry is a letter for its kind, a letter for its mode, a path up to the
/// end of the line, and its content: that of a file, or where a link leads.
inline constexpr std::string_view entry_separator = "\xF5\xF6\xF7\xF8";

struct Planted {
  char kind = 'f';  ///< f: file, d: folder, l: link, p: fifo, s: socket, a: access list.
  char mode = 'a';  ///< Counts into the modes that matter; from 'A' on, and owned by a user.
  std::string path;
  std::string content;
};

std::vector<Planted> planted_in(std::string_view bytes);
std::string bytes_of(const std::vector<Planted>& machine);

/// A folder in memory, away with the object.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  /// Instead of all that was there. What cannot be made, as one path is below another, is left out.
  void lay_down(const std::vector<Planted>& machine) const;

  const std::string& folder() const { return folder_; }
  std::string place(std::string_view name) const { return folder_ + "/" + std::string(name); }

 private:
  std::string folder_;
};

}  // namespace kmodsec
