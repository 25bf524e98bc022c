// SPDX-License-Identifier: GPL-2.0-or-later
#include "report/table.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "report/paragraph.hpp"

namespace kmodsec {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t indent_below = 4;

/// A column that begins no further to the right has room for a path, which stays whole then.
constexpr std::size_t near_the_left = 24;

using Cells = std::vector<std::string>;

/// A column with the room that it wants and that it gets.
struct Sized {
  std::size_t index = 0;
  std::size_t widest = 0;
  std::size_t width = 0;
  bool is_number = false;
};

/// Columns that stand side by side.
struct Band {
  std::size_t indent = 0;
  std::vector<Sized> columns;

  std::size_t width() const {
    std::size_t sum = indent;
    for (const Sized& column : columns) sum += column.width + gap;
    return sum - (columns.empty() ? 0 : gap);
  }
};

/// `most` is the room that a column has below the others: what is wider is cut wherever it is.
std::vector<Sized> sized(const std::vector<TableColumn>& columns, const std::vector<Cells>& rows,
                         std::size_t most) {
  std::vector<Sized> all;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::size_t widest = 0;
    std::size_t token = 0;
    for (const Cells& row : rows) {
      widest = std::max(widest, columns_of(row[i]));
      token = std::max(token, widest_token(row[i], most));
    }
    if (widest == 0) continue;
    const TableColumn& column = columns[i];
    const std::size_t title = columns_of(column.title);
    widest = std::max(widest, title);
    const std::size_t least =
        column.least == 0 ? widest : std::min(widest, std::max({column.least, title, token}));
    all.push_back({i, widest, least, column.is_number});
  }
  return all;
}

/// Gives what is left of the line to those that want more, one column of the terminal after the
/// other.
void widen(Band& band, std::size_t width) {
  std::size_t used = band.width();
  bool all_have_enough = false;
  while (used < width && !all_have_enough) {
    all_have_enough = true;
    for (Sized& column : band.columns) {
      if (column.width == column.widest || used == width) continue;
      ++column.width;
      ++used;
      all_have_enough = false;
    }
  }
}

std::vector<Band> bands_of(const std::vector<Sized>& columns, std::size_t indent,
                           std::size_t width) {
  std::vector<Band> bands = {{indent, {}}};
  for (const Sized& column : columns) {
    Band wider = bands.back();
    wider.columns.push_back(column);
    if (wider.width() <= width || bands.back().columns.empty())
      bands.back() = std::move(wider);
    else
      bands.push_back({indent + indent_below, {column}});
  }
  for (Band& band : bands) widen(band, width);
  return bands;
}

using Lines = std::vector<std::string_view>;

/// A word that is wider than its column stays whole only in the last one of a band, and only near
/// the left.
std::vector<std::string> filled(const Band& band, const Cells& row) {
  std::vector<std::string> texts;
  std::size_t start = band.indent;
  for (const Sized& column : band.columns) {
    const bool is_last = &column == &band.columns.back();
    const bool cuts = !is_last || (column.width < column.widest && start > near_the_left);
    texts.push_back(fill(row[column.index], {.width = column.width, .cuts_words = cuts}));
    start += column.width + gap;
  }
  return texts;
}

/// The line of this number, with what each cell has for it.
std::string print_line(const Band& band, const std::vector<Lines>& cells, std::size_t number) {
  std::string line;
  std::size_t at = 0;
  std::size_t start = band.indent;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Sized& column = band.columns[i];
    if (number < cells[i].size()) {
      const std::string_view cell = cells[i][number];
      const std::size_t wide = columns_of(cell);
      const std::size_t left = column.is_number ? column.width - std::min(column.width, wide) : 0;
      line.append(start + left - std::min(at, start + left), ' ');
      at = std::max(at, start + left) + wide;
      line += cell;
    }
    start += column.width + gap;
  }
  return line + "\n";
}

std::string print_band(const Band& band, const Cells& row) {
  const std::vector<std::string> texts = filled(band, row);
  std::vector<Lines> cells;
  std::size_t height = 0;
  for (const std::string& text : texts) {
    cells.push_back(split(text, '\n'));
    height = std::max(height, cells.back().size());
  }
  std::string lines;
  for (std::size_t number = 0; number < height; ++number) lines += print_line(band, cells, number);
  return lines;
}

bool says_nothing(const Band& band, const Cells& row) {
  return std::ranges::all_of(band.columns, [&](const Sized& column) {
    return row[column.index].empty() || row[column.index] == "-";
  });
}

std::string print_row(const std::vector<Band>& bands, const Cells& row) {
  std::string text;
  for (const Band& band : bands) {
    if (&band == &bands.front() || !says_nothing(band, row)) text += print_band(band, row);
  }
  return text;
}

std::string print_titles(const std::vector<TableColumn>& columns, const std::vector<Band>& bands,
                         const Style& style) {
  Cells titles;
  for (const TableColumn& column : columns) titles.emplace_back(column.title);
  if (std::ranges::all_of(titles, &std::string::empty)) return {};
  std::string text;
  for_each_line(print_row(bands, titles),
                [&](std::string_view line, std::size_t) { text += style.bold(line) + "\n"; });
  return text;
}

}  // namespace

std::string Table::print(const Style& style) const {
  if (rows_.empty()) return {};
  const std::size_t below = indent_ + indent_below;
  const std::size_t most = style.width() - std::min(style.width(), below);
  const std::vector<Band> bands = bands_of(sized(columns_, rows_, most), indent_, style.width());
  std::string text = print_titles(columns_, bands, style);
  for (const Cells& row : rows_) text += print_row(bands, row);
  return text;
}

}  // namespace kmodsec
