// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/modules/modules_index_bin.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "base/byte_reader.hpp"
#include "base/text.hpp"
#include "format/modules/modules_index.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

constexpr std::uint32_t index_magic = 0xB007F457;
constexpr std::uint32_t major_version = 2;
constexpr std::uint64_t root_at = 8;

constexpr std::uint32_t has_prefix = 0x80000000;
constexpr std::uint32_t has_values = 0x40000000;
constexpr std::uint32_t has_children = 0x20000000;
constexpr std::uint32_t offset_mask = 0x0FFFFFFF;

constexpr std::size_t longest_key = 2048;
constexpr std::size_t expansion_limit = 64UL * 1024 * 1024;

using Visit =
    std::function<void(std::string_view key, std::string_view value, std::uint32_t priority)>;

/// Walks all of a trie. Nodes of a true one do not share bytes, so that their sizes add up to no
/// more than the file: a hostile one that reaches a node by many ways is refused, not unrolled.
class TrieWalk {
 public:
  TrieWalk(std::string_view bytes, const Visit& visit)
      : reader_(bytes, std::endian::big), visit_(visit) {}

  bool walk(std::uint32_t reference) {
    std::uint64_t at = reference & offset_mask;
    const std::uint64_t start = at;
    const std::size_t length = key_.size();
    if ((reference & has_prefix) != 0 && !take_prefix(at)) return false;
    std::uint64_t children = at;
    unsigned char first = 0;
    std::size_t count = 0;
    if ((reference & has_children) != 0 && !skip_children(at, first, count)) return false;
    if (count > 0) children += 2;
    if ((reference & has_values) != 0 && !take_values(at)) return false;
    if (!account(at - start)) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (!walk_child(children + i * sizeof(std::uint32_t), static_cast<char>(first + i)))
        return false;
    }
    key_.resize(length);
    return true;
  }

 private:
  bool take_prefix(std::uint64_t& at) {
    const auto prefix = reader_.c_string(at);
    if (!prefix || key_.size() + prefix->size() > longest_key) return false;
    key_ += *prefix;
    at += prefix->size() + 1;
    return true;
  }

  bool skip_children(std::uint64_t& at, unsigned char& first, std::size_t& count) const {
    const auto from = reader_.integer<std::uint8_t>(at);
    const auto to = reader_.integer<std::uint8_t>(at + 1);
    if (!from || !to || *to < *from) return false;
    first = *from;
    count = std::size_t{*to} - *from + 1;
    at += 2 + count * sizeof(std::uint32_t);
    return at <= reader_.size();
  }

  bool take_values(std::uint64_t& at) {
    const auto count = reader_.integer<std::uint32_t>(at);
    if (!count) return false;
    at += sizeof(std::uint32_t);
    for (std::uint32_t i = 0; i < *count; ++i) {
      const auto priority = reader_.integer<std::uint32_t>(at);
      const auto value = reader_.c_string(at + sizeof(std::uint32_t));
      if (!priority || !value) return false;
      expanded_ += key_.size() + value->size();
      if (expanded_ > expansion_limit) return false;
      visit_(key_, *value, *priority);
      at += sizeof(std::uint32_t) + value->size() + 1;
    }
    return true;
  }

  bool account(std::uint64_t size) {
    walked_ += size;
    return size > 0 && walked_ <= reader_.size();
  }

  bool walk_child(std::uint64_t at, char character) {
    const auto reference = reader_.integer<std::uint32_t>(at);
    if (!reference || key_.size() >= longest_key) return false;
    if ((*reference & offset_mask) == 0) return true;
    key_.push_back(character);
    const bool walked = walk(*reference);
    key_.pop_back();
    return walked;
  }

  ByteReader reader_;
  const Visit& visit_;
  std::string key_;
  std::uint64_t walked_ = 0;
  std::size_t expanded_ = 0;
};

/// The reference to its root.
Result<std::uint32_t> root_of(std::string_view bytes) {
  const ByteReader reader(bytes, std::endian::big);
  const auto magic = reader.integer<std::uint32_t>(0);
  const auto version = reader.integer<std::uint32_t>(4);
  const auto root = reader.integer<std::uint32_t>(root_at);
  if (!root || magic != index_magic) return failure(ErrorKind::malformed, "", "not an index");
  if (*version >> 16 != major_version)
    return failure(ErrorKind::unsupported, "", "an index of another version");
  return *root;
}

/// The first value of a key, which is the one that libkmod takes (index_mm_search_node). Nothing,
/// too, where the way to it is damaged.
std::optional<std::string_view> first_value(const ByteReader& reader, std::uint32_t reference,
                                            std::string_view key) {
  while ((reference & offset_mask) != 0) {
    std::uint64_t at = reference & offset_mask;
    if ((reference & has_prefix) != 0) {
      const auto prefix = reader.c_string(at);
      if (!prefix || !key.starts_with(*prefix)) return std::nullopt;
      key.remove_prefix(prefix->size());
      at += prefix->size() + 1;
    }
    const bool is_parent = (reference & has_children) != 0;
    const auto first = reader.integer<std::uint8_t>(at);
    const auto last = reader.integer<std::uint8_t>(at + 1);
    if (is_parent && (!first || !last || *first > *last)) return std::nullopt;
    const std::uint64_t children = at + 2;
    if (key.empty()) {
      if (is_parent) at = children + (std::uint64_t{*last} - *first + 1) * sizeof(std::uint32_t);
      const auto count = reader.integer<std::uint32_t>(at);
      if ((reference & has_values) == 0 || count.value_or(0) == 0) return std::nullopt;
      return reader.c_string(at + 2 * sizeof(std::uint32_t));
    }
    const auto next = static_cast<std::uint8_t>(key.front());
    if (!is_parent || next < *first || next > *last) return std::nullopt;
    reference = reader.integer<std::uint32_t>(children + (next - *first) * sizeof(std::uint32_t))
                    .value_or(0);
    key.remove_prefix(1);
  }
  return std::nullopt;
}

Result<void> for_each_value(std::string_view bytes, const Visit& visit) {
  const auto root = root_of(bytes);
  if (!root) return std::unexpected(root.error());
  constexpr std::uint32_t any_content = has_prefix | has_values | has_children;
  const bool is_empty = (*root & offset_mask) == 0 || (*root & any_content) == 0;
  if (is_empty) return {};
  if (!TrieWalk(bytes, visit).walk(*root))
    return failure(ErrorKind::malformed, "", "a damaged index");
  return {};
}

}  // namespace

Result<std::vector<IndexEntry>> parse_modules_dep_bin(std::string_view bytes) {
  std::vector<IndexEntry> entries;
  const auto read =
      for_each_value(bytes, [&](std::string_view key, std::string_view line, std::uint32_t) {
        for (IndexEntry& entry : parse_modules_dep(line)) {
          entry.name = utf8_text(key);
          entries.push_back(std::move(entry));
        }
      });
  if (!read) return std::unexpected(read.error());
  return entries;
}

Result<std::vector<std::string>> paths_in_modules_dep_bin(std::string_view bytes) {
  std::vector<std::string> paths;
  const auto read =
      for_each_value(bytes, [&](std::string_view, std::string_view line, std::uint32_t) {
        for (const std::string_view path : paths_in_dependency_line(line)) paths.emplace_back(path);
      });
  if (!read) return std::unexpected(read.error());
  return paths;
}

Result<std::map<std::string, std::string>> find_in_modules_dep_bin(
    std::string_view bytes, const std::set<std::string>& names) {
  const auto root = root_of(bytes);
  if (!root) return std::unexpected(root.error());
  const ByteReader reader(bytes, std::endian::big);
  std::map<std::string, std::string> paths;
  for (const std::string& name : names) {
    const std::string_view line = first_value(reader, *root, name).value_or("");
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) paths.emplace(name, line.substr(0, colon));
  }
  return paths;
}

Result<std::vector<AliasEntry>> parse_modules_alias_bin(std::string_view bytes) {
  struct Ranked {
    std::uint32_t priority;
    AliasEntry alias;
  };
  std::vector<Ranked> found;
  const auto read = for_each_value(
      bytes, [&](std::string_view key, std::string_view module, std::uint32_t priority) {
        found.push_back({priority, {utf8_text(key), utf8_text(normalized_module_name(module))}});
      });
  if (!read) return std::unexpected(read.error());
  std::ranges::stable_sort(found, {}, &Ranked::priority);
  std::vector<AliasEntry> aliases;
  aliases.reserve(found.size());
  for (Ranked& ranked : found) aliases.push_back(std::move(ranked.alias));
  return aliases;
}

Result<std::vector<std::string>> parse_modules_builtin_bin(std::string_view bytes) {
  std::vector<std::string> names;
  if (bytes.empty()) return names;
  const auto read = for_each_value(bytes, [&](std::string_view key, std::string_view,
                                              std::uint32_t) { names.push_back(utf8_text(key)); });
  if (!read) return std::unexpected(read.error());
  return names;
}

}  // namespace kmodsec
