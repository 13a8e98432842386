// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/certificates.hpp"
#include "support/server_process.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace steward::test {

/// What an nginx serves, in the words of its own configuration.
struct nginx_site {
    std::string server{}; ///< locations and whatever else stands in a `server` block
    std::string http{};   ///< what has to stand before it
    /// With TLS, by a certificate that says so; plain HTTP without.
    std::optional<certificate_for> tls{};
};

/// A real nginx of the test's own. Its root is its folder.
class nginx_server {
public:
    /// The program; empty if it is not installed.
    [[nodiscard]] static std::string program() { return find_program("nginx", {"/usr/sbin"}); }

    /// Whether it listens at [::1], too.
    [[nodiscard]] static bool has_ipv6()
    {
        const int socket = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_addr = in6addr_loopback;
        const bool has =
            socket >= 0 && ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(socket);
        return has;
    }

    explicit nginx_server(const nginx_site& site = {}) : tls_{site.tls.has_value()}
    {
        std::string keys;
        if (tls_) {
            const certificates made = certificates::make(server_, *site.tls);
            ca_file_ = made.authority;
            keys = "ssl_certificate " + made.certificate + "; ssl_certificate_key " + made.key + ";";
        }
        server_.start([this, site, keys](int port) {
            const std::string file = server_.write("nginx.conf", configuration(site, keys, port));
            return server_process::command{program(), "-e", "stderr", "-p", server_.folder(), "-c", file};
        });
    }

    [[nodiscard]] int port() const noexcept { return server_.port(); }
    [[nodiscard]] std::string url(std::string_view path = {}) const { return url_at("127.0.0.1", path); }
    /// By another name of its machine.
    [[nodiscard]] std::string url_at(std::string_view host, std::string_view path = {}) const
    {
        return std::string{tls_ ? "https://" : "http://"}
            .append(host)
            .append(":" + std::to_string(port()))
            .append(path);
    }
    /// The authority that signed its certificate; empty without TLS.
    [[nodiscard]] const std::string& ca_file() const noexcept { return ca_file_; }

    /// Writes a file that it serves by that name.
    void write(std::string_view name, std::string_view text) { server_.write(name, text); }
    /// A file in its root.
    [[nodiscard]] std::string file(std::string_view name) const { return server_.file(name); }

    /// It closes its connections.
    void stop() noexcept { server_.stop(); }
    /// With SIGKILL.
    void stop_hard() noexcept { server_.stop_hard(); }
    /// On the same port, after `stop` or `stop_hard`.
    void start_again() { server_.start_again(); }

private:
    [[nodiscard]] std::string configuration(const nginx_site& site, const std::string& keys, int port) const
    {
        const std::string folder = server_.folder(), listen = ":" + std::to_string(port) + (tls_ ? " ssl;" : ";");
        std::string text = "daemon off; worker_processes 1; pid nginx.pid; error_log stderr notice;\n"
                           "events {}\n"
                           "http {\n"
                           "access_log off; default_type text/plain; root "
                           + folder + ";\n";
        for (const std::string kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"})
            text += kind + "_temp_path " + kind + ";\n";
        text += site.http + "\nserver {\nlisten 127.0.0.1" + listen + "\n";
        if (has_ipv6())
            text += "listen [::1]" + listen + "\n";
        return text + keys + "\n" + site.server + "\n}\n}\n";
    }

    server_process server_{{.name = "nginx", .ready = "start worker process "}};
    bool tls_;
    std::string ca_file_{};
};

} // namespace steward::test
