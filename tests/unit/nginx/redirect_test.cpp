// SPDX-License-Identifier: BSL-1.0
#include "unit/nginx/scene.hpp"

#include <filesystem>
#include <string>

using namespace steward::test;

namespace {

/// Tells what it was sent.
constexpr std::string_view told =
    "location /told { return 200 '$request_method $http_authorization $http_x_key $http_cookie $http_accept'; }\n"
    "location /who { return 200 '$connection'; }\n";

class nginx_redirect : public nginx_scene {};

TEST_F(nginx_redirect, to_a_folder_with_its_slash_is_followed)
{
    serve("");
    std::filesystem::create_directory(nginx->file("folder"));
    nginx->write("folder/index.html", "a folder");
    EXPECT_EQ(client().get("/folder").body, "a folder");
}

TEST_F(nginx_redirect, is_followed_whether_it_names_the_server_or_not)
{
    for (const std::string_view way : {"on", "off"}) {
        serve(std::string{told}.append("absolute_redirect ").append(way).append(";\n")
              + "location /old { return 301 /told; }");
        EXPECT_TRUE(client().get("/old").body.starts_with("GET ")) << way;
    }
}

TEST_F(nginx_redirect, takes_no_other_connection)
{
    serve(std::string{told} + "location /old { return 302 /who; }");
    auto api = client();
    const std::string first = api.get("/who").body;
    EXPECT_EQ(api.get("/old").body, first);
    EXPECT_EQ(api.post("/old", std::string(100'000, 'x'), "text/plain").body, first);
    EXPECT_EQ(api.get("/who").body, first);
}

TEST_F(nginx_redirect, to_another_server_takes_nothing_secret_along)
{
    const nginx_server other{{.server = std::string{told}}};
    serve(std::string{told} + "location /other { return 302 " + other.url("/told") + "; }\n"
          + "location /same { return 302 /told; }");
    auto api = client({.headers = {{"X-Key", "key"}}, .auth = steward::adapters::bearer{"token"}});
    EXPECT_EQ(api.get("/same", {{"Cookie", "a=b"}, {"Accept", "text/x"}}).body, "GET Bearer token key a=b text/x");
    EXPECT_EQ(api.get("/other", {{"Cookie", "a=b"}, {"Accept", "text/x"}}).body, "GET    text/x");
}

TEST_F(nginx_redirect, may_lead_to_tls_but_never_away_from_it)
{
    const nginx_server safe{{.server = std::string{told}, .tls = certificate_for{}}};
    serve(std::string{told} + "location /safe { return 301 " + safe.url("/told") + "; }");
    EXPECT_TRUE(client({.ca_file = safe.ca_file()}).get("/safe").body.starts_with("GET "));
    EXPECT_EQ(error_of([&] { client().get("/safe"); }).code(), http_errc::tls) << "whoever sent us there";

    const nginx_server leaving{
        {.server = "location / { return 301 " + nginx->url("/told") + "; }", .tls = certificate_for{}}};
    const auto error = error_of([&] { client({.base_url = leaving.url(), .ca_file = leaving.ca_file()}).get("/"); });
    EXPECT_EQ(error.code(), http_errc::redirect);
}

TEST_F(nginx_redirect, that_keeps_the_method_brings_the_body_along)
{
    serve("dav_methods PUT;\nlocation /old { client_max_body_size 0; return 307 /new; }\n"
          "location /new { client_max_body_size 0; }");
    const std::string sent(3'000'000, 'x');
    auto api = client();
    EXPECT_EQ(api.put("/old", sent, "text/plain").status, 201);
    EXPECT_TRUE(api.get("/new").body == sent);
}

TEST_F(nginx_redirect, in_a_circle_is_left)
{
    serve("location / { return 302 /; }\nlocation /count { return 200 '$connection_requests'; }");
    auto api = client({.max_redirects = 3});
    EXPECT_EQ(error_of([&] { api.get("/"); }).code(), http_errc::redirect);
    EXPECT_EQ(api.get("/count").body, "5");
}

} // namespace
