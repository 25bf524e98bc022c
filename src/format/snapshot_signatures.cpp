// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/snapshot_subjects.hpp"
#include "model/names.hpp"

namespace kmodsec {

// Signatures, and whom they are held against.

template <>
constexpr std::array snapshot_words<SignatureForm> = {
    SignatureForm::absent, SignatureForm::malformed, SignatureForm::present};
template <>
constexpr std::array snapshot_words<KernelErrno> = {
    KernelErrno::none,    KernelErrno::enodata, KernelErrno::enopkg,       KernelErrno::enokey,
    KernelErrno::ebadmsg, KernelErrno::einval,  KernelErrno::ekeyrejected, KernelErrno::emsgsize,
    KernelErrno::enoent,  KernelErrno::enomem};
template <>
constexpr std::array snapshot_words<SignerOutcome> = {
    SignerOutcome::unchecked,      SignerOutcome::good,        SignerOutcome::bad,
    SignerOutcome::no_certificate, SignerOutcome::unavailable, SignerOutcome::refused};
template <>
constexpr std::array snapshot_words<CertificateOrigin> = {
    CertificateOrigin::kernel_image, CertificateOrigin::mok,   CertificateOrigin::db,
    CertificateOrigin::kek,          CertificateOrigin::given, CertificateOrigin::disk};
template <>
constexpr std::array snapshot_words<RevocationKind> = {RevocationKind::certificate,
                                                       RevocationKind::tbs, RevocationKind::file};

KMODSEC_SNAPSHOT_FIELDS(SignerMatch, outcome, certificate, through, reason, needs)
KMODSEC_SNAPSHOT_FIELDS(SignerCheck, outcome, certificate, through, reason, needs, others)
KMODSEC_SNAPSHOT_FIELDS(Signature, form, reason, error, id_type, signer, key_id, hash_algorithm,
                        digests, needs, value, checks)
KMODSEC_SNAPSHOT_FIELDS(CertificateSource, origin, path)
KMODSEC_SNAPSHOT_FIELDS(Certificate, fingerprint, tbs_sha256, subject, key_id, self_signed,
                        is_authority, signs_data, refused, needs, sources)
KMODSEC_SNAPSHOT_FIELDS(Revocation, kind, value, source)
KMODSEC_SNAPSHOT_FIELDS(SigningKey, path, mode, uid, certificate, owner)
KMODSEC_SNAPSHOT_FIELDS(FirmwareSwitches, has_owner_list, trusts_owner, ignores_db)
KMODSEC_SNAPSHOT_FIELDS(TrustSources, certificates, revocations, signing_keys, switches, unseen,
                        unseen_revocations)

}  // namespace kmodsec
