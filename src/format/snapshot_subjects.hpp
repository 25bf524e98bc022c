// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "format/snapshot_fields.hpp"
#include "model/facts.hpp"

/// What the facts of each subject look like in a snapshot: `snapshot_SUBJECT.cpp` has those of one.
namespace kmodsec {

void write_json(nlohmann::json& json, const Ownership& value);
void write_json(nlohmann::json& json, const KernelState& value);
void write_json(nlohmann::json& json, const KernelImageFile& value);
void write_json(nlohmann::json& json, const Distribution& value);
void write_json(nlohmann::json& json, const HostIdentity& value);
void write_json(nlohmann::json& json, const ChangelogMention& value);
void write_json(nlohmann::json& json, const KernelChangelog& value);
void write_json(nlohmann::json& json, const Signature& value);
void write_json(nlohmann::json& json, const SigningKey& value);
void write_json(nlohmann::json& json, const TrustSources& value);
void write_json(nlohmann::json& json, const IndexEntry& value);
void write_json(nlohmann::json& json, const AliasEntry& value);
void write_json(nlohmann::json& json, const SoftDependency& value);
void write_json(nlohmann::json& json, const LoadedModule& value);
void write_json(nlohmann::json& json, const PackageClaim& value);
void write_json(nlohmann::json& json, const ModuleFile& value);
void write_json(nlohmann::json& json, const ModuleUser& value);
void write_json(nlohmann::json& json, const ModuleTree& value);
void write_json(nlohmann::json& json, const WritablePaths& value);
void write_json(nlohmann::json& json, const MaskedPaths& value);
void write_json(nlohmann::json& json, const Unseen& value);
void write_json(nlohmann::json& json, const ConfigLine& value);
void write_json(nlohmann::json& json, const LoadConfig& value);
void write_json(nlohmann::json& json, const HostProgram& value);
void write_json(nlohmann::json& json, const AccessSettings& value);
void write_json(nlohmann::json& json, const InitramfsImage& value);
void write_json(nlohmann::json& json, const KernelBoot& value);
void write_json(nlohmann::json& json, const BootNeed& value);
void write_json(nlohmann::json& json, const Device& value);
void write_json(nlohmann::json& json, const Policy& value);
void write_json(nlohmann::json& json, const HostTools& value);
void write_json(nlohmann::json& json, const BaselineStatus& value);
void write_json(nlohmann::json& json, const AuditdState& value);
void write_json(nlohmann::json& json, const EventLog& value);
void write_json(nlohmann::json& json, const UsageRecord& value);

void read_json(const nlohmann::json& json, Ownership& value);
void read_json(const nlohmann::json& json, KernelState& value);
void read_json(const nlohmann::json& json, KernelImageFile& value);
void read_json(const nlohmann::json& json, Distribution& value);
void read_json(const nlohmann::json& json, HostIdentity& value);
void read_json(const nlohmann::json& json, ChangelogMention& value);
void read_json(const nlohmann::json& json, KernelChangelog& value);
void read_json(const nlohmann::json& json, Signature& value);
void read_json(const nlohmann::json& json, SigningKey& value);
void read_json(const nlohmann::json& json, TrustSources& value);
void read_json(const nlohmann::json& json, IndexEntry& value);
void read_json(const nlohmann::json& json, AliasEntry& value);
void read_json(const nlohmann::json& json, SoftDependency& value);
void read_json(const nlohmann::json& json, LoadedModule& value);
void read_json(const nlohmann::json& json, PackageClaim& value);
void read_json(const nlohmann::json& json, ModuleFile& value);
void read_json(const nlohmann::json& json, ModuleUser& value);
void read_json(const nlohmann::json& json, ModuleTree& value);
void read_json(const nlohmann::json& json, WritablePaths& value);
void read_json(const nlohmann::json& json, MaskedPaths& value);
void read_json(const nlohmann::json& json, Unseen& value);
void read_json(const nlohmann::json& json, ConfigLine& value);
void read_json(const nlohmann::json& json, LoadConfig& value);
void read_json(const nlohmann::json& json, HostProgram& value);
void read_json(const nlohmann::json& json, AccessSettings& value);
void read_json(const nlohmann::json& json, InitramfsImage& value);
void read_json(const nlohmann::json& json, KernelBoot& value);
void read_json(const nlohmann::json& json, BootNeed& value);
void read_json(const nlohmann::json& json, Device& value);
void read_json(const nlohmann::json& json, Policy& value);
void read_json(const nlohmann::json& json, HostTools& value);
void read_json(const nlohmann::json& json, BaselineStatus& value);
void read_json(const nlohmann::json& json, AuditdState& value);
void read_json(const nlohmann::json& json, EventLog& value);
void read_json(const nlohmann::json& json, UsageRecord& value);

}  // namespace kmodsec
