// SPDX-License-Identifier: GPL-2.0-or-later
#include "system/modules/libkmod_loader.hpp"

#include <dlfcn.h>
#include <libkmod.h>

#include <cerrno>
#include <cstdarg>
#include <string_view>
#include <utility>

#include "system/modules/module_errors.hpp"

namespace kmodsec {
namespace {

constexpr const char* library = "libkmod.so.2";

void say_nothing(void*, int, const char*, int, const char*, const char*, va_list) {}

int run_no_command(kmod_module*, const char*, void*) { return -ECANCELED; }

template <class Function>
bool find_function(void* handle, const char* name, Function*& function) {
  function = reinterpret_cast<Function*>(::dlsym(handle, name));
  return function != nullptr;
}

}  // namespace

/// Opened when it is needed: linked, it and its libraries would double the start of every verb.
struct LibkmodLoader::Libkmod {
  void* handle = nullptr;
  kmod_ctx* context = nullptr;
  decltype(kmod_new)* create = nullptr;
  decltype(kmod_unref)* unref = nullptr;
  decltype(kmod_set_log_fn)* set_log = nullptr;
  decltype(kmod_module_new_from_lookup)* look_up = nullptr;
  decltype(kmod_module_new_from_name)* by_name = nullptr;
  decltype(kmod_list_next)* next = nullptr;
  decltype(kmod_module_get_module)* module_of = nullptr;
  decltype(kmod_module_get_name)* name_of = nullptr;
  decltype(kmod_module_unref)* unref_module = nullptr;
  decltype(kmod_module_unref_list)* unref_list = nullptr;
  decltype(kmod_module_probe_insert_module)* probe = nullptr;
  decltype(kmod_module_remove_module)* remove = nullptr;

  Libkmod() = default;
  Libkmod(const Libkmod&) = delete;
  Libkmod& operator=(const Libkmod&) = delete;
  Libkmod(Libkmod&&) = delete;
  Libkmod& operator=(Libkmod&&) = delete;
  ~Libkmod() {
    if (context != nullptr) unref(context);
    if (handle != nullptr) ::dlclose(handle);
  }

  bool open() {
    handle = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr || !find_functions()) return false;
    context = create(nullptr, nullptr);
    if (context == nullptr) return false;
    set_log(context, say_nothing, nullptr);
    return true;
  }

  bool find_functions() {
    return find_function(handle, "kmod_new", create) &&
           find_function(handle, "kmod_unref", unref) &&
           find_function(handle, "kmod_set_log_fn", set_log) &&
           find_function(handle, "kmod_module_new_from_lookup", look_up) &&
           find_function(handle, "kmod_module_new_from_name", by_name) &&
           find_function(handle, "kmod_list_next", next) &&
           find_function(handle, "kmod_module_get_module", module_of) &&
           find_function(handle, "kmod_module_get_name", name_of) &&
           find_function(handle, "kmod_module_unref", unref_module) &&
           find_function(handle, "kmod_module_unref_list", unref_list) &&
           find_function(handle, "kmod_module_probe_insert_module", probe) &&
           find_function(handle, "kmod_module_remove_module", remove);
  }

  /// Whether every entry of the list is this module: more aliases than one can lead to it.
  bool is_all(const kmod_list* list, std::string_view module) const {
    for (const kmod_list* entry = list; entry != nullptr; entry = next(list, entry)) {
      kmod_module* one = module_of(entry);
      const bool same = name_of(one) == module;
      unref_module(one);
      if (!same) return false;
    }
    return list != nullptr;
  }

  int insert_first(const kmod_list* list, const std::string& parameters) const {
    kmod_module* module = module_of(list);
    const int answer = probe(module, KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY, parameters.c_str(),
                             run_no_command, nullptr, nullptr);
    unref_module(module);
    return answer;
  }
};

LibkmodLoader::LibkmodLoader(std::unique_ptr<Libkmod> libkmod) : libkmod_(std::move(libkmod)) {}
LibkmodLoader::LibkmodLoader(LibkmodLoader&&) noexcept = default;
LibkmodLoader& LibkmodLoader::operator=(LibkmodLoader&&) noexcept = default;
LibkmodLoader::~LibkmodLoader() = default;

Result<LibkmodLoader> LibkmodLoader::open(RunningSystem /*system*/) {
  auto libkmod = std::make_unique<Libkmod>();
  if (!libkmod->open())
    return failure(ErrorKind::unsupported, library, "cannot be used: it comes with modprobe");
  return LibkmodLoader(std::move(libkmod));
}

Result<void> LibkmodLoader::load(const std::string& request, const std::string& module,
                                 const std::string& parameters) const {
  kmod_list* list = nullptr;
  const int found = libkmod_->look_up(libkmod_->context, request.c_str(), &list);
  if (found < 0) return load_error(module, -found);
  const bool is_as_foreseen = libkmod_->is_all(list, module);
  const int answer = is_as_foreseen ? libkmod_->insert_first(list, parameters) : 0;
  libkmod_->unref_list(list);
  if (!is_as_foreseen || answer > 0)
    return failure(ErrorKind::io, module, "the configuration was changed meanwhile");
  if (answer < 0) return load_error(module, -answer);
  return {};
}

Result<void> LibkmodLoader::unload(const std::string& module) const {
  kmod_module* found = nullptr;
  const int known = libkmod_->by_name(libkmod_->context, module.c_str(), &found);
  if (known < 0) return unload_error(module, -known);
  const int answer = libkmod_->remove(found, KMOD_REMOVE_NOWAIT);
  libkmod_->unref_module(found);
  if (answer < 0) return unload_error(module, -answer);
  return {};
}

}  // namespace kmodsec
