// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/text.hpp"
#include "format/modules/modversions.hpp"
#include "target.hpp"

namespace {

using Versions = kmodsec::Result<std::vector<kmodsec::SymbolVersion>>;

void examine_versions(const Versions& versions, std::size_t most) {
  if (!versions) return;
  kmodsec::require(versions->size() <= most);
  for (const kmodsec::SymbolVersion& version : *versions)
    kmodsec::require(kmodsec::utf8_text(version.name) == version.name);
}

}  // namespace

/// The same bytes as each sort of table; of the extended one, the first byte tells how many
/// numbers.
void kmodsec::examine(std::string_view input) {
  for (const std::endian order : {std::endian::little, std::endian::big}) {
    for (const bool wide : {true, false})
      examine_versions(parse_modversions(input, wide, order), input.size() / 64);
  }
  const auto crcs_size = input.empty() ? 0U : static_cast<unsigned char>(input[0]) * 4U;
  if (input.size() < 1 + crcs_size) return;
  examine_versions(parse_extended_modversions(input.substr(1, crcs_size),
                                              input.substr(1 + crcs_size), std::endian::little),
                   crcs_size / 4);
}
