// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/server_process.hpp"

#include <string>
#include <vector>

namespace steward::test {

/// What a server's certificate says.
struct certificate_for {
    std::string names = "DNS:localhost,IP:127.0.0.1"; ///< as openssl writes them
    int days = 2;                                     ///< from now on; -1: it has ended
};

/// Files for TLS: an authority made up for one test, and a server's key and certificate.
struct certificates {
    std::string authority, certificate, key;

    /// Makes them in the server's folder, with the openssl program. Throws if it fails.
    [[nodiscard]] static certificates make(server_process& server, const certificate_for& what = {})
    {
        const std::string openssl = find_program("openssl");
        const std::string settings = server.write("tls.cnf", "[req]\n"
                                                             "distinguished_name = names\n"
                                                             "[names]\n"
                                                             "[authority]\n"
                                                             "basicConstraints = critical,CA:true\n"
                                                             "subjectKeyIdentifier = hash\n"
                                                             "[server]\n"
                                                             "basicConstraints = CA:false\n"
                                                             "subjectAltName = "
                                                                 + what.names + "\n");
        const certificates made{server.file("ca.pem"), server.file("server.pem"), server.file("server.key")};
        const auto request = [&](const std::string& name, const std::string& kind, int days,
                                 const std::string& certificate, const std::string& key,
                                 const std::vector<std::string>& more) {
            std::vector<std::string> command{openssl,
                                             "req",
                                             "-x509",
                                             "-config",
                                             settings,
                                             "-newkey",
                                             "ec",
                                             "-pkeyopt",
                                             "ec_paramgen_curve:P-256",
                                             "-nodes",
                                             "-days",
                                             std::to_string(days),
                                             "-subj",
                                             "/CN=" + name,
                                             "-extensions",
                                             kind,
                                             "-out",
                                             certificate,
                                             "-keyout",
                                             key};
            command.insert(command.end(), more.begin(), more.end());
            server.run(command);
        };
        const std::string authority_key = server.file("ca.key");
        request("steward test authority", "authority", 2, made.authority, authority_key, {});
        request("localhost", "server", what.days, made.certificate, made.key,
                {"-CA", made.authority, "-CAkey", authority_key});
        return made;
    }
};

} // namespace steward::test
