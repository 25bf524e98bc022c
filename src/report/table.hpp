// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/style.hpp"

namespace kmodsec {

struct TableColumn {
  std::string_view title = {};
  /// Columns of a terminal below which it is not wrapped; 0: it never is. A path, a digest or an id
  /// is never cut for that, if it fits the terminal.
  std::size_t least = 0;
  bool is_number = false;  ///< It is set to the right.
};

/// A table that fits the width of a style: columns that may be wrapped get narrower, and those that
/// have no room beside the others come below them. A column that is empty in every row is left out.
class Table {
 public:
  explicit Table(std::vector<TableColumn> columns, std::size_t indent = 0)
      : columns_(std::move(columns)), indent_(indent) {}

  /// As many cells as there are columns; escape sequences that paint take no room.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  /// With a line of titles, in bold, where there are any.
  std::string print(const Style& style) const;

 private:
  std::vector<TableColumn> columns_;
  std::size_t indent_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace kmodsec
