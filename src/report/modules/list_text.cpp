// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "model/names.hpp"
#include "report/inventory_report.hpp"
#include "report/style.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t columns = 9;
constexpr std::size_t kernel_column = 1;
using Row = std::array<std::string, columns>;

const Row heading = {"Module",  "Kernel",    "Size",   "Refs",   "Taint",
                     "Licence", "Signature", "Origin", "Used by"};
constexpr std::array<bool, columns> right_aligned = {false, false, true,  true, false,
                                                     false, false, false, false};

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

Row to_row(const ModuleRow& row) {
  const bool readable = row.file != nullptr && row.file->content;
  const LoadedModule* loaded = row.loaded;
  const std::string_view license = readable ? info_value(row.file->content->info, "license") : "";
  return {printable(row.name),
          printable(row.kernel),
          loaded != nullptr ? std::to_string(loaded->size) : "-",
          loaded != nullptr && loaded->refcount ? std::to_string(*loaded->refcount) : "-",
          loaded != nullptr && !loaded->taint.empty() ? printable(loaded->taint) : "-",
          license.empty() ? "-" : printable(license),
          signature_text(row),
          origin_text(row.file),
          users_text(row)};
}

std::string print_row(const Row& row, const std::array<std::size_t, columns>& widths) {
  std::string line;
  for (std::size_t i = 0; i < columns; ++i) {
    if (i == kernel_column && widths[i] == 0) continue;
    const bool last = i + 1 == columns;
    if (last) {
      line += row[i];
    } else if (right_aligned[i]) {
      line += fmt::format("{:>{}}  ", row[i], widths[i]);
    } else {
      line += fmt::format("{:<{}}  ", row[i], widths[i]);
    }
  }
  return line + "\n";
}

/// Each row says then which one it is of.
bool has_several_kernels(const Inventory& inventory) {
  return std::ranges::any_of(inventory.rows, [&](const ModuleRow& row) {
    return row.kernel != inventory.rows.front().kernel;
  });
}

}  // namespace

std::string print_list_text(const Inventory& inventory, const Style& style) {
  const auto& supported = inventory.facts->kernel.modules_supported;
  if (inventory.rows.empty()) {
    if (inventory.facts->live && !supported.value_or(true))
      return "this kernel was built without loadable modules\n";
    if (!inventory.unseen.empty())
      return "No module is known that belongs here. What could not be seen:\n" +
             print_gaps(inventory.unseen, style);
    return inventory.facts->live
               ? "no modules\n"
               : "no modules: none are loaded where no kernel runs, and --on-disk "
                 "lists those of the tree\n";
  }
  std::vector<Row> rows;
  std::ranges::transform(inventory.rows, std::back_inserter(rows), to_row);
  std::array<std::size_t, columns> widths{};
  for (std::size_t i = 0; i < columns; ++i) {
    widths[i] = heading[i].size();
    for (const Row& row : rows) widths[i] = std::max(widths[i], row[i].size());
  }
  if (!has_several_kernels(inventory)) widths[kernel_column] = 0;
  std::string title = print_row(heading, widths);
  title.pop_back();
  std::string text = style.bold(title) + "\n";
  for (const Row& row : rows) text += print_row(row, widths);
  return text;
}

}  // namespace kmodsec
