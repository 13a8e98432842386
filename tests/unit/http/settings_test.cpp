// SPDX-License-Identifier: BSL-1.0
#include "unit/http/scene.hpp"

#include <steward/settings.hpp>
#include <steward/steward.hpp>

using namespace steward::test;
using namespace std::chrono_literals;
using steward::configuration_problem;

namespace {

using api_resource = steward::resource<"api", steward::adapters::http>;
using settings_type = steward::settings<steward::catalog<api_resource>>;

std::string problems_of(const http_settings& settings)
{
    std::vector<configuration_problem> problems;
    steward::configuration_check check{"api", problems};
    steward::adapters::http::check(settings, check);
    std::string result;
    for (const configuration_problem& problem : problems)
        result.append(result.empty() ? "" : "\n").append(problem.field).append(": ").append(problem.message);
    return result;
}

http_settings with_url(http_settings settings)
{
    settings.base_url = "http://host";
    return settings;
}

TEST(http_settings, need_a_base_url_and_nothing_else)
{
    EXPECT_EQ(problems_of({}), "base_url: expected a URL such as https://api.example.com, got nothing");
    EXPECT_EQ(problems_of({.base_url = "http://host"}), "");
}

TEST(http_settings, are_named_where_they_are_wrong)
{
    EXPECT_EQ(problems_of({.base_url = "ftp://host"}), "base_url: expected a URL that begins with http:// or https://");
    EXPECT_EQ(problems_of({.base_url = "http://user:pass@host"}),
              "base_url: expected a URL without user-info, which is given as auth");
    EXPECT_EQ(problems_of(with_url({.timeout = 0ms})), "timeout: expected more than zero and at most 24 h, got 0 ms");
    EXPECT_EQ(problems_of(with_url({.timeout = std::chrono::milliseconds::max()})),
              "timeout: expected more than zero and at most 24 h, got 9223372036854775807 ms");
    EXPECT_EQ(problems_of(with_url({.connect_timeout = -1ms})),
              "connect_timeout: expected more than zero and at most 24 h, got -1 ms");
    EXPECT_EQ(problems_of(with_url({.retry_delay = -1ms})), "retry_delay: expected zero to 24 h, got -1 ms");
    EXPECT_EQ(problems_of(with_url({.headers = {{"X Y", "z"}}})), "headers: expected names of letters, digits and -");
    EXPECT_EQ(problems_of(with_url({.headers = {{"X", "y\n"}}})),
              "headers: expected a value of X without line ends and other control characters");
    EXPECT_EQ(problems_of(with_url({.headers = {{"host", "y"}}})),
              "headers: expected no header host, which the client sets");
    EXPECT_EQ(problems_of(with_url({.headers = {{"authorization", "x"}}, .auth = bearer{"t"}})),
              "auth: expected either auth or a header Authorization, got both");
    EXPECT_EQ(problems_of(with_url({.auth = bearer{""}})),
              "auth: expected a token of visible ASCII characters, at least one");
    EXPECT_EQ(problems_of(with_url({.auth = basic{"a:b", "c"}})),
              "auth: expected a user without ':', and no control characters in it or in the password");
    for (const auto& [key, message] : std::to_array<std::pair<api_key, const char*>>(
             {{{"", "v"}, "a name and a value of api_key without control characters"},
              {{"X", ""}, "a name and a value of api_key without control characters"},
              {{"X", "v\r\n"}, "a name and a value of api_key without control characters"},
              {{"k\n", "v", api_key_place::query}, "a name and a value of api_key without control characters"},
              {{"X Y", "v"}, "names of letters, digits and -"},
              {{"Host", "v"}, "no header Host, which the client sets"}}))
        EXPECT_EQ(problems_of(with_url({.auth = key})), std::string{"auth: expected "} + message);
    EXPECT_EQ(problems_of(with_url({.headers = {{"x-key", "1"}}, .auth = api_key{"X-Key", "2"}})),
              "auth: expected either auth or a header X-Key, got both");
    EXPECT_EQ(problems_of(with_url({.read_timeout = -1ms})), "read_timeout: expected zero to 24 h, got -1 ms");
    EXPECT_EQ(problems_of(with_url({.write_timeout = 25h})), "write_timeout: expected zero to 24 h, got 90000000 ms");
    EXPECT_EQ(problems_of(with_url({.ca_file = "/there/is/none"})),
              "ca_file: expected an existing file, got /there/is/none");
    for (const char* proxy : {"https://proxy:1", "http://u:hunter2@proxy:1", "proxy:1", "http://proxy:1/x"})
        EXPECT_EQ(problems_of(with_url({.proxy = proxy})),
                  "proxy: expected http://host:port, without user-info, which is given as proxy_auth");
    EXPECT_EQ(problems_of(with_url({.proxy_auth = basic{"u", "p"}})), "proxy_auth: expected a proxy as well, got none");
    EXPECT_EQ(problems_of(with_url({.proxy = "http://proxy:1", .proxy_auth = basic{"u", ""}})),
              "proxy_auth: expected a user without ':' and a password, without control characters");
    EXPECT_EQ(problems_of(with_url({.max_body = 0})), "max_body: expected at least 1 byte, got 0");
}

TEST(http_settings, are_all_named_at_once)
{
    EXPECT_EQ(problems_of({.timeout = 0ms, .max_body = 0}),
              "base_url: expected a URL such as https://api.example.com, got nothing\n"
              "timeout: expected more than zero and at most 24 h, got 0 ms\n"
              "max_body: expected at least 1 byte, got 0");
}

TEST(http_settings, of_a_client_without_a_manager_are_checked_too)
{
    EXPECT_THROW(http_client{http_settings{}}, steward::configuration_error);
}

TEST(http_settings, are_read_from_files)
{
    auto read = settings_type::from_yaml(R"(
api:
  base_url: https://api.example.com/v1
  timeout: 5s
  connect_timeout: 500ms
  headers: {Accept: application/json, X-Client: steward}
  auth: {bearer: {token: token}}
  retry_count: 2
  retry_delay: 10ms
  verify_certificates: false
  max_body: 1000
  pool: {max_size: 4}
)");
    const http_settings& api = read.get<"api">();
    EXPECT_EQ(api.base_url, "https://api.example.com/v1");
    EXPECT_EQ(api.timeout, 5s);
    EXPECT_EQ(api.connect_timeout, 500ms);
    EXPECT_EQ(api.headers.size(), 2U);
    EXPECT_EQ(api.headers.find("accept")->second, "application/json");
    ASSERT_TRUE(api.auth.bearer);
    EXPECT_EQ(api.auth.bearer->token, "token");
    EXPECT_FALSE(api.auth.basic);
    EXPECT_EQ(api.retry_count, 2U);
    EXPECT_EQ(api.retry_delay, 10ms);
    EXPECT_FALSE(api.verify_certificates);
    EXPECT_EQ(api.max_body, 1'000U);
    EXPECT_NO_THROW(static_cast<void>(read.make<steward::manager<api_resource>>()));
}

TEST(http_settings, of_one_way_to_authenticate_are_read_from_files)
{
    const char* both = "api: {base_url: 'http://h', auth: {basic: {user: u, password: p}, bearer: {token: t}}}";
    auto read = settings_type::from_yaml(both);
    EXPECT_EQ(read.get<"api">().auth.basic->password, "p");
    EXPECT_EQ(problems_of(read.get<"api">()), "auth: expected one of bearer, basic and api_key, got several");
}

TEST(http_settings, may_have_a_key_in_a_file)
{
    auto read = settings_type::from_yaml(
        "api: {base_url: 'http://h', read_timeout: 1s, auth: {api_key: {name: key, value: v, in: query}}}");
    ASSERT_TRUE(read.get<"api">().auth.api_key);
    EXPECT_EQ(read.get<"api">().auth.api_key->in, api_key_place::query);
    EXPECT_EQ(read.get<"api">().read_timeout, 1s);
}

TEST(http_settings, that_are_secret_are_not_shown_where_a_file_has_them_wrong)
{
    for (const char* text :
         {"api: {base_url: 'http://h', auth: hunter2}", "api: {base_url: 'http://h', headers: hunter2}",
          "api: {base_url: 'http://h', auth: {bearer: hunter2}}"})
        try {
            static_cast<void>(settings_type::from_yaml(text));
            ADD_FAILURE() << text;
        } catch (const steward::settings_error& error) {
            EXPECT_FALSE(std::string_view{error.what()}.contains("hunter2")) << error.what();
        }
}

} // namespace
