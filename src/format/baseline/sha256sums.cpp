// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/baseline/sha256sums.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"

namespace kmodsec {
namespace {

Error in_list_at(std::size_t number, const std::string& reason) {
  return {ErrorKind::malformed, "", fmt::format("line {}: {}", number, reason)};
}

/// A name that would break its line has it escaped, and the line starts with a backslash, as
/// sha256sum(1) does it.
std::string sum_line(const std::string& sum, std::string_view path) {
  std::string name;
  for (const char c : path) {
    if (c == '\\')
      name += "\\\\";
    else if (c == '\n')
      name += "\\n";
    else if (c == '\r')
      name += "\\r";
    else
      name += c;
  }
  return fmt::format("{}{}  {}\n", name == path ? "" : "\\", sum, name);
}

/// Nothing for an escape that sha256sum(1) does not know.
std::optional<std::string> unescaped(std::string_view name) {
  std::string plain;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] != '\\') {
      plain += name[i];
      continue;
    }
    const char next = ++i < name.size() ? name[i] : '\0';
    if (next != '\\' && next != 'n' && next != 'r') return std::nullopt;
    plain += next == 'n' ? '\n' : next == 'r' ? '\r' : next;
  }
  return plain;
}

struct Sum {
  std::string digest;
  std::string path;
};

std::optional<Sum> parse_sum(std::string_view line) {
  constexpr std::size_t digest_size = 64;
  constexpr std::size_t path_at = digest_size + 2;
  const bool is_escaped = line.starts_with('\\');
  if (is_escaped) line.remove_prefix(1);
  if (line.size() <= path_at || line[digest_size] != ' ') return std::nullopt;
  const auto digest = from_hex(line.substr(0, digest_size));
  if (!digest) return std::nullopt;
  const std::string_view name = line.substr(path_at);
  auto path = is_escaped ? unescaped(name) : std::optional(std::string(name));
  if (!path) return std::nullopt;
  return Sum{to_hex(*digest), std::move(*path)};
}

}  // namespace

std::string print_sha256sums(const Baseline& baseline) {
  std::string text;
  for (const BaselineEntry& entry : baseline.entries) {
    if (!is_in_image(entry.file.kind) && !entry.sha256.empty())
      text += sum_line(entry.sha256, entry.file.path);
  }
  return text;
}

Result<Baseline> parse_sha256sums(std::string_view text) {
  Baseline baseline{.format = format_of_digest_list};
  std::optional<Error> problem;
  for_each_line(text, [&](std::string_view line, std::size_t number) {
    if (problem) return;
    auto sum = parse_sum(line);
    if (!sum) problem = in_list_at(number, "not a line of sha256sum");
    if (sum && !sum->path.starts_with('/'))
      problem = in_list_at(number, "a path without its folder: list whole paths, from / on");
    if (problem) return;
    BaselineEntry entry;
    entry.file.path = utf8_text(sum->path);
    entry.sha256 = std::move(sum->digest);
    baseline.entries.push_back(std::move(entry));
  });
  if (problem) return std::unexpected(*problem);
  if (baseline.entries.empty()) return failure(ErrorKind::malformed, "", "it lists no file");
  if (auto sorted = sort_listed(baseline.entries); !sorted) return std::unexpected(sorted.error());
  return baseline;
}

Result<void> sort_listed(std::vector<BaselineEntry>& entries) {
  const auto key = [](const BaselineEntry& entry) {
    return std::tie(entry.file.path, entry.sha256);
  };
  std::ranges::sort(entries, {}, key);
  const auto repeated = std::ranges::unique(entries, {}, key);
  entries.erase(repeated.begin(), repeated.end());
  const auto twice = std::ranges::adjacent_find(entries, {}, path_of);
  if (twice == entries.end()) return {};
  return failure(ErrorKind::malformed, "",
                 fmt::format("it lists {} twice, with two digests", path_of(*twice)));
}

}  // namespace kmodsec
