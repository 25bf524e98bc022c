// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

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

/// Ends the test when a reader refuses its input: then it was not the whole of it that was counted.
template <class Read>
void must_be_read(const Read& read) {
  if constexpr (requires { read.error(); }) {
    if (read) return;
    fmt::print(stderr, "refused: {}\n", read.error().reason);
    std::abort();
  }
}

/// The work of a parser on a text.
template <auto parse>
std::function<void()> parsing(std::string text) {
  return [text = std::move(text)] { must_be_read(parse(text)); };
}

std::span<const Row> index_rows();
std::span<const Row> kernel_rows();
std::span<const Row> host_rows();
std::span<const Row> analysis_rows();

}  // namespace kmodsec::scaling
