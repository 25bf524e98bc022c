// SPDX-License-Identifier: GPL-2.0-or-later
#include "analyze/signatures/signature_verdicts.hpp"

#include <utility>

#include "analyze/signatures/trust.hpp"

namespace kmodsec {

bool refuses_always(KernelErrno error) {
  return error != KernelErrno::none && error != KernelErrno::enodata &&
         error != KernelErrno::enopkg && error != KernelErrno::enokey;
}

SignatureVerdict verdict(SignatureStatus status, std::string reason) {
  return {.status = status, .reason = std::move(reason), .keyring = {}, .certificate_source = {}};
}

SignatureVerdict malformed(std::string reason, KernelErrno error) {
  SignatureVerdict judged = verdict(SignatureStatus::malformed, std::move(reason));
  judged.is_fatal = refuses_always(error);
  return judged;
}

SignatureVerdict invalid(std::string reason) {
  SignatureVerdict judged = verdict(SignatureStatus::invalid, std::move(reason));
  judged.is_fatal = true;
  return judged;
}

Severity severity_of(SignatureStatus status) {
  switch (status) {
    case SignatureStatus::invalid:
    case SignatureStatus::revoked: return Severity::critical;
    case SignatureStatus::untrusted:
    case SignatureStatus::unsigned_:
    case SignatureStatus::malformed: return Severity::high;
    case SignatureStatus::valid:
    case SignatureStatus::unknown: return Severity::low;
  }
  return Severity::low;
}

}  // namespace kmodsec
