// SPDX-License-Identifier: GPL-2.0-or-later
#include "collect/collect.hpp"

#include <algorithm>
#include <functional>
#include <future>
#include <iterator>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "collect/auditd/audit_log.hpp"
#include "collect/auditd/auditd.hpp"
#include "collect/baseline/baseline_status.hpp"
#include "collect/boot/boot_files.hpp"
#include "collect/boot/initramfs_images.hpp"
#include "collect/cves/kernel_changelog.hpp"
#include "collect/host/absence.hpp"
#include "collect/host/distribution.hpp"
#include "collect/host/folders.hpp"
#include "collect/host/host_identity.hpp"
#include "collect/host/masked_paths.hpp"
#include "collect/kernel/host_tools.hpp"
#include "collect/kernel_state.hpp"
#include "collect/loading/access.hpp"
#include "collect/loading/host_programs.hpp"
#include "collect/loading/index_config.hpp"
#include "collect/loading/load_config.hpp"
#include "collect/modules/loaded_modules.hpp"
#include "collect/modules/module_tree.hpp"
#include "collect/modules/module_users.hpp"
#include "collect/modules/writable.hpp"
#include "collect/paths.hpp"
#include "collect/policy/policy.hpp"
#include "collect/signatures/kernel_image.hpp"
#include "collect/signatures/trust_sources.hpp"
#include "collect/usage/boot_needs.hpp"
#include "collect/usage/usage.hpp"

namespace kmodsec {
namespace {

/// Which releases are asked for: the named one, the live one, or all that are installed.
Result<std::vector<std::string>> wanted_kernels(const CollectScope& scope, const Facts& facts) {
  if (scope.kernel.empty() && facts.kernel.release)
    return std::vector<std::string>{*facts.kernel.release};
  const auto& installed = facts.installed;
  if (scope.kernel.empty() || !installed) return installed;
  if (std::ranges::find(*installed, scope.kernel) != installed->end())
    return std::vector<std::string>{scope.kernel};
  const auto hint = nearest(scope.kernel, *installed);
  return failure(
      ErrorKind::usage, scope.kernel,
      "no such kernel is installed" + (hint ? "; did you mean " + *hint + "?" : std::string{}));
}

bool is_asked_about(const CollectScope& scope, const LoadedModule& module) {
  return scope.files != FileScope::named ||
         std::ranges::find(scope.names, module.name) != scope.names.end();
}

std::vector<LoadedModule> modules_asked_about(const CollectScope& scope,
                                              const std::vector<LoadedModule>& loaded) {
  std::vector<LoadedModule> modules;
  std::ranges::copy_if(loaded, std::back_inserter(modules),
                       [&](const LoadedModule& module) { return is_asked_about(scope, module); });
  return modules;
}

void collect_live(const Root& root, const CollectScope& scope, Facts& facts) {
  const auto& supported = facts.kernel.modules_supported;
  facts.loaded = supported ? collect_loaded_modules(root, facts.unseen_loaded)
                           : std::unexpected(supported.error());
  if (scope.has_any({Part::posture, Part::signatures})) collect_kernel_trust(root, facts.kernel);
  if (scope.has(Part::posture)) collect_kernel_posture(root, facts.kernel);
  if (!facts.loaded) return;
  for (LoadedModule& module : *facts.loaded) {
    if (!is_asked_about(scope, module)) continue;
    if (scope.has(Part::parameters)) collect_parameters(root, module);
    if (scope.has(Part::identity)) collect_identity(root, module);
  }
}

/// Of a disk nothing is loaded; of a part of a host nobody knows.
std::unexpected<Error> why_none_loaded(const Root& root) {
  if (const auto doubt = doubt_about_no_kernel_state(root)) return std::unexpected(*doubt);
  return failure(ErrorKind::unsupported, "/proc/modules", "no kernel runs");
}

/// What boots the kernels of a machine, where that is asked for.
class Boots {
 public:
  Boots(const Root& root, const CollectScope& scope, const Facts& facts,
        const std::vector<std::string>& kernels) {
    if (!scope.has_any({Part::initramfs_images, Part::load_config})) return;
    std::vector<std::string> releases = facts.installed.value_or(std::vector<std::string>{});
    releases.insert(releases.end(), kernels.begin(), kernels.end());
    files_.emplace(root, releases, scope.has(Part::initramfs_images), scope.initramfs);
    if (const auto line = read_text(root, "/proc/cmdline"))
      running_ = BootCommandLine{*line, "/proc/cmdline", 1};
    running_release_ = facts.kernel.release;
  }

  const BootFiles& files() const { return *files_; }

  /// Those that decide: that of the kernel that runs, or those of its boot entries.
  std::vector<BootCommandLine> lines_of(const std::string& release) const {
    if (runs(release)) return {*running_};
    return files_->command_lines_of(release).command_lines;
  }

  void add_to(ModuleTree& tree, bool with_images) const {
    if (!files_) return;
    KernelBoot boot = files_->command_lines_of(tree.release);
    boot.runs = runs(tree.release);
    if (with_images) {
      if (auto images = files_->initramfs_files_of(tree.release))
        boot.unseen_images = std::move(images->unseen);
    }
    tree.boot = std::move(boot);
  }

 private:
  /// A line without the name of a kernel is that of whichever is looked at.
  bool runs(const std::string& release) const {
    return running_ && running_release_.value_or(release) == release;
  }

  std::optional<BootFiles> files_;
  std::optional<BootCommandLine> running_;
  Seen<std::string> running_release_;
};

/// What takes longest to read: it is read beside everything else. One for each tree, in order.
struct ReadMeanwhile {
  std::vector<std::future<Seen<KernelChangelog>>> changelogs;
  std::vector<std::future<Seen<std::vector<InitramfsImage>>>> images;

  /// The first at once, the others when it is done: each takes the memory of all its modules.
  void add_images(const Root& root, const Boots& boots, const std::string& release,
                  const CollectScope& scope) {
    const std::launch when = images.empty() ? std::launch::async : std::launch::deferred;
    images.push_back(collect_initramfs_images(root, boots.files(), release, boots.lines_of(release),
                                              scope, when));
  }

  void add_changelog(const Root& root, const std::string& release) {
    changelogs.push_back(
        std::async(std::launch::async, collect_kernel_changelog, std::cref(root), release));
  }

  void join(std::vector<ModuleTree>& trees) {
    for (std::size_t i = 0; i < changelogs.size(); ++i) trees.at(i).changelog = changelogs[i].get();
    for (std::size_t i = 0; i < images.size(); ++i) trees.at(i).initramfs_images = images[i].get();
  }
};

/// Certificates first: signatures are compared with them while the module files are read. An image
/// whose boot header does not say of which build it is has to be unpacked for it.
void collect_files(const Root& root, const std::vector<std::string>& kernels,
                   const CollectScope& scope, Facts& facts) {
  CertificatePool pool;
  const Cache cache("/var/cache/kmodsec");
  std::vector<Seen<KernelImageFile>> images(kernels.size());
  if (scope.has(Part::signatures)) {
    for (std::size_t i = 0; i < kernels.size(); ++i)
      images[i] = collect_kernel_image(root, kernels[i], cache, pool);
    facts.trust = collect_trust_sources(root, scope.certificates, pool);
  }
  for (std::size_t i = 0; i < kernels.size(); ++i) {
    facts.trees.push_back(
        collect_module_tree(root, kernels[i], scope, facts.loaded, pool.signers()));
    ModuleTree& tree = facts.trees.back();
    if (scope.has(Part::indexes)) collect_index_config(root, tree);
    tree.image = std::move(images[i]);
    if (!scope.has(Part::known_cves)) continue;
    tree.banner = collect_kernel_banner(root, kernels[i]);
    if (!tree.banner && !scope.has(Part::signatures))
      tree.image = collect_kernel_image(root, kernels[i], cache, pool);
  }
  const std::string release =
      scope.kernel.empty() ? facts.kernel.release.value_or("") : scope.kernel;
  facts.files = collect_module_files(root, release, scope.paths, scope, pool.signers());
}

/// What decides about loading once one of the others is booted. Their module files are not read.
void collect_other_kernels(const Root& root, const CollectScope& scope, const Boots& boots,
                           Facts& facts, ReadMeanwhile& meanwhile) {
  const CollectScope indexes{.parts = scope.parts & Parts{Part::indexes}};
  const auto is_known = [&](const std::string& release) {
    return std::ranges::find(facts.trees, release, &ModuleTree::release) != facts.trees.end();
  };
  for (const std::string& release : facts.installed.value_or(std::vector<std::string>{})) {
    if (is_known(release)) continue;
    facts.trees.push_back(collect_module_tree(root, release, indexes, {}, {}));
    if (scope.has(Part::indexes)) collect_index_config(root, facts.trees.back());
    if (scope.has(Part::initramfs_images)) meanwhile.add_images(root, boots, release, scope);
  }
}

/// What happened since the newest baseline, or in the last day.
void collect_audit_log_events(const Root& root, AuditLogJudge& judge, Facts& facts) {
  constexpr std::int64_t day = 24L * 60 * 60;
  const bool has_baseline = facts.baseline && facts.baseline->exists && facts.baseline->time > 0;
  const std::int64_t since = has_baseline ? facts.baseline->time : facts.time - day;
  facts.events = collect_audit_log(root, since, judge);
}

/// A machine has a kernel's state, a folder of modules, or at least a configuration.
bool is_machine(const Root& root) {
  constexpr auto signs = joined_paths(
      std::array<std::string_view, 2>{"/proc/sys/kernel/osrelease", "/etc"}, module_folders);
  return std::ranges::any_of(signs,
                             [&](std::string_view path) { return root.status(path).has_value(); });
}

/// Whether what the policy denies depends on it.
bool keeps_what_boot_needs(const Facts& facts) {
  return facts.policy && facts.policy->deny.autoload_by_users;
}

/// What the policy denies may depend on all that the host used and has.
CollectScope with_what_policy_asks(CollectScope scope, const Facts& facts) {
  if (facts.policy && facts.policy->deny.everything_else) scope.parts |= {Part::usage};
  return scope;
}

void collect_load_rules(const Root& root, const CollectScope& scope, Facts& facts) {
  facts.load = collect_load_config(root, built_in_modprobe(facts));
  if (!facts.load) {
    facts.programs = std::unexpected(facts.load.error());
    return;
  }
  std::vector<HostProgram> programs;
  if (scope.has(Part::packages)) programs = find_host_programs(root, facts.load->loader.path);
  collect_packages_of_programs(root, programs, facts.load->programs);
  if (scope.has(Part::packages)) facts.programs = std::move(programs);
}

}  // namespace

std::string built_in_modprobe(const Facts& facts) {
  std::vector<const Seen<KernelConfig>*> configs = {&facts.kernel.config};
  for (const ModuleTree& tree : facts.trees) configs.push_back(&tree.config);
  for (const Seen<KernelConfig>* config : configs) {
    if (!*config) continue;
    const auto option = (*config)->find("CONFIG_MODPROBE_PATH");
    if (option != (*config)->end()) return option->second;
  }
  return {};
}

Facts collect_identity_of_machine(const Root& root, std::int64_t now) {
  Facts facts;
  facts.time = now;
  facts.host = collect_host_identity(root);
  facts.kernel = collect_kernel_identity(root);
  return facts;
}

CollectScope whole_scope() { return {.files = FileScope::all, .parts = Parts::all()}; }

Result<Facts> collect(const Root& root, const CollectScope& asked, AuditLogJudge* judge) {
  if (!is_machine(root))
    return failure(ErrorKind::usage, "--root",
                   "no machine there: neither kernel state, modules nor /etc");
  Facts facts = collect_identity_of_machine(root, asked.now);
  if (asked.has(Part::posture)) facts.policy = collect_policy(root);
  facts.live = has_kernel_state(root);
  CollectScope scope = with_what_policy_asks(asked, facts);
  scope.files = settled(scope.files, facts.live);
  facts.installed = installed_kernels(root);
  const auto kernels = wanted_kernels(scope, facts);
  if (!kernels && kernels.error().kind == ErrorKind::usage) return std::unexpected(kernels.error());
  const auto releases = kernels.value_or(std::vector<std::string>{});
  const Boots boots(root, scope, facts, releases);
  ReadMeanwhile meanwhile;
  for (const std::string& release : releases) {
    if (scope.has(Part::initramfs_images)) meanwhile.add_images(root, boots, release, scope);
    if (scope.has(Part::known_cves)) meanwhile.add_changelog(root, release);
  }
  if (facts.live)
    collect_live(root, scope, facts);
  else
    facts.loaded = why_none_loaded(root);
  collect_files(root, releases, scope, facts);
  if (scope.has(Part::users) && facts.loaded && !facts.trees.empty())
    facts.users = collect_users(root, *facts.loaded, modules_asked_about(scope, *facts.loaded),
                                facts.trees.front().files);
  if (scope.has(Part::other_kernels) && scope.kernel.empty())
    collect_other_kernels(root, scope, boots, facts, meanwhile);
  if (scope.has(Part::known_cves)) facts.distribution = collect_distribution(root);
  if (scope.has(Part::writable)) facts.writable = collect_writable(root);
  if (scope.has(Part::masked)) facts.masked = collect_masked_paths(root);
  if (scope.has(Part::load_config)) collect_load_rules(root, scope, facts);
  if (scope.has(Part::load_config) && facts.live) facts.access = collect_access(root, facts.trees);
  if (scope.has(Part::baseline)) facts.baseline = collect_baseline_status(root);
  if (scope.has_any({Part::auditd, Part::changes}))
    facts.auditd = collect_auditd(root, facts.kernel.arch.value_or(""));
  if (scope.has(Part::auditd) && judge != nullptr) collect_audit_log_events(root, *judge, facts);
  if (scope.has(Part::changes)) facts.tools = collect_host_tools(root);
  if (scope.has(Part::usage)) collect_usage(root, facts);
  meanwhile.join(facts.trees);
  for (ModuleTree& tree : facts.trees) boots.add_to(tree, scope.has(Part::initramfs_images));
  if (scope.has_any({Part::changes, Part::usage}) || keeps_what_boot_needs(facts))
    collect_boot_needs(root, facts);
  return facts;
}

}  // namespace kmodsec
