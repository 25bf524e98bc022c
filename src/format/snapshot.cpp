// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot.hpp"

#include <array>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "format/json.hpp"
#include "format/snapshot_laws.hpp"
#include "model/event_words.hpp"
#include "model/names.hpp"

namespace kmodsec {
namespace {

constexpr std::string_view schema = "kmodsec.snapshot/1";
constexpr std::string_view schema_family = "kmodsec.snapshot/";

constexpr std::array lockdown_values = {Lockdown::none, Lockdown::integrity,
                                        Lockdown::confidentiality};
constexpr std::array secure_boot_values = {SecureBoot::enabled, SecureBoot::disabled,
                                           SecureBoot::unsupported};
constexpr std::array form_values = {SignatureForm::absent, SignatureForm::malformed,
                                    SignatureForm::present};
constexpr std::array outcome_values = {SignerOutcome::unchecked,   SignerOutcome::good,
                                       SignerOutcome::bad,         SignerOutcome::no_certificate,
                                       SignerOutcome::unavailable, SignerOutcome::refused};
constexpr std::array origin_values = {CertificateOrigin::kernel_image, CertificateOrigin::mok,
                                      CertificateOrigin::db,           CertificateOrigin::kek,
                                      CertificateOrigin::given,        CertificateOrigin::disk};
constexpr std::array revocation_values = {RevocationKind::certificate, RevocationKind::tbs,
                                          RevocationKind::file};
constexpr std::array level_values = {PackageLevel::vendor_signed,    PackageLevel::db_match,
                                     PackageLevel::owned_unverified, PackageLevel::generated,
                                     PackageLevel::unowned,          PackageLevel::mismatch};
constexpr std::array action_values = {EventAction::load, EventAction::unload};
constexpr std::array event_origin_values = {EventOrigin::user, EventOrigin::autoload,
                                            EventOrigin::boot, EventOrigin::daemon};
constexpr std::array event_source_values = {EventSource::none, EventSource::record,
                                            EventSource::command};
constexpr std::array deny_answers = {DenyAnswer::fail, DenyAnswer::pretend};
constexpr std::array initramfs_values = {DenyInInitramfs::include, DenyInInitramfs::exclude};
constexpr std::array<std::string_view, 7> error_kinds = {
    "not_found", "denied", "malformed", "too_large", "unsupported", "io", "usage"};

template <class Enum, std::size_t count>
Enum enum_of(const nlohmann::json& json, const std::array<Enum, count>& values) {
  const auto word = json.get<std::string>();
  for (const Enum value : values) {
    if (to_string(value) == word) return value;
  }
  throw nlohmann::json::other_error::create(501, "unknown word '" + word + "'", &json);
}

}  // namespace

static void to_json(nlohmann::json& json, Lockdown value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, Lockdown& value) {
  value = enum_of(json, lockdown_values);
}
static void to_json(nlohmann::json& json, SecureBoot value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, SecureBoot& value) {
  value = enum_of(json, secure_boot_values);
}
static void to_json(nlohmann::json& json, SignatureForm value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, SignatureForm& value) {
  value = enum_of(json, form_values);
}
static void to_json(nlohmann::json& json, SignerOutcome value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, SignerOutcome& value) {
  value = enum_of(json, outcome_values);
}
static void to_json(nlohmann::json& json, CertificateOrigin value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, CertificateOrigin& value) {
  value = enum_of(json, origin_values);
}
static void to_json(nlohmann::json& json, RevocationKind value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, RevocationKind& value) {
  value = enum_of(json, revocation_values);
}
static void to_json(nlohmann::json& json, PackageLevel value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, PackageLevel& value) {
  value = enum_of(json, level_values);
}
static void to_json(nlohmann::json& json, DenyAnswer value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, DenyAnswer& value) {
  value = enum_of(json, deny_answers);
}
static void to_json(nlohmann::json& json, DenyInInitramfs value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, DenyInInitramfs& value) {
  value = enum_of(json, initramfs_values);
}
static void to_json(nlohmann::json& json, EventAction value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, EventAction& value) {
  value = enum_of(json, action_values);
}
static void to_json(nlohmann::json& json, EventOrigin value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, EventOrigin& value) {
  value = enum_of(json, event_origin_values);
}
static void to_json(nlohmann::json& json, EventSource value) { json = to_string(value); }
static void from_json(const nlohmann::json& json, EventSource& value) {
  value = enum_of(json, event_source_values);
}

static void to_json(nlohmann::json& json, ErrorKind kind) {
  json = error_kinds.at(static_cast<std::size_t>(kind));
}
static void from_json(const nlohmann::json& json, ErrorKind& kind) {
  const auto word = json.get<std::string>();
  kind = ErrorKind::io;
  for (std::size_t i = 0; i < error_kinds.size(); ++i) {
    if (error_kinds.at(i) == word) kind = static_cast<ErrorKind>(i);
  }
}

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Error, kind, subject, reason)

template <class T>
void to_json(nlohmann::json& json, const Seen<T>& fact) {
  if (fact) {
    json["value"] = *fact;
  } else {
    json["unseen"] = fact.error();
  }
}

template <class T>
void from_json(const nlohmann::json& json, Seen<T>& fact) {
  if (json.contains("value")) {
    fact = json.at("value").get<T>();
  } else {
    fact = std::unexpected(json.at("unseen").get<Error>());
  }
}

}  // namespace kmodsec

template <class T>
struct nlohmann::adl_serializer<std::optional<T>> {
  static void to_json(nlohmann::json& json, const std::optional<T>& value) {
    json = value ? nlohmann::json(*value) : nlohmann::json(nullptr);
  }
  static void from_json(const nlohmann::json& json, std::optional<T>& value) {
    value = json.is_null() ? std::nullopt : std::optional<T>(json.get<T>());
  }
};

namespace kmodsec {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SignerMatch, outcome, certificate, through, reason,
                                                needs)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SignerCheck, outcome, certificate, through, reason,
                                                needs, others)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Signature, form, reason, id_type, signer, key_id,
                                                hash_algorithm, digests, needs, value, checks)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Parameter, name, value)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LoadedIdentity, build_id, srcversion, btf_sha256,
                                                sections)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LoadedModule, name, size, refcount, used_by,
                                                permanent, state, address, taint, parameters,
                                                identity)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PackageClaim, name, version, level)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(InfoField, key, value)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ModuleContent, info, own_name, build_id, btf_sha256,
                                                sections)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(FileDigests, md5, sha256)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ModuleFile, path, name, size, compression, content,
                                                signature, module_sha256, payload_sha256, digests,
                                                package)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Ownership, path, mode, uid, gid, writers, unclear,
                                                leads_to)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ModprobeHelper, path, resolved, guards)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(KernelLogLine, sequence, microseconds, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(KernelKey, subject, id)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Keyring, name, keys, members)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(KernelState, release, version, arch,
                                                modules_supported, modules_disabled, sig_enforce,
                                                lockdown, secure_boot, taint, modprobe_helper,
                                                config, kexec_load_disabled, command_line,
                                                security_modules, log, keyrings, build_id)
}  // namespace kmodsec

// What decides which modules load, and what is loaded from.
namespace kmodsec {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Holder, module, kind, what)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Unseen, what, why)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ConfigLine, directive, name, argument, pre, post,
                                                text, source, line)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ConfigProblem, source, line, reason, text)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(UnreadFile, path, shadowed_by, lines, masked)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LoadRequest, name, source, line, past_blacklist)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(EnvironmentLine, text, source, line)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(KernelLoadParameters, module_blacklist,
                                                initcall_blacklist, nomodule)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(LoadConfig, lines, problems, unread, at_boot,
                                                environment, kernel, unseen)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(DeviceNode, path, number, mode, uid, gid, group)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(AccessSettings, userns_clone, user_namespaces,
                                                apparmor_holds_userns, ldisc_autoload, nodes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(IndexEntry, name, path, depends)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(AliasEntry, pattern, module)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SoftDependency, module, pre, post, line)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(StaticNode, module, path, number)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(BuiltinModule, name, path, info)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(KernelImageFile, path, version, build_id,
                                                certificates, revoked)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ImageModule, name, path, as_installed, sha256,
                                                installed_sha256, payload_sha256)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ImageFile, path, sha256)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(BootImage, path, maker, load, index, softdeps,
                                                modules, configuration)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ChangelogMention, id, version, title, reverted)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(KernelChangelog, path, mentions)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Distribution, id, id_like, name)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ModuleTree, release, folder, files, complete,
                                                unseen, index, aliases, softdeps, static_nodes,
                                                binary_index, binary_aliases, builtin, config,
                                                image, boot_images, changelog, banner)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(WritablePaths, found, unseen)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(HiddenFiles, modules, configuration, packages)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(DenyPolicy, profiles, modules, except, on_attempt,
                                                initramfs)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PolicyDeny, module, profile)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PolicyException, module, until, reason)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(PolicyOptions, module, parameters)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(FreezePolicy, level, source, require)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Policy, sources, deny, exceptions, load, options,
                                                freeze, audit_rules, denies)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(CertificateSource, origin, path)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Certificate, fingerprint, tbs_sha256, subject,
                                                key_id, self_signed, refused, needs, sources)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Revocation, kind, value, source)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(SigningKey, path, mode, uid, certificate)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TrustSources, certificates, revocations,
                                                signing_keys, unseen, unseen_revocations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(HostTools, systemd, auditd, update_initramfs,
                                                dracut, mkinitcpio)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(BootNeed, request, why)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(BaselineCheck, time, suspicious)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(BaselineStanding, store, exists, flaw, generation,
                                                sealed, check, time, modules)
}  // namespace kmodsec

// What was recorded of all that.
namespace kmodsec {

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(AuditField, name, op, value)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(AuditRule, list, action, arch, calls, fields, key,
                                                source, line)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(AuditStatus, enabled, daemon, lost, backlog_limit,
                                                rate_limit)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(AuditRuleProblem, source, line, text, reason)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(AuditRuleFiles, rules, problems, locks)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Auditing, auditd, status, active, written)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(EventUser, id, name)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(ModuleEvent, time, milliseconds, serial, node,
                                                action, module, module_from, path, error, syscall,
                                                arch, arguments, pid, ppid, session, uid, auid,
                                                comm, exe, command, key, at_boot, origin,
                                                kernel_log)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(TrailGap, from, until, why)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(EventLog, log, since, first, last, events, gaps,
                                                unseen)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Facts, time, live, kernel, loaded, installed, trees,
                                                files, holders, writable, hidden, load, access,
                                                policy, tools, needs, trust, baseline, auditing,
                                                events, distribution)

nlohmann::json facts_to_json(const Facts& facts) { return facts; }

Result<Facts> parse_snapshot(std::string_view bytes) {
  const nlohmann::json document = parse_json(bytes);
  if (!document.is_object() || !document.contains("schema") || !document["schema"].is_string())
    return failure(ErrorKind::malformed, "", "not a snapshot of kmodsec");
  const auto found = document["schema"].get<std::string>();
  if (found != schema && found.starts_with(schema_family))
    return failure(ErrorKind::unsupported, "",
                   "a snapshot of another version: " + utf8_text(found));
  if (found != schema || !document.contains("facts"))
    return failure(ErrorKind::malformed, "", "not a snapshot of kmodsec");
  try {
    auto facts = document["facts"].get<Facts>();
    if (auto kept = keeps_laws(facts); !kept) return std::unexpected(kept.error());
    return facts;
  } catch (const nlohmann::json::exception& problem) {
    return failure(ErrorKind::malformed, "", std::string("damaged snapshot: ") + problem.what());
  }
}

}  // namespace kmodsec
