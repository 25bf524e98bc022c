// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/host_programs.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "collect/host/absence.hpp"
#include "collect/modules/packages.hpp"
#include "collect/paths.hpp"
#include "format/files/digest.hpp"
#include "model/host/program_places.hpp"
#include "model/loading/deny_programs.hpp"

namespace kmodsec {
namespace {

class Finder {
 public:
  explicit Finder(const Root& root) : root_(root) {}

  void look_at(std::string_view place) {
    const auto followed = follow(root_, place);
    if (!followed) return note(place, followed.error());
    const auto status = root_.status(followed->resolved);
    if (!status) return note(place, status.error());
    if (status->type == FileType::regular)
      names_[utf8_text(followed->resolved)].insert(utf8_text(place));
  }

  std::vector<HostProgram> take() {
    for (auto& [path, names] : names_)
      programs_.push_back({.path = path, .names = {names.begin(), names.end()}, .package = {}});
    return std::move(programs_);
  }

 private:
  /// Once for each folder of which too little was captured.
  void note(std::string_view place, Error error) {
    if (is_absent(root_, error.subject, error) || error.kind == ErrorKind::malformed) return;
    error = why_not_seen(root_, error.subject, error);
    if (!doubts_.insert(error.reason).second) return;
    programs_.push_back({.path = utf8_text(place),
                         .names = {utf8_text(place)},
                         .package = std::unexpected(std::move(error))});
  }

  const Root& root_;
  std::map<std::string, std::set<std::string>> names_;
  std::set<std::string> doubts_;
  std::vector<HostProgram> programs_;
};

Seen<FileDigests> digests_of(const Root& root, const std::string& path) {
  constexpr std::size_t program_limit = 64UL * 1024 * 1024;
  const auto bytes = root.read(path, program_limit);
  if (!bytes) return std::unexpected(bytes.error());
  return FileDigests{.md5 = hex_digest(Digest::md5, *bytes),
                     .sha256 = hex_digest(Digest::sha256, *bytes)};
}

/// A file that could not be read is held against nothing, whoever owns it.
Seen<PackageClaim> claim_of(PlainFile file) {
  if (!file.package) return file.package;
  if (file.package->level == PackageLevel::owned_unverified && !file.digests)
    return std::unexpected(file.digests.error());
  if (file.is_none_of_package) file.package->level = PackageLevel::mismatch;
  return file.package;
}

}  // namespace

std::vector<HostProgram> find_host_programs(const Root& root, std::string_view loader) {
  Finder finder(root);
  for (const std::string_view place : program_places) finder.look_at(place);
  if (loader.starts_with('/') && !is_of_program_places(loader)) finder.look_at(loader);
  return finder.take();
}

void collect_packages_of_programs(const Root& root, std::vector<HostProgram>& programs,
                                  std::vector<InstallProgram>& of_lines) {
  std::map<std::string, std::vector<Seen<PackageClaim>*>> wanted;
  for (HostProgram& program : programs) {
    const bool is_doubt = !program.package && !program.package.error().subject.empty();
    if (!is_doubt) wanted[program.path].push_back(&program.package);
  }
  for (InstallProgram& program : of_lines) {
    if (!program.path.empty() && is_named_to_deny(program.word))
      wanted[program.path].push_back(&program.package);
  }
  std::vector<PlainFile> files;
  for (const auto& [path, claims] : wanted)
    files.push_back({.path = path, .name = {}, .digests = digests_of(root, path), .package = {}});
  collect_packages_of_programs(root, files);
  for (PlainFile& file : files) {
    const Seen<PackageClaim> claim = claim_of(file);
    for (Seen<PackageClaim>* place : wanted[file.path]) *place = claim;
  }
}

void collect_packages_of_lines(const Root& root, std::vector<InstallProgram>& programs) {
  std::vector<HostProgram> no_others;
  collect_packages_of_programs(root, no_others, programs);
}

}  // namespace kmodsec
