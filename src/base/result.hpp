// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace kmodsec {

/// Why something failed, as a closed list: callers branch on it, users read `Error::reason`.
enum class ErrorKind { not_found, denied, malformed, too_large, unsupported, io, usage };

/// A failure as a value: the thing, and what was wrong with it.
struct Error {
  ErrorKind kind = ErrorKind::io;
  std::string subject;
  std::string reason;

  bool operator==(const Error&) const = default;
};

/// A value, or the reason why there is none.
template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> failure(ErrorKind kind, std::string subject, std::string reason) {
  return std::unexpected(Error{kind, std::move(subject), std::move(reason)});
}

/// "subject: reason", the form in which every error of the program is shown.
inline std::string to_string(const Error& error) {
  return error.subject.empty() ? error.reason : error.subject + ": " + error.reason;
}

}  // namespace kmodsec
