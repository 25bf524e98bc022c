// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/policy/policy_edit.hpp"

#include <algorithm>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/text.hpp"
#include "format/files/toml_fields.hpp"
#include "format/policy/policy.hpp"
#include "model/host/module_name.hpp"

namespace kmodsec {
namespace {

/// TOML counts lines from 1 and columns in characters.
class Places {
 public:
  explicit Places(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  std::size_t offset(const toml::source_position& place) const {
    if (place.line == 0 || place.line > starts_.size()) return text_.size();
    std::size_t offset = starts_[place.line - 1];
    for (std::uint32_t column = 1; column < place.column && offset < text_.size(); ++column) {
      ++offset;
      while (offset < text_.size() && (static_cast<unsigned char>(text_[offset]) & 0xC0) == 0x80)
        ++offset;
    }
    return offset;
  }

  std::size_t line_end(std::size_t offset) const {
    return std::min(text_.find('\n', offset), text_.size());
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

template <class Change>
Result<std::string> change_document(const std::string& text, Change change) {
  return read_toml(text,
                   [&](const toml::table& document) { return change(document, Places(text)); });
}

std::string quoted(const std::string& value) {
  std::string text = "\"";
  for (const char c : value) {
    if (static_cast<unsigned char>(c) < ' ') {
      text += fmt::format("\\u{:04x}", c);
      continue;
    }
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

std::string with_newline(std::string text) {
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

std::string append_table(const std::string& text, std::string_view block) {
  std::string longer = with_newline(text);
  if (!longer.empty()) longer += '\n';
  return longer + std::string(block);
}

bool means(const toml::node& node, const std::string& value) {
  const auto text = node.value<std::string>();
  return text && normalized_module_name(*text) == normalized_module_name(value);
}

std::string insert(const std::string& text, std::size_t offset, const std::string& more) {
  return text.substr(0, offset) + more + text.substr(offset);
}

std::string add_entry(const std::string& text, const toml::array& array, const Places& places,
                      const std::string& value) {
  if (!array.empty())
    return insert(text, places.offset(array.back().source().end), ", " + quoted(value));
  return insert(text, places.offset(array.source().begin) + 1, quoted(value));
}

/// From an entry to the next one, or from the end of the one before it.
std::string remove_entry(const std::string& text, const toml::array& array, std::size_t index,
                         const Places& places) {
  const auto begin = [&](std::size_t i) { return places.offset(array.get(i)->source().begin); };
  const auto end = [&](std::size_t i) { return places.offset(array.get(i)->source().end); };
  const bool is_last = index + 1 == array.size();
  const std::size_t from = is_last && index > 0 ? end(index - 1) : begin(index);
  const std::size_t to = is_last ? end(index) : begin(index + 1);
  return text.substr(0, from) + text.substr(to);
}

/// Where the tables of a document start, and its end.
std::vector<std::size_t> table_starts(const toml::table& document, const std::string& text,
                                      const Places& places) {
  std::vector<std::size_t> starts = {text.size()};
  for (const auto& [key, node] : document) {
    if (node.is_table()) starts.push_back(places.offset(node.source().begin));
    if (const toml::array* array = node.as_array()) {
      for (const toml::node& element : *array) {
        if (element.is_table()) starts.push_back(places.offset(element.source().begin));
      }
    }
  }
  std::ranges::sort(starts);
  return starts;
}

/// Comments and blank lines right before the next table belong to that one.
std::size_t end_of_table(const std::string& text, std::size_t start, std::size_t next) {
  std::size_t end = start;
  for (std::size_t line = start; line < next;) {
    const std::size_t newline = std::min(text.find('\n', line), text.size());
    const std::string_view content = trim(std::string_view(text).substr(line, newline - line));
    line = std::min(newline + 1, text.size());
    if (!content.empty() && !content.starts_with('#')) end = line;
    if (newline == text.size()) break;
  }
  return end;
}

std::string remove_table(const toml::table& document, const std::string& text,
                         const toml::node& table, const Places& places) {
  const std::size_t start = places.offset(table.source().begin);
  const std::vector<std::size_t> starts = table_starts(document, text, places);
  const std::size_t next = *std::ranges::upper_bound(starts, start);
  return text.substr(0, start) + text.substr(end_of_table(text, start, next));
}

bool is_unwanted(const toml::node& node, std::string_view module, std::int64_t now) {
  const toml::table* table = node.as_table();
  if (table == nullptr) complain(node.source(), "exception is not a list of [[exception]] tables");
  if (table->is_inline())
    complain(node.source(), "exceptions in one list: write each as [[exception]]");
  if (!module.empty()) {
    const toml::node* name = table->get("module");
    return name != nullptr && means(*name, std::string(module));
  }
  return exception_end(*table) <= now;
}

/// Null when the document has no such table.
const toml::table* editable_table(const toml::table& document, std::string_view name) {
  const toml::table* found = table_at(document, name);
  if (found != nullptr && found->is_inline())
    complain(found->source(), fmt::format("{} in one line: write it as [{}]", name, name));
  return found;
}

/// At the top of a table, which is made where it is missing.
std::string add_line(const std::string& text, std::string_view name, const toml::table* table,
                     const std::string& line, const Places& places) {
  if (table == nullptr) return append_table(text, fmt::format("[{}]\n{}", name, line));
  const std::size_t end = places.line_end(places.offset(table->source().begin));
  return end == text.size() ? with_newline(text) + line : insert(text, end + 1, line);
}

const toml::node* value_of_module(const toml::table& table, const std::string& module) {
  for (const auto& [key, node] : table) {
    if (normalized_module_name(std::string(key.str())) == normalized_module_name(module))
      return &node;
  }
  return nullptr;
}

/// What a key of a table is to be, as TOML has it.
struct WantedValue {
  std::string_view table;
  std::string_view key;
  std::string value;
  bool adds_a_line = true;  ///< Where the table does not have the key.
};

/// Puts the value in the place of what `find` finds in the table.
template <class Find>
Result<std::string> set_value(const std::string& text, const WantedValue& wanted, Find find) {
  return change_document(text, [&](const toml::table& document, const Places& places) {
    const toml::table* found = editable_table(document, wanted.table);
    const toml::node* before = found != nullptr ? find(*found) : nullptr;
    if (before == nullptr && !wanted.adds_a_line) return text;
    if (before == nullptr)
      return add_line(text, wanted.table, found, fmt::format("{} = {}\n", wanted.key, wanted.value),
                      places);
    return text.substr(0, places.offset(before->source().begin)) + wanted.value +
           text.substr(places.offset(before->source().end));
  });
}

}  // namespace

Result<std::string> add_to_list(const std::string& text, std::string_view table,
                                std::string_view list, const std::string& value) {
  return change_document(text, [&](const toml::table& document, const Places& places) {
    const toml::table* found = editable_table(document, table);
    if (found == nullptr || found->get(list) == nullptr)
      return add_line(text, table, found, fmt::format("{} = [{}]\n", list, quoted(value)), places);
    const toml::array& array = array_at(*found, list);
    const bool is_there =
        std::ranges::any_of(array, [&](const toml::node& node) { return means(node, value); });
    return is_there ? text : add_entry(text, array, places, value);
  });
}

Result<std::string> remove_from_list(const std::string& text, std::string_view table,
                                     std::string_view list, const std::string& value) {
  return change_document(text, [&](const toml::table& document, const Places& places) {
    const toml::table* found = table_at(document, table);
    if (found == nullptr) return text;
    const toml::array& array = array_at(*found, list);
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (means(*array.get(i), value)) return remove_entry(text, array, i, places);
    }
    return text;
  });
}

Result<std::string> set_text(const std::string& text, std::string_view table,
                             const std::string& key, const std::string& value) {
  return set_value(text, {.table = table, .key = key, .value = quoted(value)},
                   [&](const toml::table& found) { return value_of_module(found, key); });
}

Result<std::string> set_switch(const std::string& text, std::string_view table,
                               std::string_view key, bool value) {
  return set_value(
      text, {.table = table, .key = key, .value = value ? "true" : "false", .adds_a_line = value},
      [&](const toml::table& found) { return found.get(key); });
}

Result<std::string> add_exception(const std::string& text, const PolicyException& exception) {
  std::string reason = exception.reason;
  std::ranges::replace_if(
      reason, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\'; },
      ' ');
  return append_table(
      text, fmt::format("[[exception]]\nmodule = \"{}\"\nuntil = {:%Y-%m-%dT%H:%M:%SZ}\n"
                        "reason = \"{}\"\n",
                        exception.module, fmt::gmtime(static_cast<std::time_t>(exception.until)),
                        reason));
}

Result<std::string> remove_exceptions(const std::string& text, std::string_view module,
                                      std::int64_t now) {
  std::string shorter = text;
  for (bool found = true; found;) {
    const auto next = change_document(
        shorter, [&](const toml::table& document, const Places& places) -> std::string {
          for (const toml::node& node : array_at(document, "exception")) {
            if (is_unwanted(node, module, now))
              return remove_table(document, shorter, node, places);
          }
          return shorter;
        });
    if (!next) return next;
    found = *next != shorter;
    shorter = *next;
  }
  return shorter;
}

}  // namespace kmodsec
