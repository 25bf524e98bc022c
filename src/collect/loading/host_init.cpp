// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/loading/host_init.hpp"

#include <array>
#include <optional>
#include <string>

#include "base/path.hpp"
#include "base/text.hpp"
#include "collect/limits.hpp"
#include "collect/paths.hpp"
#include "format/kernel/kernel_command_line.hpp"

namespace kmodsec {
namespace {

struct Program {
  std::string_view name;
  InitSystem init;
};

constexpr std::array programs = {
    Program{"systemd", InitSystem::systemd},  Program{"openrc-init", InitSystem::openrc},
    Program{"runit-init", InitSystem::runit}, Program{"runit", InitSystem::runit},
    Program{"dinit", InitSystem::dinit},      Program{"busybox", InitSystem::busybox},
    Program{"init", InitSystem::sysvinit}};

/// Where the kernel looks, in its order (linux: init/main.c, kernel_init).
constexpr std::array<std::string_view, 3> places = {"/sbin/init", "/etc/init", "/bin/init"};

struct Installed {
  std::string_view path;
  InitSystem init;
};

constexpr std::array installed_programs = {
    Installed{"/usr/lib/systemd/systemd", InitSystem::systemd},
    Installed{"/lib/systemd/systemd", InitSystem::systemd},
    Installed{"/sbin/openrc", InitSystem::openrc}, Installed{"/usr/bin/openrc", InitSystem::openrc},
    Installed{"/etc/runit/1", InitSystem::runit}};

InitSystem init_of(std::string_view path) {
  for (const Program& program : programs) {
    if (file_name(path) == program.name) return program.init;
  }
  return InitSystem::unknown;
}

/// The init of busybox and that of System V start what /etc/inittab says: OpenRC, often.
HostInit init_of_inittab(const Root& root, HostInit init) {
  const std::string path = "/etc/inittab";
  const auto text = root.read(path, configuration_limit);
  if (!text && text.error().kind != ErrorKind::not_found)
    return {InitSystem::unknown, path + ": " + text.error().reason};
  if (text && text->contains("openrc")) return {InitSystem::openrc, path};
  return init;
}

std::string asked_for(std::string_view command_line) {
  std::string path;
  for (const KernelParameter& parameter : parse_kernel_command_line(command_line)) {
    if (parameter.key == "init" && parameter.has_value && !parameter.for_init)
      path = parameter.value;
  }
  return path;
}

/// Nothing where there is no such file.
std::optional<HostInit> init_at(const Root& root, const std::string& path) {
  const auto status = root.link_status(path);
  if (!status && status.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!status) return HostInit{InitSystem::unknown, utf8_text(path) + ": " + status.error().reason};
  const auto end = way_to(root, path).end;
  // A link to what was not captured still has its name.
  const std::string program = end ? *end : root.read_link(path).value_or(path);
  const InitSystem init = init_of(program);
  if (init == InitSystem::unknown)
    return HostInit{init, utf8_text(path) + " is " + utf8_text(program)};
  if (init == InitSystem::sysvinit || init == InitSystem::busybox)
    return init_of_inittab(root, {init, utf8_text(path)});
  return HostInit{init, utf8_text(path)};
}

/// Where nothing shows which one is started, the only one that is there.
HostInit installed_init(const Root& root) {
  HostInit found{InitSystem::unknown, "no /sbin/init was seen"};
  for (const Installed& program : installed_programs) {
    if (!root.link_status(program.path) || found.system == program.init) continue;
    if (found.system != InitSystem::unknown)
      return {InitSystem::unknown, "no /sbin/init was seen, and more than one is installed"};
    found = {program.init, std::string(program.path)};
  }
  return found;
}

}  // namespace

HostInit collect_host_init(const Root& root, std::string_view command_line) {
  const std::string running = "/run/systemd/system";
  if (const auto status = root.status(running); status && status->type == FileType::directory)
    return {InitSystem::systemd, running};
  if (const std::string path = asked_for(command_line); path.starts_with('/')) {
    if (const auto init = init_at(root, path)) return *init;
  }
  for (const std::string_view path : places) {
    if (const auto init = init_at(root, std::string(path))) return *init;
  }
  return installed_init(root);
}

}  // namespace kmodsec
