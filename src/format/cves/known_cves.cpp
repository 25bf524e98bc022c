// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/cves/known_cves.hpp"

#include <array>
#include <span>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "format/cves/known_cve_fields.hpp"

namespace kmodsec {
namespace {

/// The first format has no titles. It is read, and no longer written.
constexpr std::string_view first_line = "kmodsec known cves 2";
constexpr std::string_view old_first_line = "kmodsec known cves 1";
constexpr std::size_t most_fields = 9;
constexpr std::size_t old_most_fields = 8;
constexpr std::size_t most_sources = 64;
constexpr std::size_t most_branches = 4096;
constexpr std::size_t usual_row = 64;

std::unexpected<Error> wrong(std::string reason) {
  return failure(ErrorKind::malformed, "", std::move(reason));
}

using Fields = std::array<std::string_view, most_fields>;

/// Fills the fields of a line and counts them; nothing when there are more.
std::optional<std::size_t> split_fields(std::string_view line, Fields& fields) {
  for (std::size_t count = 0; count < fields.size(); ++count) {
    const std::size_t tab = line.find('\t');
    fields[count] = line.substr(0, tab);
    if (tab == std::string_view::npos) return count + 1;
    line.remove_prefix(tab + 1);
  }
  return std::nullopt;
}

class Reader {
 public:
  Reader(std::size_t size, std::size_t fields_of_a_row) : fields_of_a_row_(fields_of_a_row) {
    tables_.cves.reserve(size / usual_row);
  }

  Result<void> read(std::string_view line) {
    if (!is_printable_row(line)) return wrong("holds bytes that are not printable ASCII");
    if (line.ends_with('\t')) return wrong("ends with an empty field");
    Fields fields;
    const auto count = split_fields(line, fields);
    if (!count || *count > fields_of_a_row_) return wrong("holds a field too many");
    const std::span<const std::string_view> known(fields.data(), *count);
    if (!line.empty() && line.front() >= '0' && line.front() <= '9') return read_cve(known);
    if (!tables_.cves.empty()) return wrong("a line that is not a vulnerability, below one");
    if (known[0] == "date") return read_date(known);
    if (known[0] == "source") return read_source(known);
    if (known[0] == "branch") return read_branch(known);
    return wrong("neither a vulnerability nor date, source or branch");
  }

  Result<KnownCves> tables() && {
    if (!has_date_) return failure(ErrorKind::malformed, "", "no date in it");
    return std::move(tables_);
  }

 private:
  Result<void> read_date(std::span<const std::string_view> fields) {
    const auto day = fields.size() == 2 ? parse_day(fields[1]) : std::nullopt;
    if (!day) return wrong("not a date such as 2026-08-21");
    if (std::exchange(has_date_, true)) return wrong("a second date");
    tables_.date = *day;
    return {};
  }

  Result<void> read_source(std::span<const std::string_view> fields) {
    if (fields.size() != 5) return wrong("a source has a name, revision, date and licence");
    if (tables_.sources.size() == most_sources) return wrong("too many sources");
    tables_.sources.push_back({fields[1], fields[2], fields[3], fields[4]});
    return {};
  }

  Result<void> read_branch(std::span<const std::string_view> fields) {
    const auto patch = fields.size() == 3 ? parse_number<std::uint16_t>(fields[2]) : std::nullopt;
    if (!patch || !is_kernel_release(fields[1])) return wrong("not a branch and its patch level");
    if (tables_.branches.size() == most_branches) return wrong("too many branches");
    tables_.branches.push_back({fields[1], *patch});
    return {};
  }

  Result<void> read_cve(std::span<const std::string_view> fields) {
    const auto id = parse_cve_id(fields[0]);
    if (!id) return wrong("not an id such as 2024-1086");
    if (!tables_.cves.empty() && *id <= last_) return wrong("out of the order of ids");
    last_ = *id;
    const auto field = [&](std::size_t n) { return n < fields.size() ? fields[n] : ""; };
    KnownCve cve{.id = fields[0],
                 .modules = field(1),
                 .flags = field(2),
                 .versions = field(3),
                 .trigger = field(5),
                 .score = field(6),
                 .links = field(7),
                 .title = field(8)};
    const auto exploit = parse_exploit(field(4));
    if (!exploit) return wrong("an exploit is wild, public or nothing");
    cve.exploit = *exploit;
    if (const std::string_view flaw = flaw_of(cve); !flaw.empty()) return wrong(std::string(flaw));
    tables_.cves.push_back(cve);
    return {};
  }

  KnownCves tables_;
  CveId last_;
  bool has_date_ = false;
  std::size_t fields_of_a_row_;
};

}  // namespace

Result<KnownCves> parse_known_cves(std::string_view text) {
  if (text.size() > known_cves_limit)
    return failure(ErrorKind::too_large, "", "larger than tables of known vulnerabilities may be");
  const std::string_view head = text.substr(0, text.find('\n'));
  if (head != first_line && head != old_first_line)
    return wrong("does not start with '" + std::string(first_line) + "'");
  if (!text.ends_with('\n')) return wrong("the last line has no end: a part is missing");
  Reader reader(text.size(), head == first_line ? most_fields : old_most_fields);
  Result<void> read;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (number == 1 || !read) return;
    read = reader.read(line);
    if (!read) read.error().reason = "line " + std::to_string(number) + ": " + read.error().reason;
  });
  if (!read) return std::unexpected(read.error());
  return std::move(reader).tables();
}

}  // namespace kmodsec
