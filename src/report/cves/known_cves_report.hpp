// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/cves/known_cves.hpp"
#include "model/facts.hpp"
#include "model/report.hpp"
#include "report/style.hpp"

namespace kmodsec {

/// The tables of known vulnerabilities that are in force.
struct KnownCvesReport {
  const KnownCves& tables;
  Facts machine;         ///< Which one, and nothing more of it.
  std::string path;      ///< Empty: compiled in.
  std::int64_t now = 0;  ///< Seconds since 1970-01-01T00:00:00Z.
  std::vector<Unseen> unseen;
};

std::string print_known_cves_text(const KnownCvesReport& report, const Style& style);
std::string print_known_cves_json(const KnownCvesReport& report);

}  // namespace kmodsec
