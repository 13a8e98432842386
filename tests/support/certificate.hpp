// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace steward::test {

/// A certificate that a server signed for itself, with its key, in files of the test's own.
class certificate {
public:
    /// `subject` is what it is for: `IP:127.0.0.1` or `DNS:example.com`.
    explicit certificate(const char* subject)
    {
        std::string name = (std::filesystem::temp_directory_path() / "steward_tls_XXXXXX").native();
        folder_ = mkdtemp(name.data());
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), &EVP_PKEY_free};
        const std::unique_ptr<X509, decltype(&X509_free)> x509{X509_new(), &X509_free};
        X509_set_version(x509.get(), X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509.get()), -3'600);
        X509_gmtime_adj(X509_getm_notAfter(x509.get()), 3'600);
        X509_set_pubkey(x509.get(), key.get());
        X509_NAME* const issuer = X509_get_subject_name(x509.get());
        X509_NAME_add_entry_by_txt(issuer, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1,
                                   0);
        X509_set_issuer_name(x509.get(), issuer);
        add(*x509, NID_subject_alt_name, subject);
        add(*x509, NID_basic_constraints, "CA:TRUE");
        X509_sign(x509.get(), key.get(), EVP_sha256());
        write(file(), [&](std::FILE* to) { PEM_write_X509(to, x509.get()); });
        write(key_file(),
              [&](std::FILE* to) { PEM_write_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    }
    ~certificate()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    certificate(const certificate&) = delete;
    certificate& operator=(const certificate&) = delete;

    [[nodiscard]] std::filesystem::path file() const { return folder_ / "certificate.pem"; }
    [[nodiscard]] std::filesystem::path key_file() const { return folder_ / "key.pem"; }

private:
    static void add(X509& to, int nid, const char* value)
    {
        X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
        X509_add_ext(&to, extension, -1);
        X509_EXTENSION_free(extension);
    }
    template <class Write>
    static void write(const std::filesystem::path& file, Write what)
    {
        std::FILE* const to = std::fopen(file.c_str(), "w");
        what(to);
        std::fclose(to);
    }

    std::filesystem::path folder_;
};

} // namespace steward::test
