// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/checkout_commit.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

#include "app/checkout_file.hpp"
#include "base/source_path.hpp"
#include "base/text.hpp"
#include "base/utc_time.hpp"
#include "system/program.hpp"
#include "system/temporary_folder.hpp"

namespace kmodsec {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t line_limit = 64UL * 1024;
constexpr std::size_t packed_limit = 64UL * 1024 * 1024;
constexpr std::size_t sha1_digits = 40;
constexpr std::size_t sha256_digits = 64;
constexpr int most_references = 5;

bool is_revision(std::string_view text) {
  return (text.size() == sha1_digits || text.size() == sha256_digits) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Of a file of one line behind a word; empty where there is none.
std::string line_in(const fs::path& path, std::string_view word) {
  const auto text = read_checkout_file(path.string(), line_limit);
  if (!text || !text->starts_with(word)) return {};
  return std::string(trim(text->substr(word.size())));
}

/// Where git keeps what it knows of a checkout (gitrepository-layout(5)).
struct GitFolders {
  fs::path own;
  fs::path common;  ///< The same, but for a worktree beside others.
};

GitFolders folders_of(const fs::path& checkout) {
  GitFolders folders{checkout / ".git", {}};
  if (const std::string elsewhere = line_in(folders.own, "gitdir: "); !elsewhere.empty())
    folders.own = checkout / elsewhere;
  const std::string common = line_in(folders.own / "commondir", "");
  folders.common = common.empty() ? folders.own : folders.own / common;
  return folders;
}

std::string packed_revision(const GitFolders& folders, std::string_view reference) {
  const auto packed = read_checkout_file((folders.common / "packed-refs").string(), packed_limit);
  std::string revision;
  for_each_line(packed.value_or(""), [&](std::string_view line, std::size_t) {
    const std::size_t space = line.find(' ');
    if (space != std::string_view::npos && line.substr(space + 1) == reference)
      revision = line.substr(0, space);
  });
  return revision;
}

/// What HEAD leads to, through the names that it is given by.
std::string head_of(const GitFolders& folders) {
  std::string reference = "HEAD";
  for (int i = 0; i < most_references; ++i) {
    std::string line = line_in(folders.own / reference, "");
    if (line.empty()) line = line_in(folders.common / reference, "");
    if (line.empty()) line = packed_revision(folders, reference);
    if (is_revision(line)) return line;
    constexpr std::string_view leads_on = "ref: ";
    if (!line.starts_with(leads_on)) return {};
    reference = line.substr(leads_on.size());
    if (!reference.starts_with("refs/") || !is_source_path(reference)) return {};
  }
  return {};
}

/// A repository that has nothing of its own but the way to somebody's objects.
bool make_repository(const fs::path& folder, const fs::path& objects, std::size_t digits) {
  std::error_code failed;
  fs::create_directory(folder / "refs", failed);
  if (!failed) fs::create_directory_symlink(objects, folder / "objects", failed);
  std::ofstream(folder / "HEAD") << "ref: refs/heads/none\n";
  std::ofstream config(folder / "config");
  config << "[core]\n\tbare = true\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = "
         << (digits == sha256_digits ? "sha256" : "sha1") << "\n";
  return !failed && config.flush().good();
}

}  // namespace

std::optional<CheckoutCommit> newest_commit(RunningSystem system, const std::string& checkout) {
  const GitFolders folders = folders_of(checkout);
  const std::string revision = head_of(folders);
  std::error_code failed;
  const fs::path objects = fs::canonical(folders.common / "objects", failed);
  if (revision.empty() || failed) return std::nullopt;
  const auto repository = TemporaryFolder::create();
  if (!repository || !make_repository(repository->path(), objects, revision.size()))
    return std::nullopt;
  const auto end =
      run_program(system, {"git", "--no-replace-objects", "--git-dir=" + repository->path(),
                           "cat-file", "commit", revision});
  if (!end || end->code != 0) return std::nullopt;
  auto day = day_of_commit(end->output);
  if (!day) return std::nullopt;
  return CheckoutCommit{revision, std::move(*day)};
}

/// "committer NAME <ADDRESS> SECONDS +HHMM", before the first empty line.
std::optional<std::string> day_of_commit(std::string_view commit) {
  const std::string_view header = commit.substr(0, commit.find("\n\n"));
  std::vector<std::string_view> words;
  for_each_line(header, [&](std::string_view line, std::size_t) {
    if (line.starts_with("committer ")) words = split_words(line.substr(line.rfind('>') + 1));
  });
  if (words.size() != 2 || words[1].size() != 5) return std::nullopt;
  const auto seconds = parse_number<std::int64_t>(words[0]);
  const auto zone = parse_number<std::int64_t>(words[1].substr(1));
  constexpr std::int64_t year_9999 = 253'402'300'799;
  if (!seconds || !zone || *seconds < 0 || *seconds > year_9999 || *zone > 1400)
    return std::nullopt;
  const std::int64_t ahead = (*zone / 100 * 60 + *zone % 100) * 60;
  return utc_date(*seconds + (words[1].starts_with('-') ? -ahead : ahead));
}

}  // namespace kmodsec
