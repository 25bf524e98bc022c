// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace kmodsec {

/// Something that brings lines as they are made.
class RecordSource {
 public:
  RecordSource() = default;
  RecordSource(const RecordSource&) = delete;
  RecordSource(RecordSource&&) = delete;
  RecordSource& operator=(const RecordSource&) = delete;
  RecordSource& operator=(RecordSource&&) = delete;
  virtual ~RecordSource() = default;

  /// The next bytes, or none when none came for so long; without a limit it waits for good.
  virtual Result<std::string> next(std::optional<std::chrono::milliseconds> patience) = 0;

  /// What went wrong since it was asked last, and did not end it; empty when nothing did.
  virtual std::string trouble() = 0;
};

}  // namespace kmodsec
