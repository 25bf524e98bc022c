// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_subjects.hpp"
#include "model/names.hpp"

namespace kmodsec {

// Modules: loaded, installed, and what depmod says of them.

template <>
constexpr std::array snapshot_words<PackageLevel> = {
    PackageLevel::vendor_signed, PackageLevel::db_match, PackageLevel::owned_unverified,
    PackageLevel::generated,     PackageLevel::unowned,  PackageLevel::mismatch};
template <>
constexpr std::array snapshot_words<LeftOut> = {LeftOut::nothing, LeftOut::signature_bytes,
                                                LeftOut::details};

KMODSEC_SNAPSHOT_FIELDS(Parameter, name, value)
KMODSEC_SNAPSHOT_FIELDS(LoadedIdentity, build_id, srcversion, btf_sha256, sections)
KMODSEC_SNAPSHOT_FIELDS(LoadedModule, name, size, refcount, used_by, permanent, state, address,
                        taint, parameters, identity)
KMODSEC_SNAPSHOT_FIELDS(PackageClaim, name, version, level)
KMODSEC_SNAPSHOT_FIELDS(InfoField, key, value)
KMODSEC_SNAPSHOT_FIELDS(ModuleContent, info, own_name, build_id, btf_sha256, sections)
KMODSEC_SNAPSHOT_FIELDS(FileDigests, md5, sha256)
KMODSEC_SNAPSHOT_FIELDS(ModuleFile, path, name, size, compression, kernel_cannot_unpack, content,
                        signature, module_sha256, payload_sha256, digests, package, left_out)
KMODSEC_SNAPSHOT_FIELDS(ModuleUser, module, kind, what)
KMODSEC_SNAPSHOT_FIELDS(BuiltinModule, name, path, info)
KMODSEC_SNAPSHOT_FIELDS(IndexEntry, name, path, depends)
KMODSEC_SNAPSHOT_FIELDS(AliasEntry, pattern, module)
KMODSEC_SNAPSHOT_FIELDS(SoftDependency, module, pre, post, line)
KMODSEC_SNAPSHOT_FIELDS(StaticNode, module, path, number)
KMODSEC_SNAPSHOT_FIELDS(ModuleTree, release, folder, files, complete, files_left_out, unseen, index,
                        aliases, softdeps, index_lines, weakdeps, static_nodes, binary_index,
                        binary_aliases, builtin, unseen_builtin, config, image, initramfs_images,
                        boot, second_folder, changelog, banner)
KMODSEC_SNAPSHOT_FIELDS(WritablePaths, found, unseen)
KMODSEC_SNAPSHOT_FIELDS(MaskedPaths, modules, configuration, packages, programs)

}  // namespace kmodsec
