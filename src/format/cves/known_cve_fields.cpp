// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/known_cve_fields.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>

#include "base/text.hpp"
#include "format/cves/known_cves.hpp"
#include "format/cves/title_digest.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t longest_field = 4096;
constexpr std::size_t score_letters = 8;
constexpr std::array<std::string_view, 8> triggers = {"user",     "userns",  "group", "physical",
                                                      "adjacent", "network", "guest", "root-setup"};

using Letters = std::array<bool, 256>;

constexpr Letters letters_of(std::string_view text) {
  Letters letters{};
  for (const char letter : text) letters[static_cast<unsigned char>(letter)] = true;
  return letters;
}

constexpr Letters letters_between(char first, char last, std::string_view more) {
  Letters letters = letters_of(more);
  for (int letter = first; letter <= last; ++letter)
    letters[static_cast<std::size_t>(letter)] = true;
  return letters;
}

constexpr Letters printable_letters = letters_between(' ', '~', "\t");
constexpr Letters module_letters =
    letters_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_,@/.-+");
constexpr Letters flag_letters = letters_of("chi?ubU");
constexpr Letters score_letters_allowed = letters_of("ACHLNPRU");
constexpr Letters digest_letters = letters_of("0123456789abcdef");

bool is_of(std::string_view text, const Letters& letters) {
  bool fits = true;
  for (const char letter : text) fits = fits & letters[static_cast<unsigned char>(letter)];
  return fits;
}

/// Reads versions from left to right.
class VersionReader {
 public:
  explicit VersionReader(std::string_view text)
      : at_(text.data()), end_(text.data() + text.size()) {}

  bool take(char letter) {
    if (at_ == end_ || *at_ != letter) return false;
    ++at_;
    return true;
  }

  bool take_release() {
    constexpr int most_numbers = 4;
    int numbers = 0;
    do {
      if (!take_number() || ++numbers > most_numbers) return false;
    } while (take('.'));
    return numbers > 1;
  }

  bool take_group() {
    const bool since_ever = end_ - at_ > 1 && at_[0] == '0' && at_[1] == '>' && take('0');
    if ((!since_ever && !take_release()) || !take('>')) return false;
    if (at_end() || *at_ == ';') return true;
    do {
      if (!take_release()) return false;
    } while (take(','));
    return true;
  }

  bool at_end() const { return at_ == end_; }

 private:
  bool take_number() {
    constexpr std::ptrdiff_t most_digits = 5;
    const char* const start = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return at_ != start && at_ - start <= most_digits;
  }

  const char* at_;
  const char* end_;
};

bool are_links(std::string_view text) {
  if (text.empty()) return true;
  return std::ranges::all_of(split(text, ' '), [](std::string_view link) {
    return link.starts_with("https://") || link.starts_with("http://");
  });
}

}  // namespace

bool is_printable_row(std::string_view line) { return is_of(line, printable_letters); }

std::optional<std::int64_t> parse_day(std::string_view text) {
  namespace chrono = std::chrono;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = parse_number<unsigned>(text.substr(0, 4));
  const auto month = parse_number<unsigned>(text.substr(5, 2));
  const auto day = parse_number<unsigned>(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const chrono::year_month_day date(chrono::year(static_cast<int>(*year)), chrono::month(*month),
                                    chrono::day(*day));
  if (!date.ok() || date.year() < chrono::year(1970)) return std::nullopt;
  return chrono::seconds(chrono::sys_days(date).time_since_epoch()).count();
}

bool is_kernel_release(std::string_view text) {
  VersionReader reader(text);
  return reader.take_release() && reader.at_end();
}

std::optional<Exploit> parse_exploit(std::string_view word) {
  if (word.empty()) return Exploit::none;
  if (word == "public") return Exploit::published;
  if (word == "wild") return Exploit::in_the_wild;
  return std::nullopt;
}

std::string_view flaw_of(const KnownCve& cve) {
  const std::array fields = {cve.modules, cve.versions, cve.links};
  if (std::ranges::any_of(fields, [](auto field) { return field.size() > longest_field; }))
    return "a field is too long";
  if (cve.modules.empty() || !is_of(cve.modules, module_letters)) return "no names of modules";
  if (!is_of(cve.flags, flag_letters)) return "a flag that the format does not know";
  if (!cve.versions.empty() && !are_cve_versions(cve.versions)) return "no versions";
  if (!cve.trigger.empty() && std::ranges::count(triggers, cve.trigger) == 0)
    return "a trigger that the format does not know";
  const bool scored = cve.score.size() == score_letters && is_of(cve.score, score_letters_allowed);
  if (!cve.score.empty() && !scored) return "not a score of eight letters";
  if (!are_links(cve.links)) return "not a link to the web";
  const bool digested = cve.title.size() == title_digest_size && is_of(cve.title, digest_letters);
  if (!cve.title.empty() && !digested) return "not a digest of a title";
  return {};
}

std::optional<CveId> parse_cve_id(std::string_view text) {
  constexpr std::size_t longest_number = 12;
  if (text.size() < 9 || text[4] != '-' || text.size() > 5 + longest_number) return std::nullopt;
  const auto year = parse_number<unsigned>(text.substr(0, 4));
  const auto number = parse_number<std::uint64_t>(text.substr(5));
  if (!year || !number) return std::nullopt;
  return CveId{*year, *number};
}

bool are_cve_versions(std::string_view text) {
  VersionReader reader(text);
  do {
    if (!reader.take_group()) return false;
  } while (reader.take(';'));
  return reader.at_end();
}

}  // namespace kmodsec
