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
        const std::string authority_key = server.file("ca.key"), wanted = server.file("server.csr");
        const auto request = [&](const std::string& name, const std::string& key, const std::string& output,
                                 const std::vector<std::string>& more) {
            std::vector<std::string> command{openssl,   "req",      "-new",
                                             "-config", settings,   "-newkey",
                                             "ec",      "-pkeyopt", "ec_paramgen_curve:P-256",
                                             "-nodes",  "-subj",    "/CN=" + name,
                                             "-keyout", key,        "-out",
                                             output};
            command.insert(command.end(), more.begin(), more.end());
            server.run(command);
        };
        request("steward test authority", authority_key, made.authority,
                {"-x509", "-days", "2", "-extensions", "authority"});
        request("localhost", made.key, wanted, {});
        server.run({openssl, "x509", "-req", "-in", wanted, "-CA", made.authority, "-CAkey", authority_key,
                    "-CAcreateserial", "-days", std::to_string(what.days), "-extfile", settings, "-extensions",
                    "server", "-out", made.certificate});
        return made;
    }
};

} // namespace steward::test
