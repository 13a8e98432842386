// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include <fstream>

#ifdef CPPHTTPLIB_OPENSSL_SUPPORT

#include "support/certificate.hpp"

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

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

TEST(http_tls, a_server_that_nobody_vouches_for_is_not_spoken_to)
{
    const tls_server server{"IP:127.0.0.1"};
    auto api = server.client({.auth = bearer{"token"}});
    const auto error = error_of([&] { api.get("/"); });
    EXPECT_EQ(error.code(), http_errc::tls);
    EXPECT_FALSE(error.retriable());
    EXPECT_TRUE(std::string_view{error.what()}.contains("did not prove that it is this host")) << error.what();
}

TEST(http_tls, a_server_that_the_ca_file_vouches_for_is_spoken_to_again_and_again)
{
    const tls_server server{"IP:127.0.0.1"};
    auto api = server.client({.ca_file = server.certificate.file()});
    EXPECT_EQ(api.get("/").body, "safe");
    EXPECT_EQ(api.get("/").body, "safe");
}

TEST(http_tls, a_certificate_for_another_host_is_refused)
{
    const tls_server server{"DNS:example.com"};
    auto api = server.client({.ca_file = server.certificate.file()});
    EXPECT_EQ(error_of([&] { api.get("/"); }).code(), http_errc::tls);
}

TEST(http_tls, a_server_need_not_prove_anything_where_that_is_switched_off)
{
    const tls_server server{"DNS:example.com"};
    EXPECT_EQ(server.client({.verify_certificates = false}).get("/").body, "safe");
}

TEST(http_tls, a_ca_file_without_certificates_is_named)
{
    const tls_server server{"IP:127.0.0.1"};
    const auto file = server.certificate.file().replace_filename("empty.pem");
    std::ofstream{file} << "nothing\n";
    auto api = server.client({.ca_file = file});
    const auto error = error_of([&] { api.get("/"); });
    EXPECT_EQ(error.code(), http_errc::tls);
    EXPECT_TRUE(std::string_view{error.what()}.contains("ca_file")) << error.what();
}

TEST(http_tls, no_redirect_is_followed_from_https_to_http)
{
    const tls_server server{"IP:127.0.0.1"};
    http_server plain;
    plain.start();
    auto api = server.client({.ca_file = server.certificate.file()});
    const auto error = error_of([&] { api.get("/plain?to=" + plain.url()); });
    EXPECT_EQ(error.code(), http_errc::redirect);
    EXPECT_TRUE(std::string_view{error.what()}.contains("from https to http")) << error.what();
}

TEST(http_tls, a_redirect_from_http_to_https_is_followed)
{
    const tls_server server{"IP:127.0.0.1"};
    http_server plain;
    plain.Get("/", [&](const httplib::Request&, httplib::Response& response) { response.set_redirect(server.url()); });
    plain.start();
    EXPECT_EQ((http_client{{.base_url = plain.url(), .ca_file = server.certificate.file()}}.get("/").body), "safe");
    EXPECT_EQ(error_of([&] { http_client{{.base_url = plain.url()}}.get("/"); }).code(), http_errc::tls);
}

TEST(http_tls, a_server_that_speaks_plain_http_is_named)
{
    http_server plain;
    plain.start();
    http_client api{{.base_url = "https" + plain.url().substr(4), .retry_count = 0}};
    EXPECT_EQ(error_of([&] { api.get("/"); }).code(), http_errc::tls);
}

} // namespace

#endif
