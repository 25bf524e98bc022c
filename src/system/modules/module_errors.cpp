// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/modules/module_errors.hpp"

#include <algorithm>
#include <cerrno>
#include <span>
#include <string>

#include <fmt/format.h>

#include "system/files/errno_error.hpp"

namespace kmodsec {
namespace {

struct Explanation {
  int code;
  std::string_view name;
  std::string_view words;
};

/// linux: kernel/module/main.c, kernel/module/signing.c, kernel/module/version.c, kernel/params.c.
constexpr Explanation of_loading[] = {
    {EPERM, "EPERM",
     "the kernel does not permit it: not root of the host, lockdown, module_blacklist=, "
     "modules_disabled or a security module"},
    {EACCES, "EACCES", "its file may not be read"},
    {ENOKEY, "ENOKEY", "its signature was made with a key that this kernel does not trust"},
    {EKEYREJECTED, "EKEYREJECTED",
     "the kernel rejects its signature: it has none, none of a trusted key, or one that does not "
     "fit"},
    {EBADMSG, "EBADMSG", "what is appended to it is not a signature that the kernel can read"},
    {ENOPKG, "ENOPKG", "its signature needs an algorithm that this kernel does not have"},
    {EEXIST, "EEXIST", "it is loaded already"},
    {ENOEXEC, "ENOEXEC",
     "it is not a module for this kernel: it was built for another one, or the file is damaged"},
    {EINVAL, "EINVAL", "it does not take the value of a parameter, or its file is damaged"},
    {ENOENT, "ENOENT", "it, or a symbol that it needs, is not there"},
    {ESRCH, "ESRCH", "it was built for another version of a symbol that it needs"},
    {ENODEV, "ENODEV", "the device that it is for is not there"},
    {EBUSY, "EBUSY", "something that it wants is taken already, or it is just being unloaded"},
    {ENOSPC, "ENOSPC", "the value of a parameter is longer than the kernel takes"},
    {ENOMEM, "ENOMEM", "the kernel has no memory for it"},
    {ECANCELED, "ECANCELED", "an install command takes its place, and kmodsec runs none"},
};

constexpr Explanation of_unloading[] = {
    {EPERM, "EPERM",
     "the kernel does not permit it: not root of the host, modules_disabled or a security module"},
    {EWOULDBLOCK, "EWOULDBLOCK", "it is in use"},
    {EBUSY, "EBUSY", "it has no exit function, or is just being loaded or unloaded"},
    {ENOENT, "ENOENT", "it is not loaded"},
};

std::unexpected<Error> explain(std::span<const Explanation> known, std::string_view module,
                               int code) {
  auto error = errno_error(module, code);
  const auto found = std::ranges::find(known, code, &Explanation::code);
  if (found == known.end()) return error;
  return failure(error.error().kind, error.error().subject,
                 fmt::format("{} ({})", found->words, found->name));
}

}  // namespace

std::unexpected<Error> load_error(std::string_view module, int code) {
  return explain(of_loading, module, code);
}

std::unexpected<Error> unload_error(std::string_view module, int code) {
  return explain(of_unloading, module, code);
}

}  // namespace kmodsec
