// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/auditd/audit_multicast.hpp"

#include <libaudit.h>
#include <linux/netlink.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "system/files/descriptor.hpp"
#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

constexpr const char* subject = "audit";
constexpr int receive_buffer = 8 * 1024 * 1024;

std::string type_name(int type) {
  const char* name = ::audit_msg_type_to_name(type);
  return name == nullptr ? "UNKNOWN[" + std::to_string(type) + "]" : std::string(name);
}

/// As auditd writes it: the kernel's text begins with "audit(TIME:SERIAL): ".
std::string line_of(const nlmsghdr& header, std::string_view text) {
  while (!text.empty() && (text.back() == '\0' || text.back() == '\n')) text.remove_suffix(1);
  return "type=" + type_name(header.nlmsg_type) + " msg=" + std::string(text) + "\n";
}

class AuditMulticast final : public RecordSource {
 public:
  explicit AuditMulticast(Descriptor socket) : socket_(std::move(socket)) {}

  Result<std::string> next(std::optional<std::chrono::milliseconds> patience) override {
    pollfd wait{.fd = socket_.get(), .events = POLLIN, .revents = 0};
    const int ready = ::poll(&wait, 1, patience ? static_cast<int>(patience->count()) : -1);
    if (ready < 0 && errno != EINTR) return errno_error(subject);
    if (ready <= 0) return std::string{};
    return receive();
  }

  std::string trouble() override { return std::exchange(trouble_, {}); }

 private:
  Result<std::string> receive() {
    const ssize_t size = ::recv(socket_.get(), buffer_.data(), buffer_.size(), 0);
    if (size < 0 && errno == ENOBUFS) {
      trouble_ = "records came faster than they were read: some are lost";
      return std::string{};
    }
    if (size < 0) return errno == EINTR ? Result<std::string>{""} : errno_error(subject);
    const std::string_view bytes(buffer_.data(), static_cast<std::size_t>(size));
    if (bytes.size() < sizeof(nlmsghdr)) return std::string{};
    nlmsghdr header{};
    bytes.copy(reinterpret_cast<char*>(&header), sizeof header);
    return line_of(header, bytes.substr(NLMSG_HDRLEN));
  }

  Descriptor socket_;
  std::array<char, 16384> buffer_{};
  std::string trouble_;
};

}  // namespace

Result<std::unique_ptr<RecordSource>> listen_to_audit() {
  Descriptor fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_AUDIT));
  if (!fd.is_open()) return errno_error(subject);
  sockaddr_nl address{};
  address.nl_family = AF_NETLINK;
  address.nl_groups = 1U << (AUDIT_NLGRP_READLOG - 1);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer, sizeof receive_buffer);
  if (::bind(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    return errno_error(subject);
  return std::make_unique<AuditMulticast>(std::move(fd));
}

}  // namespace kmodsec
