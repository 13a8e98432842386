// SPDX-License-Identifier: BSL-1.0
#include "unit/nginx/scene.hpp"

#include <steward/configuration.hpp>

#include <string>

using namespace steward::test;

namespace {

/// A server that speaks TLS, with a certificate that an authority of the test's own signed.
class nginx_tls : public nginx_scene {
protected:
    void SetUp() override
    {
        nginx_scene::SetUp();
        try {
            const http_client any{{.base_url = "https://localhost"}};
        } catch (const steward::configuration_error&) {
            GTEST_SKIP() << "cpp-httplib was built without TLS";
        }
    }

    void serve(const certificate_for& certificate = {}, const std::string& more = {})
    {
        const std::string safe = "location / { return 200 '$ssl_protocol $ssl_server_name $connection_requests'; }\n";
        nginx_scene::serve(nginx_site{.server = safe + more, .tls = certificate});
    }
    /// Trusts the authority of the server.
    [[nodiscard]] http_client trusting(http_settings settings = {}) const
    {
        settings.ca_file = nginx->ca_file();
        return client(settings);
    }
};

TEST_F(nginx_tls, carries_many_requests_by_one_connection)
{
    serve();
    auto api = trusting();
    for (int i = 1; i != 10; ++i)
        EXPECT_TRUE(api.get("/").body.ends_with(" " + std::to_string(i)));
}

TEST_F(nginx_tls, tells_the_server_which_host_is_meant)
{
    serve();
    EXPECT_TRUE(trusting({.base_url = nginx->url_at("localhost")}).get("/").body.contains(" localhost "));
}

TEST_F(nginx_tls, is_of_a_version_that_both_know)
{
    for (const std::string version : {"TLSv1.2", "TLSv1.3"}) {
        serve({}, "ssl_protocols " + version + ";");
        EXPECT_TRUE(trusting().get("/").body.starts_with(version + " "));
    }
}

TEST_F(nginx_tls, expects_a_certificate_of_an_authority_that_it_knows)
{
    serve();
    const nginx_server other{{.tls = certificate_for{}}};
    EXPECT_EQ(error_of([&] { client({.ca_file = other.ca_file()}).get("/"); }).code(), http_errc::tls);
    EXPECT_EQ(error_of([&] { client().get("/"); }).code(), http_errc::tls) << "the system does not know it either";
    EXPECT_TRUE(client({.verify_certificates = false}).get("/").ok());
}

TEST_F(nginx_tls, expects_a_certificate_for_the_host)
{
    serve({.names = "DNS:localhost"});
    const auto error = error_of([&] { trusting().get("/"); });
    EXPECT_EQ(error.code(), http_errc::tls);
    EXPECT_TRUE(std::string_view{error.what()}.contains("did not prove that it is this host")) << error.what();
    EXPECT_TRUE(trusting({.base_url = nginx->url_at("localhost")}).get("/").ok());
}

TEST_F(nginx_tls, expects_a_certificate_whose_time_is_not_over)
{
    serve({.days = -1});
    EXPECT_EQ(error_of([&] { trusting().get("/"); }).code(), http_errc::tls);
}

TEST_F(nginx_tls, sends_nothing_to_a_server_that_did_not_prove_who_it_is)
{
    serve({.names = "DNS:localhost"});
    auto api = trusting({.retry_count = 2});
    EXPECT_EQ(error_of([&] { api.put("/x", "text", "text/plain"); }).code(), http_errc::tls);
    // The next that does is the first.
    EXPECT_TRUE(client({.verify_certificates = false}).get("/").body.ends_with(" 1"));
}

TEST_F(nginx_tls, is_not_spoken_where_there_is_none)
{
    nginx_scene::serve("");
    const std::string url = "https" + nginx->url().substr(4);
    EXPECT_EQ(error_of([&] { client({.base_url = url}).get("/"); }).code(), http_errc::tls);
}

TEST_F(nginx_tls, is_not_left_out_where_it_is_expected)
{
    serve();
    const std::string url = "http" + nginx->url().substr(5);
    EXPECT_EQ(client({.base_url = url}).get("/").status, 400) << "nginx names its own reason";
}

TEST_F(nginx_tls, carries_large_bodies_both_ways)
{
    serve({}, "location /files { dav_methods PUT; create_full_put_path on; client_max_body_size 0; }");
    const std::string sent(8'000'001, 'x');
    auto api = trusting();
    EXPECT_EQ(api.put("/files/large", sent, "text/plain").status, 201);
    EXPECT_TRUE(api.get("/files/large").body == sent);
}

} // namespace
