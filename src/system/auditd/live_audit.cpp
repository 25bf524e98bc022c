// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/auditd/live_audit.hpp"

#include <libaudit.h>
#include <poll.h>

#include <cerrno>

#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

constexpr const char* audit_subject = "audit";
constexpr int patience_ms = 3000;
constexpr std::size_t most_rules = 100'000;

Result<Descriptor> open_audit() {
  const int fd = ::audit_open();
  if (fd >= 0) return Descriptor(fd);
  if (errno == EPROTONOSUPPORT || errno == EAFNOSUPPORT || errno == EINVAL)
    return failure(ErrorKind::unsupported, audit_subject, "this kernel has no audit system");
  return errno_error(audit_subject, errno);
}

/// The next answer. The kernel's namespaces refuse with ECONNREFUSED.
Result<audit_reply> next_reply(int fd) {
  pollfd wait{.fd = fd, .events = POLLIN, .revents = 0};
  if (::poll(&wait, 1, patience_ms) != 1)
    return failure(ErrorKind::io, audit_subject, "the kernel did not answer");
  audit_reply reply{};
  const int got = ::audit_get_reply(fd, &reply, GET_REPLY_NONBLOCKING, 0);
  if (got <= 0) return errno_error(audit_subject, got == 0 ? EIO : -got);
  if (reply.type == NLMSG_ERROR && reply.error->error != 0)
    return errno_error(audit_subject, -reply.error->error);
  return reply;
}

std::unexpected<Error> refused(int code) {
  if (code == ECONNREFUSED)
    return failure(ErrorKind::denied, audit_subject, "cannot be seen from inside a container");
  return errno_error(audit_subject, code);
}

}  // namespace

Result<LiveAuditStatus> live_audit_status() {
  const auto socket = open_audit();
  if (!socket) return std::unexpected(socket.error());
  if (const int sent = ::audit_request_status(socket->get()); sent < 0) return refused(-sent);
  for (;;) {
    const auto reply = next_reply(socket->get());
    if (!reply) return std::unexpected(reply.error());
    if (reply->type != AUDIT_GET) continue;
    const audit_status& status = *reply->status;
    return LiveAuditStatus{status.enabled, status.pid, status.lost, status.backlog_limit,
                           status.rate_limit};
  }
}

Result<std::vector<std::string>> live_audit_rules() {
  const auto socket = open_audit();
  if (!socket) return std::unexpected(socket.error());
  if (const int sent = ::audit_request_rules_list_data(socket->get()); sent < 0)
    return refused(-sent);
  std::vector<std::string> rules;
  while (rules.size() < most_rules) {
    const auto reply = next_reply(socket->get());
    if (!reply) return std::unexpected(reply.error());
    if (reply->type == NLMSG_DONE) return rules;
    if (reply->type != AUDIT_LIST_RULES) continue;
    const auto* start = static_cast<const char*>(NLMSG_DATA(&reply->msg.nlh));
    const std::size_t size = NLMSG_PAYLOAD(&reply->msg.nlh, 0);
    rules.emplace_back(start, size);
  }
  return failure(ErrorKind::too_large, audit_subject, "too many rules");
}

}  // namespace kmodsec
