// SPDX-License-Identifier: BSL-1.0
#include "base_url.hpp"

#include <gtest/gtest.h>

#include <string>

using steward::adapters::detail::parse_base_url;
using steward::adapters::detail::request_target;

namespace {

TEST(base_url, has_a_scheme_a_host_a_port_and_a_path)
{
    const auto url = parse_base_url("https://api.example.com:8443/v1/users/");
    ASSERT_TRUE(url);
    EXPECT_TRUE(url->tls);
    EXPECT_EQ(url->host, "api.example.com");
    EXPECT_EQ(url->port, 8443);
    EXPECT_EQ(url->prefix, "/v1/users");
    EXPECT_EQ(url->origin(), "https://api.example.com:8443");
}

TEST(base_url, without_a_port_has_its_schemes)
{
    EXPECT_EQ(parse_base_url("http://a")->port, 80);
    EXPECT_EQ(parse_base_url("HTTPS://a/")->port, 443);
    EXPECT_EQ(parse_base_url("https://a/")->prefix, "");
    EXPECT_EQ(parse_base_url("https://a:443")->authority(), "a");
    EXPECT_EQ(parse_base_url("https://a:80")->authority(), "a:80");
}

TEST(base_url, may_have_an_ipv6_address_in_brackets)
{
    EXPECT_EQ(parse_base_url("http://[fe80::1]:81/x")->host, "fe80::1");
    EXPECT_EQ(parse_base_url("http://[fe80::1]:81/x")->authority(), "[fe80::1]:81");
    EXPECT_EQ(parse_base_url("http://[::1]")->authority(), "[::1]");
    for (const char* text : {"http://[::1", "http://[::1]x", "http://[::g]", "http://::1", "http://[]"})
        EXPECT_FALSE(parse_base_url(text)) << text;
}

TEST(base_url, of_another_form_is_refused)
{
    using namespace std::string_view_literals;
    for (const auto text : {""sv,
                            "api.example.com"sv,
                            "ftp://a"sv,
                            "http://"sv,
                            "http:///x"sv,
                            "http://a:"sv,
                            "http://a:0"sv,
                            "http://a:65536"sv,
                            "http://a:1x"sv,
                            "http://a:-1"sv,
                            "http://user:pass@a"sv,
                            "http://user@a"sv,
                            "http://a?q"sv,
                            "http://a/#x"sv,
                            "http://a b"sv,
                            "http://a/b c"sv,
                            "http://a\r\nX: y"sv,
                            "http://a/\n"sv,
                            "http://a\0b"sv,
                            "http://ä"sv,
                            "http://a/../b"sv,
                            "http://a/%2E%2e/b"sv})
        EXPECT_FALSE(parse_base_url(text)) << text;
}

TEST(request_target, is_beneath_the_prefix)
{
    EXPECT_EQ(request_target("/v1", "/users/1"), "/v1/users/1");
    EXPECT_EQ(request_target("/v1", "users/1"), "/v1/users/1");
    EXPECT_EQ(request_target("/v1", ""), "/v1");
    EXPECT_EQ(request_target("/v1", "?a=b"), "/v1?a=b");
    EXPECT_EQ(request_target("", ""), "/");
    EXPECT_EQ(request_target("", "?a=b"), "/?a=b");
    EXPECT_EQ(request_target("", "users"), "/users");
}

TEST(request_target, that_would_leave_the_prefix_is_refused)
{
    for (const char* path : {"/../admin", "..", "/a/../../b", "/.", "/%2e%2e/admin", "/.%2E/admin", "/..%2fadmin",
                             "/..\\admin", "/..%5Cadmin"})
        EXPECT_FALSE(request_target("/v1", path)) << path;
    EXPECT_EQ(request_target("/v1", "/a..b/...?x=../y"), "/v1/a..b/...?x=../y");
}

TEST(request_target, encodes_what_may_not_stand_there_and_leaves_the_rest)
{
    EXPECT_EQ(request_target("", "/a b/\"ä\"?q=x+y&z=%20"), "/a%20b/%22%C3%A4%22?q=x+y&z=%20");
    EXPECT_EQ(request_target("", "/a'b,c;d:e@f"), "/a'b,c;d:e@f");
}

TEST(request_target, with_control_characters_or_a_fragment_is_refused)
{
    using namespace std::string_view_literals;
    for (const auto path : {"/a\r\nX: y"sv, "/a\n"sv, "/a\0b"sv, "/a\tb"sv, "/a\x7f"sv, "/a#b"sv})
        EXPECT_FALSE(request_target("", path)) << path;
}

} // namespace
