// SPDX-License-Identifier: GPL-2.0-or-later
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/data_actions.hpp"
#include "app/data_exploits.hpp"
#include "app/data_records.hpp"
#include "app/data_sources.hpp"
#include "app/kernel_source.hpp"
#include "base/text.hpp"
#include "format/known_hole_fields.hpp"
#include "format/known_holes.hpp"
#include "system/host_file.hpp"
#include "system/privilege.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t file_limit = 64UL * 1024 * 1024;

/// The tables while they are built.
struct Build {
  RunningSystem system;
  std::vector<SourceLine> sources;
  std::vector<HoleRow> rows;
  std::vector<BranchLine> branches;
  std::vector<Error> broken;
  KernelObjects objects;
};

void tell(const DataOptions& options, const std::string& line) {
  if (!options.quiet) fmt::print(stderr, "kmodsec: {}\n", printable(line));
}

Result<void> add_kernel_sources(const DataOptions& options, Build& build) {
  for (const std::string& tree : options.kernel_sources) {
    const auto source = read_kernel_source(build.system, tree, options.jobs);
    if (!source) return std::unexpected(source.error());
    tell(options,
         fmt::format("{}: {} folders, {} objects", tree, source->folders, source->objects.size()));
    for (const std::string& folder : source->unanswered)
      build.broken.push_back({ErrorKind::malformed, tree + "/" + folder,
                              "make did not come to the end of its Makefile"});
    merge_objects(source->objects, build.objects);
    build.sources.push_back(
        {.name = "Linux, Makefiles", .revision = source->release, .licence = "GPL-2.0"});
  }
  return {};
}

Result<void> add_records(const DataOptions& options, Build& build) {
  const ModuleFinder finder(build.objects);
  const FileIsKnown is_known = [&](const std::string& file) {
    std::error_code ignored;
    for (const std::string& tree : options.kernel_sources) {
      if (std::filesystem::exists(std::filesystem::path(tree) / file, ignored)) return true;
    }
    return false;
  };
  auto found = read_cve_rows(options.vulns, finder, is_known, options.jobs);
  if (!found) return std::unexpected(found.error());
  tell(options, fmt::format("{}: {} holes, {} records of documents, tools and samples left out",
                            options.vulns, found->rows.size(), found->beside));
  for (Error& error : found->broken) build.broken.push_back(std::move(error));
  build.rows = std::move(found->rows);
  build.branches = branches_of(build.rows);
  return {};
}

Result<void> add_notable_table(const DataOptions& options, Build& build) {
  if (options.notable.empty()) return {};
  const auto text = read_host_file(options.notable, file_limit);
  if (!text) return std::unexpected(text.error());
  const auto holes = parse_notable_holes(*text);
  if (!holes) return failure(holes.error().kind, options.notable, holes.error().reason);
  add_notable(*holes, build.rows);
  build.sources.push_back({.name = "kmodsec, notable.tsv", .licence = "GPL-2.0-or-later"});
  return {};
}

Result<void> add_kernelctf(const DataOptions& options, Build& build) {
  if (options.kernelctf.empty()) return {};
  const auto exploits = read_kernelctf(options.kernelctf, build.broken);
  if (!exploits) return std::unexpected(exploits.error());
  add_published(*exploits, build.rows);
  build.sources.push_back(source_of_checkout(build.system, "google/security-research, kernelCTF",
                                             "Apache-2.0", options.kernelctf));
  return {};
}

Result<void> add_catalog(const DataOptions& options, Build& build) {
  if (options.kev.empty()) return {};
  const auto text = read_host_file(options.kev, file_limit);
  if (!text) return std::unexpected(text.error());
  const auto catalog = parse_exploited_catalog(*text);
  if (!catalog) return failure(catalog.error().kind, options.kev, catalog.error().reason);
  add_exploited(*catalog, build.rows);
  const auto or_dash = [](const std::string& word) { return word.empty() ? "-" : word; };
  build.sources.push_back({.name = "CISA, Known Exploited Vulnerabilities",
                           .revision = or_dash(catalog->version),
                           .date = or_dash(catalog->date),
                           .licence = "CC0-1.0"});
  return {};
}

/// --date, or what git says of the checkout.
Result<std::int64_t> date_of(const DataOptions& options, SourceLine& records) {
  if (!options.date.empty()) records.date = options.date;
  const auto date = parse_day(records.date);
  if (!date)
    return failure(ErrorKind::usage, "--date",
                   "the day of the newest record, such as 2026-08-21: git does not tell it");
  return *date;
}

std::string print(const Build& build, std::int64_t date) {
  KnownHoles tables;
  tables.date = date;
  for (const SourceLine& source : build.sources)
    tables.sources.push_back({source.name, source.revision, source.date, source.licence});
  for (const BranchLine& branch : build.branches)
    tables.branches.push_back({branch.name, branch.patch});
  for (const HoleRow& row : build.rows) tables.holes.push_back(record_of(row));
  return print_known_holes(tables);
}

Result<void> are_complete(const DataOptions& options) {
  if (options.vulns.empty())
    return failure(ErrorKind::usage, "--vulns", "a checkout of the kernel CNA's vulns.git");
  if (options.kernel_sources.empty())
    return failure(ErrorKind::usage, "--kernel-source", "a tree of the kernel's source");
  if (may_do_anything() && !options.trust_makefiles)
    return failure(ErrorKind::usage, options.kernel_sources.front(),
                   "its Makefiles would run as root: build the tables as another user, or say "
                   "--trust-makefiles");
  return {};
}

}  // namespace

Result<Answer> build_tables(const DataOptions& options) {
  if (auto complete = are_complete(options); !complete) return std::unexpected(complete.error());
  const auto system = RunningSystem::meant_by(options.root, options.snapshot);
  if (!system) return std::unexpected(system.error());
  Build build{
      .system = *system, .sources = {}, .rows = {}, .branches = {}, .broken = {}, .objects = {}};
  build.sources.push_back(source_of_checkout(
      build.system, "Linux kernel CNA, vulns.git",
      "CVE terms of use; CVE is copyright The MITRE Corporation", options.vulns));
  const auto date = date_of(options, build.sources.front());
  if (!date) return std::unexpected(date.error());
  for (const auto step :
       {add_kernel_sources, add_records, add_notable_table, add_kernelctf, add_catalog}) {
    if (auto done = step(options, build); !done) return std::unexpected(done.error());
  }
  for (const Error& error : build.broken)
    fmt::print(stderr, "kmodsec: {}, left out\n", printable(to_string(error)));
  std::string text = print(build, *date);
  if (const auto readable = parse_known_holes(text); !readable)
    return failure(ErrorKind::malformed, "the tables that were built", readable.error().reason);
  return Answer{std::move(text), build.broken.empty() ? Outcome::clean : Outcome::incomplete};
}

}  // namespace kmodsec
