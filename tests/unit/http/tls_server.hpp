// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/certificate.hpp"
#include "unit/http/scene.hpp"

#include <string>
#include <thread>
#include <utility>

namespace steward::test {

/// A server that speaks TLS, with a certificate of its own.
class tls_server {
public:
    explicit tls_server(const char* subject)
        : certificate{subject}, server_{certificate.file().c_str(), certificate.key_file().c_str()},
          port_{server_.bind_to_any_port("127.0.0.1")}
    {
        server_.Get("/", [](const httplib::Request&, httplib::Response& response) {
            response.set_content("safe", "text/plain");
        });
        server_.Get("/headers", [](const httplib::Request& request, httplib::Response& response) {
            std::string all;
            for (const auto& [name, value] : request.headers)
                all.append(name).append(": ").append(value).append("\n");
            response.set_content(all, "text/x");
        });
        server_.Get("/plain", [](const httplib::Request& request, httplib::Response& response) {
            response.set_redirect(request.get_param_value("to"));
        });
        thread_ = std::thread{[this] { server_.listen_after_bind(); }};
        while (!server_.is_running())
            std::this_thread::yield();
    }
    ~tls_server()
    {
        server_.stop();
        thread_.join();
    }
    tls_server(const tls_server&) = delete;
    tls_server& operator=(const tls_server&) = delete;

    [[nodiscard]] http_client client(http_settings settings) const
    {
        settings.base_url = url();
        return http_client{std::move(settings)};
    }
    [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }

    steward::test::certificate certificate;

private:
    httplib::SSLServer server_;
    int port_;
    std::thread thread_;
};

} // namespace steward::test
