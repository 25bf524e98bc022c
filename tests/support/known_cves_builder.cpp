// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/known_cves_builder.hpp"

#include <memory>

#include "format/cves/known_cves.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {

KnownCves known_cves(const std::string& rows) {
  const auto text = std::make_shared<const std::string>(
      "kmodsec known cves 1\ndate\t2026-08-21\nbranch\t6.1\t183\nbranch\t6.12\t103\n" + rows);
  KnownCves known = parse_known_cves(*text).value();
  known.text = text;
  return known;
}

Facts machine_with_cves(const std::string& rows) {
  Facts facts = machine_with_lines("");
  facts.kernel.release = "6.1.100";
  facts.trees.front().release = "6.1.100";
  facts.known_cves = known_cves(rows);
  facts.time = facts.known_cves->date;
  return facts;
}

}  // namespace kmodsec::test
