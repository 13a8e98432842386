// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include "query.hpp"
#include "redirect.hpp"

#include <utility>

using namespace steward::test;
using steward::adapters::detail::encoded_component;
using steward::adapters::detail::parse_base_url;
using steward::adapters::detail::resolve;

namespace {

/// Where a Location leads from http://host/a/b?c, or an empty text.
std::string leads_to(std::string_view location)
{
    const auto to = resolve(parse_base_url("http://host").value(), "/a/b?c", location);
    return to ? to->server.origin() + to->target : "";
}

TEST(http_location, is_resolved_as_urls_are)
{
    for (const auto& [location, where] : std::to_array<std::pair<const char*, const char*>>({
             {"https://Other:8443/x?y=1#z", "https://Other:8443/x?y=1"},
             {"HTTP://[::1]:81", "http://[::1]:81/"},
             {"http://other?x", "http://other/?x"},
             {"//other/x", "http://other/x"},
             {"/x", "http://host/x"},
             {"x", "http://host/a/x"},
             {"./x/", "http://host/a/x/"},
             {"../x", "http://host/x"},
             {"../../../x", "http://host/x"},
             {"/x/./y/../z/..", "http://host/x/"},
             {".", "http://host/a/"},
             {"?x=../y", "http://host/a/b?x=../y"},
             {"#x", "http://host/a/"},
             {"/with blank/ä?q=a:b", "http://host/with%20blank/%C3%A4?q=a:b"},
             {"/x:y", "http://host/x:y"},
             {"/%2e%2e/x", "http://host/%2e%2e/x"},
             {"/\\other/x", "http://host/%5Cother/x"},
         }))
        EXPECT_EQ(leads_to(location), where) << location;
}

TEST(http_location, that_is_no_url_leads_nowhere)
{
    using namespace std::string_view_literals;
    for (const auto location : {""sv, "ftp://other/x"sv, "javascript:alert(1)"sv, "file:///etc/passwd"sv,
                                "http://user:pass@other/"sv, "http:///x"sv, "http://other:0/"sv, "//"sv,
                                "http://a b/"sv, "/x\r\nY: z"sv, "/x\0"sv, "http://other\\@host/"sv})
        EXPECT_EQ(leads_to(location), "") << location;
}

/// A server that sends its clients wherever they wish, and another one.
class http_redirect : public http_scene {
protected:
    http_redirect()
    {
        for (http_server* each : {&server, &other}) {
            const auto redirect = [](const httplib::Request& request, httplib::Response& response) {
                response.set_redirect(request.get_param_value("to"), std::stoi(request.get_param_value("status")));
                response.set_content("look there", "text/plain");
            };
            each->Get("/go", redirect);
            each->Post("/go", redirect);
            each->Put("/go", redirect);
            each->Delete("/go", redirect);
        }
        const auto echo = [this](const httplib::Request& request, httplib::Response& response) {
            asked_other.push_back(request);
            response.set_content("the other", "text/plain");
        };
        other.Get("/echo.*", echo);
        other.Post("/echo.*", echo);
        server.Get("/loop", [this](const httplib::Request&, httplib::Response& response) {
            ++loops;
            response.set_redirect("/loop");
        });
        other.Get("/back", [this](const httplib::Request&, httplib::Response& response) {
            response.set_redirect(server.url("/echo"));
        });
        other.start();
    }

    static std::string go(int status, std::string_view to)
    {
        return std::string{"/go?status="}.append(std::to_string(status)).append("&to=").append(encoded_component(to));
    }

    std::vector<httplib::Request> asked_other;
    http_server other;
    int loops = 0;
};

TEST_F(http_redirect, is_followed_on_the_same_connection)
{
    auto api = client();
    api.get("/echo/0");
    const auto response = api.get(go(302, "/echo/1"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "/echo/1");
    EXPECT_EQ(response.request, "GET " + server.url("/echo/1"));
    EXPECT_EQ(asked.at(0).remote_port, asked.at(1).remote_port);
}

TEST_F(http_redirect, keeps_or_changes_the_method_by_its_status)
{
    auto api = client();
    const auto method_after = [&](int status, const char* method) {
        api.send({.method = method, .path = go(status, "/echo"), .body = "x", .content_type = "text/x"});
        const auto& last = asked.back();
        return last.method + ' ' + last.body + ' ' + last.get_header_value("Content-Type");
    };
    for (const int status : {301, 302, 303})
        EXPECT_EQ(method_after(status, "POST"), "GET  ");
    for (const int status : {307, 308})
        EXPECT_EQ(method_after(status, "POST"), "POST x text/x");
    for (const int status : {301, 302, 307, 308})
        EXPECT_EQ(method_after(status, "PUT"), "PUT x text/x");
    EXPECT_EQ(method_after(303, "PUT"), "GET  ");
    EXPECT_EQ(method_after(303, "DELETE"), "GET  ");
}

TEST_F(http_redirect, within_the_server_takes_credentials_and_headers_along)
{
    client({.headers = {{"X-Key", "1"}}, .auth = bearer{"token"}}).get(go(302, "/echo"), {{"Cookie", "a=b"}});
    EXPECT_EQ(asked.at(0).get_header_value("Authorization"), "Bearer token");
    EXPECT_EQ(asked.at(0).get_header_value("X-Key"), "1");
    EXPECT_EQ(asked.at(0).get_header_value("Cookie"), "a=b");
}

TEST_F(http_redirect, to_another_server_takes_nothing_secret_along)
{
    auto api = client({.headers = {{"X-Key", "1"}}, .auth = basic{"user", "pass"}});
    const auto response = api.get(go(302, other.url("/echo")),
                                  {{"Cookie", "a=b"}, {"X-Own", "2"}, {"Authorization", "own"}, {"accept", "text/x"}});
    EXPECT_EQ(response.body, "the other");
    const auto& got = asked_other.at(0);
    for (const char* name : {"Authorization", "X-Key", "X-Own", "Cookie"})
        EXPECT_FALSE(got.has_header(name)) << name;
    EXPECT_EQ(got.get_header_value("Accept"), "text/x");
    EXPECT_EQ("http://" + got.get_header_value("Host"), other.url());
    EXPECT_EQ(api.get("/echo").body, "/echo") << "the next request goes to base_url again";
    EXPECT_TRUE(asked.back().has_header("Authorization"));
}

TEST_F(http_redirect, back_from_another_server_takes_nothing_secret_along_either)
{
    client({.auth = bearer{"token"}}).get(go(302, other.url("/back")), {{"Cookie", "a=b"}});
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_FALSE(asked.at(0).has_header("Authorization"));
    EXPECT_FALSE(asked.at(0).has_header("Cookie"));
}

TEST_F(http_redirect, takes_a_key_along_only_within_the_server)
{
    auto api = client({.auth = api_key{"key", "secret", api_key_place::query}});
    api.get(go(302, "/echo?a=1"));
    EXPECT_EQ(asked.at(0).target, "/echo?a=1&key=secret");
    server.Get("/moved", [this](const httplib::Request& request, httplib::Response& response) {
        response.set_redirect(other.url("/echo") + request.target.substr(request.target.find('?')));
    });
    api.get("/moved?a=1&k%65y=other&b=2");
    EXPECT_EQ(asked_other.at(0).target, "/echo?a=1&b=2");
    api.get("/moved?a=1");
    EXPECT_EQ(asked_other.at(1).target, "/echo?a=1");
    http_client{{.base_url = server.url(), .auth = api_key{"X-Key", "secret"}}}.get("/moved?a=1");
    EXPECT_FALSE(asked_other.at(2).has_header("X-Key"));
}

TEST_F(http_redirect, to_another_server_keeps_a_body_that_is_to_be_kept)
{
    client().post(go(307, other.url("/echo")), "x", "text/x");
    EXPECT_EQ(asked_other.at(0).body, "x");
}

TEST_F(http_redirect, ends_with_max_redirects)
{
    const auto error = error_of([&] { client({.max_redirects = 3}).get("/loop?token=hidden"); });
    EXPECT_EQ(error.code(), http_errc::redirect);
    EXPECT_EQ(error.status(), 302);
    EXPECT_FALSE(error.retriable());
    EXPECT_EQ(std::string{error.what()},
              "GET " + server.url("/loop")
                  + ": redirect not followed: status 302: there are more than max_redirects, 3");
    EXPECT_EQ(loops, 4);
}

TEST_F(http_redirect, is_given_to_the_caller_where_none_is_followed)
{
    const auto response = client({.max_redirects = 0}).get(go(302, "/echo"));
    EXPECT_EQ(response.status, 302);
    EXPECT_EQ(response.header("Location"), "/echo");
    EXPECT_EQ(response.body, "look there");
    EXPECT_NO_THROW(response.raise_for_status());
}

TEST_F(http_redirect, that_leads_to_no_url_is_an_error_that_does_not_show_it)
{
    const auto error = error_of([&] { client().get(go(302, "ftp://secret/x")); });
    EXPECT_EQ(error.code(), http_errc::redirect);
    EXPECT_FALSE(std::string_view{error.what()}.contains("secret")) << error.what();
}

TEST_F(http_redirect, is_followed_before_a_sink_gets_anything)
{
    std::string got;
    client().download(go(302, "/echo"), [&](std::string_view piece) {
        got += piece;
        return true;
    });
    EXPECT_EQ(got, "/echo");
}

TEST_F(http_redirect, has_no_time_of_its_own)
{
    // It may still be at it when the test has ended.
    server.Get("/slow", [hops = 0](const httplib::Request&, httplib::Response& response) mutable {
        std::this_thread::sleep_for(std::chrono::milliseconds{30});
        response.set_redirect("/slow?" + std::to_string(++hops));
    });
    auto api = client({.timeout = std::chrono::milliseconds{100}, .retry_count = 0, .max_redirects = 1000});
    EXPECT_EQ(error_of([&] { api.get("/slow"); }).code(), http_errc::timed_out);
}

} // namespace
