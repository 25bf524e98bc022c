// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "model/facts.hpp"

namespace kmodsec::test {

/// Facts that no kernel need ever have shown, for laws that hold of any. The same seed gives the
/// same facts. Names of loaded modules, and of the files of one tree, are all different; a file's
/// own name is the one that it lies under.
class RandomFacts {
 public:
  explicit RandomFacts(std::uint32_t seed) : engine_(seed) {}

  Facts facts();

  /// Any bytes at all.
  std::string bytes(std::size_t longest = 24);
  /// Valid UTF-8 that would move a cursor, turn a line round or break it.
  std::string text();
  std::uint64_t below(std::uint64_t limit) { return engine_() % limit; }
  bool chance(std::uint64_t in) { return below(in) == 0; }

  template <class T>
  T one_of(std::initializer_list<T> values) {
    return values.begin()[below(values.size())];
  }
  template <class T>
  void shuffle(std::vector<T>& values) {
    std::ranges::shuffle(values, engine_);
  }

 private:
  template <class T>
  Seen<T> seen(T value) {
    if (chance(8)) return std::unexpected(error());
    return value;
  }
  template <class Make>
  auto several(Make make) {
    std::vector<decltype(make())> made(below(4));
    for (auto& item : made) item = make();
    return made;
  }
  bool flip() { return chance(2); }
  std::string name() { return text() + std::to_string(++names_); }

  Error error();
  std::uint64_t taint();
  Ownership ownership();
  Unseen gap() { return {text(), text()}; }
  InfoField field();
  Signature signature();
  SignerMatch signer_match();
  SignerCheck signer_check();
  std::string need();
  std::string fingerprint();
  Certificate certificate();
  TrustSources trust();
  Keyring keyring();
  LoadedIdentity identity();
  LoadedModule loaded_module(std::string name);
  ModuleFile file(std::string name);
  PackageClaim claim();
  InstallProgram install_program();
  HostProgram host_program();
  ModuleTree tree(std::string release, const std::vector<std::string>& names);
  KernelState kernel();
  std::vector<std::string> words();
  ConfigLine config_line(const std::vector<std::string>& names);
  LoadRequest load_request(const std::vector<std::string>& names);
  AccessSettings access();
  LoadConfig load_config(const std::vector<std::string>& names);
  InitramfsImage boot_image(const std::vector<std::string>& names);
  InitramfsImage boot_image_of(std::string path, const std::vector<std::string>& names);
  ModprobeHelper helper();
  KernelConfig config();
  Policy policy();
  Requester requester();
  UsedModule used_module();
  StoppedLoad stopped_load();
  UsageRecord usage_record();

  std::mt19937 engine_;
  std::uint64_t names_ = 0;
};

}  // namespace kmodsec::test
