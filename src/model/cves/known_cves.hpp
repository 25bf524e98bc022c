// SPDX-License-Identifier: GPL-2.0-or-later
//
// The published vulnerabilities of the kernel, as the tables of data/known-cves tell
// them (format: docs/cve-tables.md).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/report.hpp"

namespace kmodsec {

struct CveTracker;

/// How far the use of a vulnerability has come.
enum class Exploit {
  none,         ///< No exploit is known to the tables.
  published,    ///< Somebody published one.
  in_the_wild,  ///< CISA lists it as exploited.
};

/// The word of the tables and of the JSON documents: "wild", "public", or nothing.
std::string_view to_string(Exploit exploit);

/// The same for people.
std::string_view words_of(Exploit exploit);

/// One row of the tables. The views point into `KnownCves::text`.
struct KnownCve {
  std::string_view id;        ///< "2024-1086", without "CVE-".
  std::string_view modules;   ///< Comma-separated, normalised; '@' and a folder where none owns it.
  std::string_view flags;     ///< Letters, see docs/cve-tables.md.
  std::string_view versions;  ///< "introduced>fixed,fixed;introduced>fixed", upstream.
  Exploit exploit = Exploit::none;
  std::string_view
      trigger;             ///< What it takes to use it, where somebody looked: "user", "userns", …
  std::string_view score;  ///< CVSS 3.1: AV AC PR UI S C I A, a letter each, or empty.
  std::string_view links;  ///< Separated by spaces.
  std::string_view title;  ///< Digest of the title of the commit that mends it, where no other
                           ///< vulnerability has that title; see `title_digest`. May be empty.
};

/// The id as people write it: "CVE-2024-1086".
inline std::string cve_id(const KnownCve& cve) { return "CVE-" + std::string(cve.id); }

/// The newest patch level of a stable branch that the tables know.
struct KnownBranch {
  std::string_view name;  ///< "6.1".
  unsigned patch = 0;
};

/// A source of the tables.
struct CveSource {
  std::string_view name;
  std::string_view revision;
  std::string_view date;
  std::string_view licence;
};

/// The tables.
struct KnownCves {
  std::shared_ptr<const std::string> text;  ///< Empty for those that are compiled in.
  std::int64_t date =
      0;  ///< Of the newest vulnerability in them: seconds since 1970-01-01T00:00:00Z.
  std::vector<CveSource> sources;
  std::vector<KnownBranch> branches;
  std::vector<KnownCve> cves;                 ///< In the order of their ids.
  std::shared_ptr<const CveTracker> tracker;  ///< The distribution's own word, or null.
  std::vector<Unseen> unseen;  ///< A set that should have been read, and why it was not.
};

/// Whole days from the date of the tables to `now`, in seconds since 1970; 0 where it is before
/// that date.
std::size_t age_in_days(const KnownCves& known, std::int64_t now);

/// Older than 60 days: every report says so.
bool is_old(const KnownCves& known, std::int64_t now);

/// The tables that are compiled in.
std::string_view shipped_known_cves();

}  // namespace kmodsec
