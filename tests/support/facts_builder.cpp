// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/facts_builder.hpp"

#include <algorithm>
#include <stdexcept>

#include "analyze/audit.hpp"

namespace kmodsec::test {

Facts healthy_machine() {
  Facts facts;
  facts.live = true;
  KernelState& kernel = facts.kernel;
  kernel.release = "6.1.0-test";
  kernel.version = "#1 SMP";
  kernel.arch = "x86_64";
  kernel.modules_supported = true;
  kernel.modules_disabled = false;
  kernel.sig_enforce = true;
  kernel.lockdown = Lockdown::integrity;
  kernel.secure_boot = SecureBoot::enabled;
  kernel.taint = 0;
  kernel.modprobe_helper = ModprobeHelper{.path = "/sbin/modprobe",
                                          .resolved = "/usr/bin/kmod",
                                          .guards = {{"/usr/bin/kmod", 0755, 0, 0}}};
  kernel.config = KernelConfig{{"CONFIG_MODULE_SIG", "y"}};
  kernel.kexec_load_disabled = false;
  kernel.command_line = "quiet";
  kernel.security_modules = std::vector<std::string>{"lockdown"};
  kernel.log = std::vector<KernelLogLine>{};
  kernel.keyrings = std::vector<Keyring>{{".builtin_trusted_keys", 1}};
  facts.loaded = std::vector<LoadedModule>{};
  facts.holders = std::vector<Holder>{};
  facts.writable = WritablePaths{};
  facts.hidden = HiddenFiles{};
  facts.options = std::vector<OptionsLine>{};
  facts.policy = Policy{};

  ModuleTree tree;
  tree.release = *kernel.release;
  tree.folder = "/lib/modules/" + tree.release;
  tree.files = std::vector<ModuleFile>{};
  facts.trees.push_back(std::move(tree));
  add_loaded(facts, "dummy");
  return facts;
}

LoadedModule& add_loaded(Facts& facts, const std::string& name, const std::string& taint) {
  ModuleFile file;
  file.name = name;
  file.path = facts.trees.front().folder + "/kernel/" + name + ".ko";
  file.size = 4096;
  file.compression = "none";
  ModuleContent content;
  content.info = {{"license", "GPL"}, {"name", name}};
  content.own_name = name;
  content.signature = {
      .status = SignatureStatus::unknown, .reason = "present, not verified", .id_type = "PKCS#7"};
  file.content = std::move(content);
  file.digests = FileDigests{"00ff", "11ee"};
  file.package = PackageClaim{"linux-image-test", "6.1-1", PackageLevel::db_match};
  facts.trees.front().files->push_back(std::move(file));

  LoadedModule module;
  module.name = name;
  module.size = 16384;
  module.refcount = 0;
  module.state = "Live";
  module.taint = taint;
  return facts.loaded->emplace_back(std::move(module));
}

ModuleFile& file_of(Facts& facts, const std::string& name) {
  auto& files = *facts.trees.front().files;
  const auto file = std::ranges::find(files, name, &ModuleFile::name);
  if (file == files.end()) throw std::logic_error("no such file in the test's facts: " + name);
  return *file;
}

Verdict verdict_of(std::string_view id, const Facts& facts) {
  for (CheckResult& result : audit(facts).results) {
    if (result.check->id == id) return std::move(result.verdict);
  }
  throw std::logic_error("no such check: " + std::string(id));
}

}  // namespace kmodsec::test
