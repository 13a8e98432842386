// SPDX-License-Identifier: BSL-1.0
#include "unit/settings/scene.hpp"

#include <fstream>

#include <unistd.h>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

TEST(settings, keep_their_defaults_where_the_file_says_nothing)
{
    for (const char* text : {"", "# nothing\n", "{}", "---\n"}) {
        auto read = settings_type::from_yaml(text);
        EXPECT_EQ(read.get<"service">().host, "localhost") << text;
        EXPECT_EQ(read.get<"service">().port, 443) << text;
        EXPECT_FALSE(read.options<"service">().max_size) << text;
    }
}

TEST(settings, are_read_by_the_types_of_their_fields)
{
    const auto read = read_service(R"(
service:
  host: example.com
  port: -1
  retries: 7
  ratio: 2.5e-1
  verbose: true
  timeout: 1.5s
  file: /tmp/x y
  kind: green
  limit: 12
  tags: [a, "b c"]
  weights: {one: 1, two: 2}
  headers: {Accept: text/plain, X-Number: 7}
  proxy:
    host: proxy
    port: 8080
  level: 255
)");
    EXPECT_EQ(read.host, "example.com");
    EXPECT_EQ(read.port, -1);
    EXPECT_EQ(read.retries, 7U);
    EXPECT_EQ(read.ratio, 0.25);
    EXPECT_TRUE(read.verbose);
    EXPECT_EQ(read.timeout, 1500ms);
    EXPECT_EQ(read.file, "/tmp/x y");
    EXPECT_EQ(read.kind, color::green);
    EXPECT_EQ(read.limit, 12);
    EXPECT_EQ(read.tags, (std::vector<std::string>{"a", "b c"}));
    EXPECT_EQ(read.weights, (std::map<std::string, int>{{"one", 1}, {"two", 2}}));
    EXPECT_EQ(read.headers, (decltype(read.headers){{"Accept", "text/plain"}, {"X-Number", "7"}}));
    EXPECT_EQ(read.proxy.host, "proxy");
    EXPECT_EQ(read.proxy.port, 8080);
    EXPECT_EQ(read.level, 255);
}

TEST(settings, take_text_that_looks_like_something_else_as_text)
{
    EXPECT_EQ(read_service("service: {file: f, host: 'true'}").host, "true");
    EXPECT_EQ(read_service("service: {file: f, host: 12}").host, "12");
}

TEST(settings, read_times_with_a_unit_or_in_seconds)
{
    const auto timeout = [](std::string_view text) {
        return read_service("service: {file: f, timeout: " + std::string{text} + "}").timeout;
    };
    EXPECT_EQ(timeout("250ms"), 250ms);
    EXPECT_EQ(timeout("5s"), 5s);
    EXPECT_EQ(timeout("2min"), 2min);
    EXPECT_EQ(timeout("1h"), 1h);
    EXPECT_EQ(timeout("30"), 30s);
    EXPECT_EQ(timeout("0.5"), 500ms);
    EXPECT_EQ(timeout("3 s"), 3s);
}

TEST(settings, have_the_options_of_the_pool_beside_them)
{
    auto read = settings_type::from_yaml(
        "service: {file: f, pool: {max_size: 4, min_size: 1, acquire_timeout: 5s, create_in_background: true}}\n"
        "other: {file: f, pool: {acquire_timeout: 2s}}\n");
    EXPECT_EQ(read.options<"service">().max_size, 4U);
    EXPECT_EQ(read.options<"service">().min_size, 1U);
    EXPECT_EQ(read.options<"service">().acquire_timeout, 5s);
    EXPECT_EQ(read.options<"service">().create_in_background, true);
    EXPECT_FALSE(read.options<"service">().max_lifetime);
    EXPECT_EQ(read.options<"other">().acquire_timeout, 2s);
}

TEST(settings, build_every_manager_of_their_catalog_with_what_it_declares)
{
    const auto read = settings_type::from_yaml("service: {file: f, host: one, pool: {max_size: 2}}\n"
                                               "other: {file: f, host: two}\n");
    auto both = read.make<steward::manager<service, other>>();
    EXPECT_EQ(both.acquire<"service">()->settings.host, "one");
    EXPECT_EQ(both.acquire<"other">()->settings.host, "two");
    EXPECT_EQ(both.status<"service">().capacity, 2U);
    auto one = read.make<steward::manager<other>>();
    EXPECT_EQ(one.acquire<"other">()->settings.host, "two");
}

TEST(settings, that_can_be_read_but_not_used_are_refused_when_the_manager_is_built)
{
    const auto read = settings_type::from_yaml("service: {file: f, port: 1}");
    EXPECT_THROW(static_cast<void>(read.make<steward::manager<service>>()), steward::configuration_error);
    EXPECT_NO_THROW(static_cast<void>(settings_type::from_yaml("other: {file: f}").make<steward::manager<other>>()));
}

TEST(settings, may_be_changed_by_the_program)
{
    auto read = settings_type::from_yaml("service: {file: f}");
    read.get<"service">().host = "changed";
    read.options<"service">().max_size = 3;
    auto manager = read.make<steward::manager<service>>();
    EXPECT_EQ(manager.acquire<"service">()->settings.host, "changed");
    EXPECT_EQ(manager.status<"service">().capacity, 3U);
}

TEST(settings, are_read_from_json)
{
    auto read = settings_type::from_json(R"({
        "service": {"file": "f", "host": "\u00e4\/\ud83d\ude00", "verbose": true, "tags": ["a"], "timeout": 0.5}
    })");
    EXPECT_EQ(read.get<"service">().host, "\u00e4/\U0001F600");
    EXPECT_TRUE(read.get<"service">().verbose);
    EXPECT_EQ(read.get<"service">().tags, std::vector<std::string>{"a"});
    EXPECT_EQ(read.get<"service">().timeout, 500ms);
}

TEST(settings, are_read_from_files_by_the_ending_of_their_names)
{
    const auto directory = std::filesystem::temp_directory_path() / ("steward_settings_" + std::to_string(::getpid()));
    std::filesystem::create_directory(directory);
    std::ofstream{directory / "s.yaml"} << "service: {file: f, host: yaml}\n";
    std::ofstream{directory / "s.json"} << R"({"service": {"file": "f", "host": "json"}})";
    EXPECT_EQ(settings_type::from_file(directory / "s.yaml").get<"service">().host, "yaml");
    EXPECT_EQ(settings_type::from_file(directory / "s.json").get<"service">().host, "json");
    try {
        static_cast<void>(settings_type::from_file(directory / "none.yaml"));
        FAIL();
    } catch (const steward::settings_error& e) {
        EXPECT_EQ(e.what(), (directory / "none.yaml").string() + ":1:1: it cannot be read");
    }
    std::filesystem::remove_all(directory);
}

} // namespace
