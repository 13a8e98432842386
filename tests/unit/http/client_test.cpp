// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include <set>

using namespace steward::test;
using nlohmann::json;

namespace {

TEST_F(http_scene, a_response_has_a_status_headers_and_a_body)
{
    server.Get("/teapot", [](const httplib::Request&, httplib::Response& response) {
        response.status = 418;
        response.set_header("X-Kind", "teapot");
        response.set_content("short and stout", "text/plain");
    });
    const auto response = client().get("/teapot");
    EXPECT_EQ(response.status, 418);
    EXPECT_FALSE(response.ok());
    EXPECT_EQ(response.body, "short and stout");
    EXPECT_EQ(response.header("x-kIND"), "teapot");
    EXPECT_EQ(response.header("X-Other"), std::nullopt);
}

TEST_F(http_scene, each_function_has_its_method)
{
    auto api = client();
    EXPECT_EQ(api.get("/echo").body, "/echo");
    EXPECT_EQ(api.del("/echo").body, "/echo");
    EXPECT_EQ(api.head("/echo").body, "");
    api.post("/echo", "a", "text/plain");
    api.put("/echo", "b", "text/plain");
    api.patch("/echo", "c", "text/plain");
    std::string methods;
    for (const auto& request : asked)
        methods += request.method + ' ' + request.body + '\n';
    EXPECT_EQ(methods, "GET \nDELETE \nHEAD \nPOST a\nPUT b\nPATCH c\n");
}

TEST_F(http_scene, a_text_is_sent_with_its_type)
{
    EXPECT_EQ(client().post("/echo", "Hello", "text/markdown").body, "Hello");
    EXPECT_EQ(asked.at(0).get_header_value("Content-Type"), "text/markdown");
}

TEST_F(http_scene, json_is_sent_and_read)
{
    auto api = client({.headers = {{"Content-Type", "text/plain"}}});
    const json sent{{"name", "Ада"}, {"age", 36}};
    EXPECT_EQ(api.post("/echo", sent).json(), sent);
    EXPECT_EQ(asked.at(0).get_header_value("Content-Type"), "application/json");
    EXPECT_EQ(api.put("/echo", {{"a", 1}}).json(), (json{{"a", 1}}));
    EXPECT_EQ(api.patch("/echo", {1, 2}).json(), (json{1, 2}));
}

// All that a request said, but for the names that httplib's server adds: by whom it came.
std::string said_by(const httplib::Request& request)
{
    std::string said;
    for (const auto& [name, value] : request.headers)
        if (!name.starts_with("REMOTE_") && !name.starts_with("LOCAL_"))
            said += name + ": " + value + '\n';
    return said;
}

TEST_F(http_scene, a_get_says_the_same_whatever_was_sent_before_it)
{
    auto api = client({.headers = {{"X-Team", "blue"}}, .auth = bearer{"token"}});
    api.get("/echo");
    api.post("/echo", "Hello", "text/plain");
    api.get("/echo", {{"X-Team", "red"}, {"Range", "bytes=0-1"}});
    api.get("/echo");
    api.head("/echo");
    api.get("/echo");
    const std::string first = said_by(asked.at(0));
    EXPECT_TRUE(first.contains("Authorization: Bearer token\n") && first.contains("X-Team: blue\n")) << first;
    EXPECT_EQ(said_by(asked.at(3)), first);
    EXPECT_EQ(said_by(asked.at(5)), first);
    EXPECT_TRUE(said_by(asked.at(2)).contains("X-Team: red\n"));
}

TEST_F(http_scene, a_body_may_be_empty)
{
    EXPECT_EQ(client().post("/echo", "", "").body, "/echo");
    EXPECT_EQ(asked.at(0).get_header_value("Content-Length"), "0");
}

TEST_F(http_scene, the_path_of_the_base_url_survives)
{
    auto api = client({.base_url = server.url("/echo/v1/")});
    EXPECT_EQ(api.get("/users/1").body, "/echo/v1/users/1");
    EXPECT_EQ(api.get("users").body, "/echo/v1/users");
    EXPECT_EQ(api.get("").body, "/echo/v1");
}

// The parameters, not the text: some versions of cpp-httplib sort them.
TEST_F(http_scene, a_query_arrives_with_the_meaning_that_it_was_written_with)
{
    client().get("/echo?plus=1%2B1&blank=1+1&encoded=a%20b&plain=a b&letter=ä");
    const auto& request = asked.at(0);
    EXPECT_EQ(request.get_param_value("plus"), "1+1");
    EXPECT_EQ(request.get_param_value("blank"), "1 1");
    EXPECT_EQ(request.get_param_value("encoded"), "a b");
    EXPECT_EQ(request.get_param_value("plain"), "a b");
    EXPECT_EQ(request.get_param_value("letter"), "ä");
}

TEST_F(http_scene, the_headers_of_the_settings_are_sent_unless_the_request_has_its_own)
{
    auto api = client({.headers = {{"X-One", "1"}, {"X-Two", "2"}}});
    api.get("/echo", {{"x-two", "other"}, {"X-Three", "3"}});
    const auto& request = asked.at(0);
    EXPECT_EQ(request.get_header_value("X-One"), "1");
    EXPECT_EQ(request.get_header_value("X-Two"), "other");
    EXPECT_EQ(request.get_header_value_count("X-Two"), 1U);
    EXPECT_EQ(request.get_header_value("X-Three"), "3");
}

TEST_F(http_scene, a_client_says_who_it_is)
{
    client({.auth = bearer{"token"}}).get("/echo");
    client({.auth = basic{"user", "pass:word"}}).get("/echo");
    client().get("/echo");
    client({.auth = api_key{"X-API-Key", "k"}}).get("/echo");
    client({.auth = api_key{"the key", "a&b=c", api_key_place::query}}).get("/echo?x=1");
    EXPECT_EQ(asked.at(0).get_header_value("Authorization"), "Bearer token");
    EXPECT_EQ(asked.at(1).get_header_value("Authorization"), "Basic dXNlcjpwYXNzOndvcmQ=");
    EXPECT_FALSE(asked.at(2).has_header("Authorization"));
    EXPECT_EQ(asked.at(3).get_header_value("X-API-Key"), "k");
    EXPECT_EQ(asked.at(4).target, "/echo?x=1&the%20key=a%26b%3Dc");
}

TEST_F(http_scene, a_server_is_told_by_which_name_it_was_asked)
{
    client().get("/echo");
    EXPECT_EQ("http://" + asked.at(0).get_header_value("Host"), server.url());
}

TEST_F(http_scene, a_connection_stays_open_between_requests)
{
    auto api = client();
    for (int i = 0; i != 3; ++i)
        api.get("/echo");
    std::set<int> ports;
    for (const auto& request : asked)
        ports.insert(request.remote_port);
    EXPECT_EQ(ports.size(), 1U);
}

TEST_F(http_scene, a_connection_that_the_server_has_closed_is_opened_again)
{
    server.Post("/last", [](const httplib::Request&, httplib::Response& response) {
        response.set_header("Connection", "close");
        response.set_content("bye", "text/plain");
    });
    auto api = client({.retry_count = 0});
    for (int i = 0; i != 3; ++i)
        EXPECT_EQ(api.post("/last", "", "").body, "bye");
}

TEST_F(http_scene, a_client_can_be_moved)
{
    auto first = client();
    first.get("/echo");
    auto second = std::move(first);
    EXPECT_EQ(second.get("/echo/2").body, "/echo/2");
    second = client();
    EXPECT_EQ(second.get("/echo/3").body, "/echo/3");
}

} // namespace
