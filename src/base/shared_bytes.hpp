// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace kmodsec {

/// Bytes that stay in memory as long as anybody holds them, or a part of them. Never changed.
class SharedBytes {
 public:
  SharedBytes() = default;
  explicit SharedBytes(std::string bytes)
      : whole_(std::make_shared<const std::string>(std::move(bytes))), view_(*whole_) {}

  std::string_view view() const { return view_; }
  std::size_t size() const { return view_.size(); }

  /// How many hold them, or a part of them.
  long use_count() const { return whole_.use_count(); }

  /// `part` is a piece of view().
  SharedBytes share(std::string_view part) const {
    SharedBytes shared = *this;
    shared.view_ = part;
    return shared;
  }

 private:
  std::shared_ptr<const std::string> whole_;
  std::string_view view_;
};

}  // namespace kmodsec
