// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <utility>

#include "base/result.hpp"

namespace kmodsec {

/// A fact: a value, or the reason why it was not seen. It starts as "not collected", so that a
/// fact nobody filled in can never be taken for a clean one.
template <class T>
class Seen : public Result<T> {
  using Base = Result<T>;

 public:
  using Base::Base;
  Seen() : Base(std::unexpect, Error{ErrorKind::not_found, "", "not collected"}) {}
  Seen(Result<T> result) : Base(std::move(result)) {}
};

}  // namespace kmodsec
