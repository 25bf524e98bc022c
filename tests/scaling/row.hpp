// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace kmodsec::scaling {

/// One reader, or an analysis of what a reader made.
struct Row {
  std::string_view name;
  std::size_t
      size;  ///< How many lines, sections, members, ...; the test takes eight times as many too.

  /// Makes an input of that size, and gives back the work on it, which alone is counted.
  std::function<void()> (*prepare)(std::size_t size);
};

/// Text out of a line for each number from 0.
template <class Line>
std::string lines(std::size_t count, Line line) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += line(i);
  return text;
}

std::span<const Row> index_rows();
std::span<const Row> kernel_rows();
std::span<const Row> host_rows();
std::span<const Row> analysis_rows();

}  // namespace kmodsec::scaling
