// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/host/rpm_header.hpp"
#include "target.hpp"

/// A folder that nobody asks for has no files, and each file lies in a folder that was asked for.
void kmodsec::examine(std::string_view input) {
  const auto header = RpmHeader::parse(input);
  if (!header) return;
  header->version();
  header->install_time();
  header->changelog();
  const auto none = header->files([](std::string_view) { return false; });
  require(!none || none->empty());
  const auto some = header->files([](std::string_view folder) { return folder == "/boot/"; });
  if (!some) return;
  for (const RpmFile& file : *some) require(file.path.starts_with("/boot/"));
}
