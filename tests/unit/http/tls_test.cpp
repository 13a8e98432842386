// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include <fstream>

#ifdef CPPHTTPLIB_OPENSSL_SUPPORT

#include "unit/http/tls_server.hpp"

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

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
