// SPDX-License-Identifier: GPL-2.0-or-later
#include "support/random_facts.hpp"

#include "base/text.hpp"

namespace kmodsec::test {

std::string RandomFacts::bytes(std::size_t longest) {
  std::string bytes(below(longest + 1), '\0');
  for (char& byte : bytes) byte = static_cast<char>(below(256));
  return bytes;
}

std::string RandomFacts::text() {
  if (chance(3)) return utf8_text(bytes());
  std::string text;
  for (std::uint64_t pieces = below(4); pieces > 0; --pieces)
    text += one_of({"dummy", "x", "/lib/modules/x", "kernel", "\n", "\033[2J", "\x7F", "\u0085",
                    "\u202E", "\u2066", "\u200B", "\u2028", "\U000E0041", "é", "\"", "\\", "\t"});
  return text;
}

Error RandomFacts::error() {
  return {one_of({ErrorKind::not_found, ErrorKind::denied, ErrorKind::malformed,
                  ErrorKind::too_large, ErrorKind::unsupported, ErrorKind::io, ErrorKind::usage}),
          text(), text()};
}

std::uint64_t RandomFacts::taint() {
  std::uint64_t mask = 0;
  for (std::uint64_t bits = below(4); bits > 0; --bits) mask |= std::uint64_t{1} << below(64);
  return mask;
}

Ownership RandomFacts::ownership() {
  return {one_of<std::string>({"/lib/modules/", "/etc/modprobe.d/", "/etc/modules", "/boot/",
                               "/usr/bin/kmod", ""}) +
              (flip() ? text() : ""),
          static_cast<std::uint32_t>(below(010000)),
          one_of({0U, 1000U}),
          one_of({0U, 1000U}),
          several([&] { return text(); }),
          chance(4) ? text() : "",
          chance(4) ? text() : ""};
}

InfoField RandomFacts::field() {
  return {one_of<std::string>({"license", "parm", "parmtype", "description", "alias", "depends",
                               "softdep", text()}),
          text()};
}

Signature RandomFacts::signature() {
  return {.form = one_of({SignatureForm::absent, SignatureForm::malformed, SignatureForm::present}),
          .reason = text(),
          .id_type = text(),
          .signer = text(),
          .key_id = text(),
          .hash_algorithm = one_of<std::string>({"sha256", "sha1", text()}),
          .digests = several([&] { return one_of<std::string>({"sha256", "sha1", text()}); }),
          .needs = several([&] { return need(); }),
          .value = chance(4) ? std::string(100, 'a') + text() + text() : text(),
          .checks = several([&] { return signer_check(); })};
}

SignerMatch RandomFacts::signer_match() {
  return {.outcome = one_of({SignerOutcome::unchecked, SignerOutcome::good, SignerOutcome::bad,
                             SignerOutcome::no_certificate, SignerOutcome::unavailable,
                             SignerOutcome::refused}),
          .certificate = fingerprint(),
          .through = several([&] { return fingerprint(); }),
          .reason = text(),
          .needs = several([&] { return need(); })};
}

SignerCheck RandomFacts::signer_check() {
  const SignerMatch first = signer_match();
  return {.outcome = first.outcome,
          .certificate = first.certificate,
          .through = first.through,
          .reason = first.reason,
          .needs = first.needs,
          .others = several([&] { return signer_match(); })};
}

std::string RandomFacts::need() {
  return one_of<std::string>({"md5", "sha1", "ecdsa", "ml-dsa", "no-authority-told", text()});
}

/// From so few that certificates, keys and revocations meet.
std::string RandomFacts::fingerprint() { return one_of<std::string>({"aa", "bb", "cc", ""}); }

Certificate RandomFacts::certificate() {
  const CertificateSource source{
      one_of({CertificateOrigin::kernel_image, CertificateOrigin::mok, CertificateOrigin::db,
              CertificateOrigin::kek, CertificateOrigin::given, CertificateOrigin::disk}),
      text()};
  return {.fingerprint = fingerprint(),
          .tbs_sha256 = fingerprint(),
          .subject = text(),
          .key_id = fingerprint(),
          .self_signed = flip(),
          .is_authority = chance(3) ? std::optional<bool>() : flip(),
          .signs_data = chance(3) ? std::optional<bool>() : flip(),
          .refused = chance(6) ? text() : "",
          .needs = several([&] { return need(); }),
          .sources = {source}};
}

TrustSources RandomFacts::trust() {
  const auto revocation = [&] {
    return Revocation{
        one_of({RevocationKind::certificate, RevocationKind::tbs, RevocationKind::file}),
        fingerprint(), text()};
  };
  return {.certificates = several([&] { return certificate(); }),
          .revocations = chance(3) ? several(revocation) : std::vector<Revocation>{},
          .signing_keys = several([&] {
            return SigningKey{text(), static_cast<unsigned>(below(010000)), one_of({0U, 1000U}),
                              fingerprint()};
          }),
          .switches = {.has_owner_list = seen(flip()),
                       .trusts_owner = seen(flip()),
                       .ignores_db = seen(flip())},
          .unseen = chance(4) ? several([&] { return gap(); }) : std::vector<Unseen>{}};
}

Keyring RandomFacts::keyring() {
  return {one_of<std::string>({".builtin_trusted_keys", ".machine", ".platform", text()}), below(9),
          seen(several([&] { return KernelKey{text(), fingerprint()}; }))};
}

LoadedIdentity RandomFacts::identity() {
  return {.build_id = seen(fingerprint()),
          .srcversion = seen(fingerprint()),
          .btf_sha256 = seen(fingerprint()),
          .sections = seen(several([&] { return text(); }))};
}

LoadedModule RandomFacts::loaded_module(std::string name) {
  LoadedModule module;
  module.name = std::move(name);
  module.size = below(1U << 30U);
  if (!chance(4)) module.refcount = below(3);
  module.used_by = several([&] { return text(); });
  module.permanent = chance(4);
  module.state = one_of({"Live", "Loading", "Unloading"});
  if (flip()) module.address = below(UINT64_MAX);
  module.taint = one_of({"", "", "OE", "P", "F", "C", "POE"});
  module.parameters = several([&] { return Parameter{text(), seen(text())}; });
  module.identity = identity();
  return module;
}

ModuleFile RandomFacts::file(std::string name) {
  ModuleContent content{.info = several([&] { return field(); }),
                        .own_name = flip() ? name : "",
                        .build_id = fingerprint(),
                        .btf_sha256 = fingerprint(),
                        .sections = several([&] { return text(); })};
  return {.path = "/" + text() + "/" + name,
          .name = std::move(name),
          .size = below(1U << 30U),
          .compression = one_of({"none", "gzip", "xz", "zstd"}),
          .content = seen(std::move(content)),
          .signature = seen(signature()),
          .module_sha256 = fingerprint(),
          .digests = seen(FileDigests{text(), text()}),
          .package = seen(claim())};
}

PackageClaim RandomFacts::claim() {
  return {
      text(), text(),
      one_of({PackageLevel::vendor_signed, PackageLevel::db_match, PackageLevel::owned_unverified,
              PackageLevel::generated, PackageLevel::unowned, PackageLevel::mismatch})};
}

InstallProgram RandomFacts::install_program() {
  return {.word = flip() ? text() : "/bin/false",
          .state = all_program_states.at(below(all_program_states.size())),
          .owners = several([&] { return ownership(); }),
          .owners_seen = flip(),
          .path = text(),
          .package = seen(claim())};
}

HostProgram RandomFacts::host_program() {
  return {.path = text(), .names = several([&] { return text(); }), .package = seen(claim())};
}

ModuleTree RandomFacts::tree(std::string release, const std::vector<std::string>& names) {
  std::vector<ModuleFile> files = several([&] { return file(name()); });
  for (const std::string& loaded : names) {
    if (!chance(4)) files.push_back(file(loaded));
  }
  ModuleTree tree;
  tree.release = std::move(release);
  tree.folder = text();
  tree.files = seen(std::move(files));
  tree.index = seen(several([&] {
    return IndexEntry{names.empty() ? text() : names[below(names.size())], text(), words()};
  }));
  tree.aliases = seen(several([&] { return AliasEntry{text(), text()}; }));
  tree.softdeps =
      seen(several([&] { return SoftDependency{text(), words(), words(), below(99)}; }));
  tree.index_lines = several([&] { return config_line(names); });
  tree.binary_index = seen(several([&] { return IndexEntry{text(), text(), words()}; }));
  tree.binary_aliases = seen(several([&] { return AliasEntry{text(), text()}; }));
  tree.builtin = seen(
      several([&] { return BuiltinModule{text(), text(), several([&] { return field(); })}; }));
  tree.config = seen(config());
  tree.image = seen(KernelImageFile{
      text(), text(), fingerprint(), several([&] { return fingerprint(); }),
      chance(4) ? several([&] { return fingerprint(); }) : std::vector<std::string>{}});
  tree.initramfs_images = seen(several([&] { return boot_image(names); }));
  tree.boot = seen(KernelBoot{
      .runs = chance(2),
      .command_lines = several([&] { return BootCommandLine{text(), text(), below(99)}; }),
      .load = {},
      .unseen_images = {}});
  return tree;
}

std::vector<std::string> RandomFacts::words() {
  return several([&] { return text(); });
}

ConfigLine RandomFacts::config_line(const std::vector<std::string>& names) {
  const auto words = [&] { return several([&] { return text(); }); };
  return {.directive = all_directives.at(below(all_directives.size())),
          .name = names.empty() ? text() : names[below(names.size())],
          .argument = flip() ? text() : "/bin/false",
          .pre = words(),
          .post = words(),
          .text = text(),
          .source = flip() ? text() : "/etc/modprobe.d/" + text(),
          .line = below(99)};
}

LoadRequest RandomFacts::load_request(const std::vector<std::string>& names) {
  return {.name = names.empty() || flip() ? text() : names[below(names.size())],
          .source = flip() ? text() : "/etc/modules-load.d/" + text(),
          .line = below(99),
          .past_blacklist = flip(),
          .past_install = chance(4),
          .past_modprobe = chance(8),
          .configuration =
              chance(8) ? std::vector<std::string>{"/etc/other"} : std::vector<std::string>{}};
}

LoadConfig RandomFacts::load_config(const std::vector<std::string>& names) {
  const auto words = [&] { return several([&] { return text(); }); };
  const auto lines = [&] { return several([&] { return config_line(names); }); };
  LoadConfig config;
  config.lines = lines();
  config.problems = several([&] { return ConfigProblem{text(), below(99), text(), text()}; });
  config.unread = several([&] { return UnreadFile{text(), text(), lines(), flip()}; });
  config.at_boot = several([&] { return load_request(names); });
  config.environment = several([&] { return EnvironmentLine{text(), text(), below(99), flip()}; });
  config.kernel = {words(), words(), flip()};
  config.loader = {.kind = all_loader_kinds.at(below(all_loader_kinds.size())),
                   .path = one_of<std::string>({"", "/sbin/modprobe", text()}),
                   .path_from = one_of<std::string>({"", "default", text()}),
                   .version = one_of({0U, 30U, 34U}),
                   .libkmod = flip(),
                   .of_store = flip()};
  config.loader_settings = several([&] { return LoaderSetting{text(), text(), below(99)}; });
  config.other_lines = lines();
  config.busybox_lines = lines();
  config.programs = several([&] { return install_program(); });
  config.unseen = chance(4) ? several([&] { return gap(); }) : std::vector<Unseen>{};
  return config;
}

AccessSettings RandomFacts::access() {
  const auto node = [&] {
    return DeviceNode{text(),
                      one_of<std::string>({"c10:229", "b7:0", "c", "", text()}),
                      static_cast<std::uint32_t>(below(010000)),
                      one_of({0U, 1000U}),
                      one_of({0U, 1000U}),
                      text()};
  };
  return {.userns_clone = seen(flip()),
          .user_namespaces = seen(flip()),
          .apparmor_holds_userns = seen(flip()),
          .ldisc_autoload = seen(flip()),
          .nodes = seen(several(node))};
}

InitramfsImage RandomFacts::boot_image(const std::vector<std::string>& names) {
  InitramfsImage image = boot_image_of(text(), names);
  for (ConfigLine& line : image.load.lines) {
    if (flip()) line.source = image.path + ":/etc/modprobe.d/" + text();
  }
  return image;
}

InitramfsImage RandomFacts::boot_image_of(std::string path, const std::vector<std::string>& names) {
  return {.path = std::move(path),
          .maker = one_of({ImageMaker::unknown, ImageMaker::dracut, ImageMaker::initramfs_tools}),
          .load = load_config(names),
          .index = several([&] { return IndexEntry{text(), text(), words()}; }),
          .softdeps = several([&] { return SoftDependency{text(), words(), words(), below(99)}; }),
          .modules = several([&] {
            return ImageModule{names.empty() ? text() : names.front(), text(), flip(), text(),
                               text()};
          })};
}

ModprobeHelper RandomFacts::helper() {
  return {.path = one_of<std::string>({"", "/sbin/modprobe", text()}),
          .resolved = seen(text()),
          .owners = several([&] { return ownership(); })};
}

KernelConfig RandomFacts::config() {
  KernelConfig config;
  if (flip()) config["CONFIG_MODULE_SIG_FORCE"] = one_of({"y", "n"});
  if (flip()) config["CONFIG_MODPROBE_PATH"] = text();
  return config;
}

KernelState RandomFacts::kernel() {
  KernelState kernel;
  kernel.release = seen(name());
  kernel.version = seen(text());
  kernel.arch = seen(text());
  kernel.modules_supported = seen(!chance(4));
  kernel.modules_disabled = seen(flip());
  kernel.sig_enforce = seen(flip());
  kernel.lockdown = seen(one_of({Lockdown::none, Lockdown::integrity, Lockdown::confidentiality}));
  kernel.secure_boot =
      seen(one_of({SecureBoot::enabled, SecureBoot::disabled, SecureBoot::unsupported}));
  kernel.taint = seen(taint());
  kernel.modprobe_helper = seen(helper());
  kernel.config = seen(config());
  kernel.kexec_load_disabled = seen(flip());
  kernel.command_line = seen(text());
  kernel.security_modules = seen(several([&] { return text(); }));
  kernel.log = seen(several([&] { return KernelLogLine{below(999), below(999), text()}; }));
  kernel.keyrings = seen(several([&] { return keyring(); }));
  kernel.build_id = seen(fingerprint());
  return kernel;
}

Policy RandomFacts::policy() {
  return {.sources = several([&] { return text(); }),
          .deny = {.profiles = several([&] { return text(); }),
                   .modules = several([&] { return name(); }),
                   .except = several([&] { return name(); }),
                   .autoload_by_users = flip(),
                   .everything_else = flip(),
                   .on_attempt = one_of({DenyAnswer::fail, DenyAnswer::pretend}),
                   .initramfs = one_of({DenyInInitramfs::include, DenyInInitramfs::exclude})},
          .keep = {.mode = one_of({KeepMode::observe, KeepMode::enforce}),
                   .modules = several([&] { return name(); }),
                   .profiles = several([&] { return text(); }),
                   .classes = several([&] { return text(); })},
          .keep_profile_modules = several([&] { return name(); }),
          .keep_classes = several(
              [&] { return KeepClass{text(), text(), {{.module = name(), .reason = text()}}}; }),
          .exceptions = several([&] {
            return PolicyException{name(), static_cast<std::int64_t>(below(999)), text()};
          }),
          .load = several([&] { return name(); }),
          .options = several([&] { return PolicyOptions{name(), text()}; }),
          .freeze = {one_of<std::optional<FreezeLevel>>(
                         {std::nullopt, FreezeLevel::all, FreezeLevel::signatures}),
                     text(), several([&] { return name(); })},
          .audit_rules = flip(),
          .denies = several([&] { return PolicyDeny{name(), text()}; })};
}

Requester RandomFacts::requester() {
  return {.kind = one_of({RequesterKind::boot, RequesterKind::device, RequesterKind::kernel,
                          RequesterKind::service, RequesterKind::person}),
          .detail = text(),
          .user = chance(2) ? std::optional<std::uint32_t>(below(2000)) : std::nullopt};
}

UsedModule RandomFacts::used_module() {
  return {.module = name(),
          .first_seen = static_cast<std::int64_t>(below(999)),
          .last_seen = static_cast<std::int64_t>(below(999)),
          .boots = static_cast<std::uint32_t>(below(3)),
          .last_boot = text(),
          .held_by = text(),
          .imported_from = text(),
          .requesters = several([&] { return requester(); })};
}

StoppedLoad RandomFacts::stopped_load() {
  return {.module = name(),
          .first_seen = static_cast<std::int64_t>(below(999)),
          .last_seen = static_cast<std::int64_t>(below(999)),
          .times = below(9),
          .requesters = several([&] { return requester(); })};
}

UsageRecord RandomFacts::usage_record() {
  UsageRecord record{.machine = text(),
                     .boots = several([&] { return RecordedBoot{text(), text(), 1, 2}; }),
                     .modules = several([&] { return used_module(); }),
                     .observed_since = chance(2) ? std::optional<std::int64_t>(1) : std::nullopt,
                     .stopped = several([&] { return stopped_load(); })};
  std::ranges::sort(record.modules, {}, &UsedModule::module);
  std::ranges::sort(record.stopped, {}, &StoppedLoad::module);
  return record;
}

Facts RandomFacts::facts() {
  Facts facts;
  facts.live = !chance(5);
  facts.kernel = kernel();
  const std::vector<std::string> names = several([&] { return name(); });
  std::vector<LoadedModule> loaded;
  for (const std::string& name : names) loaded.push_back(loaded_module(name));
  facts.loaded = seen(std::move(loaded));
  if (chance(6)) facts.unseen_loaded = several([&] { return gap(); });
  if (facts.kernel.release && !chance(5)) facts.trees.push_back(tree(*facts.kernel.release, names));
  while (chance(3)) facts.trees.push_back(tree(name(), names));
  facts.installed = seen(several([&] { return text(); }));
  facts.files = several([&] { return file(name()); });
  facts.users = seen(several(
      [&] { return ModuleUser{names.empty() ? text() : names.front(), "device", text()}; }));
  facts.usage = seen(usage_record());
  facts.writable = seen(WritablePaths{several([&] { return ownership(); }),
                                      several([&] { return Unseen{ownership().path, text()}; })});
  const auto gaps = [&] {
    return chance(4) ? several([&] { return gap(); }) : std::vector<Unseen>{};
  };
  facts.masked = seen(MaskedPaths{gaps(), gaps(), gaps(), gaps()});
  facts.load = seen(load_config(names));
  facts.programs = seen(several([&] { return host_program(); }));
  facts.access = seen(access());
  facts.trust = seen(trust());
  facts.policy = seen(policy());
  facts.host = {seen(text()), seen(fingerprint()), seen(text())};
  facts.service_needs = seen(several([&] { return BootNeed{text(), text()}; }));
  facts.devices = seen(several([&] { return Device{text(), text(), text()}; }));
  for (ModuleTree& tree : facts.trees) tree.weakdeps = several([&] { return config_line(names); });
  if (chance(6)) facts.unseen_needs = several([&] { return gap(); });
  if (chance(6)) facts.untyped_mounts = several([&] { return gap(); });
  return facts;
}

}  // namespace kmodsec::test
