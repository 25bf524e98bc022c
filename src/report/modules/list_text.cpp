// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/names.hpp"
#include "report/inventory_report.hpp"
#include "report/paragraph.hpp"
#include "report/table.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t least = 12;
constexpr std::size_t least_of_licence = 7;
constexpr std::size_t longest_licence = 32;  ///< No licence that the kernel knows is as long.
constexpr std::size_t origin_column = 7;

using Row = std::vector<std::string>;

const std::vector<TableColumn> columns = {
    {.title = "Module"},
    {.title = "Kernel"},
    {.title = "Size", .is_number = true},
    {.title = "Refs", .is_number = true},
    {.title = "Taint"},
    {.title = "Licence", .least = least_of_licence},
    {.title = "Signature"},
    {.title = "Origin", .least = least},
    {.title = "Used by", .least = least},
};

std::string signature_text(const ModuleRow& row) {
  const FilePresence status = row.file_state.status;
  if (status == FilePresence::gone) return "file gone";
  if (row.file == nullptr) return status == FilePresence::none ? "no file" : "unknown";
  if (!row.file->signature) return "unreadable";
  const auto& checks = row.file->signature->checks;
  const bool only_read = row.file->signature->form == SignatureForm::present && checks.empty();
  return only_read ? "present" : std::string(to_string(row.signature.status));
}

std::string origin_text(const ModuleFile* file) {
  if (file == nullptr) return "-";
  if (!file->package) return "unknown";
  const PackageClaim& claim = *file->package;
  switch (claim.level) {
    case PackageLevel::unowned: return "unowned";
    case PackageLevel::generated: return printable(claim.name) + " (built here)";
    case PackageLevel::mismatch: return printable(claim.name) + " (ALTERED)";
    default: return printable(claim.name);
  }
}

std::string users_text(const ModuleRow& row) {
  return row.loaded == nullptr ? "-" : printable(short_words_of(row.use));
}

/// `show` has the whole of a text that somebody made long.
std::string licence_text(std::string_view license) {
  constexpr std::string_view more = "…";
  const std::string text = printable(license);
  if (text.empty()) return "-";
  return columns_of(text) <= longest_licence
             ? text
             : first_columns(text, longest_licence - columns_of(more)) + std::string(more);
}

Row to_row(const ModuleRow& row, bool with_kernel) {
  const bool readable = row.file != nullptr && row.file->content;
  const LoadedModule* loaded = row.loaded;
  const std::string_view license = readable ? info_value(row.file->content->info, "license") : "";
  return {printable(row.name),
          with_kernel ? printable(row.kernel) : std::string(),
          loaded != nullptr ? std::to_string(loaded->size) : "-",
          loaded != nullptr && loaded->refcount ? std::to_string(*loaded->refcount) : "-",
          loaded != nullptr && !loaded->taint.empty() ? printable(loaded->taint) : "-",
          licence_text(license),
          signature_text(row),
          origin_text(row.file),
          users_text(row)};
}

/// Each row says then which one it is of.
bool has_several_kernels(const Inventory& inventory) {
  return std::ranges::any_of(inventory.rows, [&](const ModuleRow& row) {
    return row.kernel != inventory.rows.front().kernel;
  });
}

/// Nearly all modules of a host are of one package: its name is in the note that is returned, and
/// not in their rows.
std::string say_once_where_most_are_from(std::vector<Row>& rows) {
  std::map<std::string_view, std::size_t> counts;
  for (const Row& row : rows) ++counts[row[origin_column]];
  const auto most = std::ranges::max_element(
      counts, {}, [](const auto& one) { return one.first == "-" ? 0 : one.second; });
  const std::string origin(most->first);
  const std::size_t count = most->second;
  if (count < 2 || origin == "-") return {};
  for (Row& row : rows) {
    if (row[origin_column] == origin) row[origin_column].clear();
  }
  return (count == rows.size() ? "Origin of each: " : "Origin, where none is named: ") + origin;
}

std::string nothing_listed(const Inventory& inventory, const Style& style) {
  const Facts& facts = *inventory.facts;
  if (lacks_module_support(facts)) return fmt::format("{}\n", no_module_support);
  if (!inventory.unseen.empty())
    return paragraph("No module is known that belongs here. What could not be seen:", 2, style) +
           print_gaps(inventory.unseen, style);
  if (inventory.looked_at > 0)
    return fmt::format("none of {} is as asked for\n", count_of(inventory.looked_at, "module"));
  if (facts.trees.empty() && !facts.live) return "no modules: no kernel is installed here\n";
  return facts.live ? "no modules\n"
                    : paragraph(
                          "no modules: none are loaded where no kernel runs, and --on-disk lists "
                          "those of the tree",
                          2, style);
}

}  // namespace

std::string print_list_text(const Inventory& inventory, const Style& style) {
  if (inventory.rows.empty()) return nothing_listed(inventory, style);
  const bool with_kernel = has_several_kernels(inventory);
  std::vector<Row> rows;
  for (const ModuleRow& row : inventory.rows) rows.push_back(to_row(row, with_kernel));
  const std::string note = say_once_where_most_are_from(rows);
  Table table(columns);
  for (Row& row : rows) table.add(std::move(row));
  return table.print(style) + (note.empty() ? "" : "\n" + paragraph(note, 2, style));
}

}  // namespace kmodsec
