// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/cves/known_cves.hpp"

namespace kmodsec {
namespace {

constexpr std::int64_t day = 24L * 60 * 60;
constexpr std::int64_t old_after = 60 * day;

}  // namespace

std::size_t age_in_days(const KnownCves& known, std::int64_t now) {
  return static_cast<std::size_t>(std::max<std::int64_t>(now - known.date, 0) / day);
}

bool is_old(const KnownCves& known, std::int64_t now) { return now - known.date > old_after; }

std::string_view to_string(Exploit exploit) {
  switch (exploit) {
    case Exploit::in_the_wild: return "wild";
    case Exploit::published: return "public";
    case Exploit::none: break;
  }
  return "";
}

std::string_view words_of(Exploit exploit) {
  switch (exploit) {
    case Exploit::in_the_wild: return "exploited in the wild";
    case Exploit::published: return "public exploit";
    case Exploit::none: break;
  }
  return "";
}

}  // namespace kmodsec
