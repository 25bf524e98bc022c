// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/files/cpio.hpp"

#include "cpio_laws.hpp"
#include "support/sipped_stream.hpp"
#include "target.hpp"

namespace {

bool keep(const kmodsec::CpioEntry&, std::string_view head) {
  kmodsec::require(head.size() <= 16);
  return true;
}

}  // namespace

/// All that comes out stands in the input; what follows begins neither an entry nor padding; and
/// it does not matter in which pieces the input came.
void kmodsec::examine(std::string_view input) {
  WholeStream whole(input);
  test::SippedStream sipped(input);
  std::vector<CpioEntry> entries, same;
  const Result<void> read = read_cpio(whole, keep, entries);
  require(read == read_cpio(sipped, keep, same));
  require(whole.position() == sipped.position() && whole.position() <= input.size());
  require_same(entries, same);
  if (!read) {
    require(!read.error().reason.empty());
    return;
  }
  for (const CpioEntry& entry : entries) {
    require(input.find(entry.path) != std::string_view::npos);
    require(entry.path.find('\0') == std::string::npos);
    require(input.find(entry.content.view()) != std::string_view::npos);
    require(entry.content.size() == 0 || entry.content.size() == entry.size);
  }
  if (whole.position() < input.size())
    require(input[whole.position()] != '0' && input[whole.position()] != '\0');
}
