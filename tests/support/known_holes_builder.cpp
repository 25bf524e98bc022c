// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/known_holes_builder.hpp"

#include <memory>

#include "format/cves/known_holes.hpp"
#include "support/load_builder.hpp"

namespace kmodsec::test {

KnownHoles known_holes(const std::string& rows) {
  const auto text = std::make_shared<const std::string>(
      "kmodsec known holes 1\ndate\t2026-08-21\nbranch\t6.1\t183\nbranch\t6.12\t103\n" + rows);
  KnownHoles known = parse_known_holes(*text).value();
  known.text = text;
  return known;
}

Facts machine_with_holes(const std::string& rows) {
  Facts facts = machine_with_lines("");
  facts.kernel.release = "6.1.100";
  facts.trees.front().release = "6.1.100";
  facts.known_holes = known_holes(rows);
  facts.time = facts.known_holes->date;
  return facts;
}

}  // namespace kmodsec::test
