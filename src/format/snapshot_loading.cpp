// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_subjects.hpp"

namespace kmodsec {

// What decides which modules load, in the system and in an initramfs.

template <>
constexpr std::array snapshot_words<Directive> = all_directives;
template <>
constexpr std::array snapshot_words<ImageMaker> = all_image_makers;
template <>
constexpr std::array snapshot_words<LoaderKind> = all_loader_kinds;
template <>
constexpr std::array snapshot_words<ProgramState> = all_program_states;
template <>
constexpr std::array snapshot_words<InitSystem> = all_init_systems;

KMODSEC_SNAPSHOT_FIELDS(Unseen, what, why)
KMODSEC_SNAPSHOT_FIELDS(ConfigLine, directive, name, argument, pre, post, text, source, line)
KMODSEC_SNAPSHOT_FIELDS(ConfigProblem, source, line, reason, text)
KMODSEC_SNAPSHOT_FIELDS(UnreadFile, path, shadowed_by, lines, masked, reason, requests)
KMODSEC_SNAPSHOT_FIELDS(LoadRequest, name, source, line, past_blacklist, by, past_install,
                        past_modprobe, only_kmod, configuration)
KMODSEC_SNAPSHOT_FIELDS(IdleDeny, name, reason, text, source, line)
KMODSEC_SNAPSHOT_FIELDS(HostInit, system, evidence)
KMODSEC_SNAPSHOT_FIELDS(EnvironmentLine, text, source, line, past_denies)
KMODSEC_SNAPSHOT_FIELDS(LoaderSetting, path, source, line, owners, by_pattern)
KMODSEC_SNAPSHOT_FIELDS(KernelLoadParameters, module_blacklist, initcall_blacklist, nomodule,
                        source, line)
KMODSEC_SNAPSHOT_FIELDS(ModuleLoader, kind, path, path_from, program, version, version_from,
                        knows_blacklist, libkmod, of_store, assumed, owners)
KMODSEC_SNAPSHOT_FIELDS(InstallProgram, word, state, owners, owners_seen, path, package)
KMODSEC_SNAPSHOT_FIELDS(HostProgram, path, names, package)
KMODSEC_SNAPSHOT_FIELDS(LoadConfig, lines, problems, unread, at_boot, environment, kernel, loader,
                        loader_settings, other_lines, busybox_lines, programs, idle_denies, init,
                        unseen, extensions)
KMODSEC_SNAPSHOT_FIELDS(BootCommandLine, text, source, line)
KMODSEC_SNAPSHOT_FIELDS(KernelBoot, runs, command_lines, load, unseen_images)
KMODSEC_SNAPSHOT_FIELDS(DeviceNode, path, number, mode, uid, gid, group)
KMODSEC_SNAPSHOT_FIELDS(AccessSettings, userns_clone, user_namespaces, apparmor_holds_userns,
                        ldisc_autoload, af_alg_restrict, nodes)
KMODSEC_SNAPSHOT_FIELDS(ImageModule, name, path, as_installed, sha256, installed_sha256,
                        payload_sha256)
KMODSEC_SNAPSHOT_FIELDS(ImageFile, path, sha256)
KMODSEC_SNAPSHOT_FIELDS(InitramfsImage, path, maker, load, index, softdeps, modules, configuration,
                        signing_keys, found_by)
KMODSEC_SNAPSHOT_FIELDS(BootNeed, request, why)
KMODSEC_SNAPSHOT_FIELDS(Device, alias, path, driver)

}  // namespace kmodsec
