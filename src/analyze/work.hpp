// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/result.hpp"

namespace kmodsec {

/// An analysis was given up, as its answer could only have been a part. Whoever asked for it tells
/// that as a gap: the runner of checks for one check, `run` for a whole verb.
class TooMuchWork : public std::runtime_error {
 public:
  explicit TooMuchWork(Error error)
      : std::runtime_error(to_string(error)), error_(std::move(error)) {}

  const Error& error() const { return error_; }

 private:
  Error error_;
};

/// What one analysis may cost where two sizes that others choose are multiplied: patterns by the
/// names held against them, modules by what each brings in.
class Work {
 public:
  /// `subject` is what the gap names.
  explicit Work(std::string subject) : subject_(std::move(subject)) {}

  /// Throws TooMuchWork when more than `most_steps` were taken.
  void spend(std::size_t steps) {
    spent_ += steps;
    if (spent_ > most_steps)
      throw TooMuchWork(
          {ErrorKind::too_large, subject_, "more patterns or dependencies than can be followed"});
  }

 private:
  /// A step is some 50 ns. All load paths of a Debian with 4,000 modules take 200,000 of them.
  static constexpr std::size_t most_steps = 20'000'000;

  std::string subject_;
  std::size_t spent_ = 0;
};

}  // namespace kmodsec
