// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/files/errno_error.hpp"

#include <algorithm>
#include <cctype>
#include <system_error>

#include "base/text.hpp"

namespace kmodsec {
namespace {

ErrorKind kind_of(int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR: return ErrorKind::not_found;
    case EACCES:
    case EPERM: return ErrorKind::denied;
    case ENOSYS:
    case EOPNOTSUPP: return ErrorKind::unsupported;
    case EFBIG: return ErrorKind::too_large;
    default: return ErrorKind::io;
  }
}

}  // namespace

std::unexpected<Error> errno_error(std::string_view subject, int code) {
  std::string reason = std::generic_category().message(code);
  if (!reason.empty())
    reason[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(reason[0])));
  return failure(kind_of(code), utf8_text(subject), std::move(reason));
}

}  // namespace kmodsec
