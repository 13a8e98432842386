// SPDX-License-Identifier: BSL-1.0
#include "unit/http/proxy_server.hpp"
#include "unit/http/scene.hpp"

#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
#include "unit/http/tls_server.hpp"
#endif

using namespace steward::test;

namespace {

TEST(http_proxy, is_asked_instead_of_the_server)
{
    const proxy_server proxy;
    http_client api{{.base_url = "http://service.invalid/v1", .auth = bearer{"token"}, .proxy = proxy.url()}};
    EXPECT_EQ(api.get("/x?y=z").body, "by the proxy");
    const std::string asked = proxy.asked().at(0);
    EXPECT_TRUE(asked.starts_with("GET http://service.invalid:80/v1/x?y=z HTTP/1.1\r\n")
                || asked.starts_with("GET http://service.invalid/v1/x?y=z HTTP/1.1\r\n"))
        << asked;
    EXPECT_TRUE(asked.contains("Host: service.invalid\r\n")) << asked;
    EXPECT_FALSE(asked.contains("Proxy-Authorization")) << asked;
}

TEST(http_proxy, is_told_who_asks)
{
    const proxy_server proxy;
    http_client api{{.base_url = "http://service.invalid", .proxy = proxy.url(), .proxy_auth = basic{"user", "pass"}}};
    api.get("/");
    EXPECT_TRUE(proxy.asked().at(0).contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n")) << proxy.asked().at(0);
}

TEST(http_proxy, that_wants_to_know_who_asks_is_an_error)
{
    const proxy_server proxy{"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n"};
    http_client api{{.base_url = "http://service.invalid", .proxy = proxy.url()}};
    const auto error = error_of([&] { api.get("/"); });
    EXPECT_EQ(error.code(), http_errc::proxy);
    EXPECT_FALSE(error.retriable());
    EXPECT_TRUE(std::string_view{error.what()}.contains("proxy_auth")) << error.what();
}

TEST(http_proxy, that_does_not_answer_is_named)
{
    std::string nobody;
    {
        const proxy_server gone;
        nobody = gone.url();
    }
    http_client api{{.base_url = "http://service.invalid", .retry_count = 0, .proxy = nobody}};
    const auto error = error_of([&] { api.get("/"); });
    EXPECT_EQ(error.code(), http_errc::cannot_connect);
    EXPECT_TRUE(std::string_view{error.what()}.contains("the proxy does not answer")) << error.what();
}

#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
TEST(http_proxy, makes_a_tunnel_to_a_secure_server)
{
    const tls_server server{"IP:127.0.0.1"};
    const proxy_server proxy;
    auto api = server.client(
        {.ca_file = server.certificate.file(), .proxy = proxy.url(), .proxy_auth = basic{"user", "pass"}});
    const std::string seen = api.get("/headers").body;
    EXPECT_TRUE(proxy.asked().at(0).starts_with("CONNECT 127.0.0.1:")) << proxy.asked().at(0);
    EXPECT_TRUE(proxy.asked().at(0).contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n")) << proxy.asked().at(0);
    EXPECT_FALSE(seen.contains("dXNlcjpwYXNz")) << seen;
    EXPECT_EQ(api.get("/").body, "safe");
    EXPECT_EQ(proxy.asked().size(), 1U) << "the tunnel stays open";
}

TEST(http_proxy, that_makes_no_tunnel_is_an_error)
{
    for (const char* answer :
         {"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"}) {
        const proxy_server proxy{answer};
        http_client api{{.base_url = "https://service.invalid", .retry_count = 0, .proxy = proxy.url()}};
        const auto error = error_of([&] { api.get("/"); });
        EXPECT_TRUE(error.code() == http_errc::proxy || error.code() == http_errc::tls) << error.what();
    }
}
#endif

} // namespace
