// SPDX-License-Identifier: BSL-1.0
//
// "Simple Resource Provider".
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>

using namespace std::chrono_literals;

namespace guide::simple_resource_provider {

// register_from_dict: what the dictionary holds is a type, so that a key that is misspelt does not compile.
struct config {
    std::string api_key;
    std::string endpoint;
};
using config_resource = steward::resource<"config", steward::adapters::value<config>>;

// create_simple_provider: static data.
struct settings {
    std::chrono::seconds timeout;
};
using settings_resource = steward::resource<"settings", steward::adapters::value<settings>>;

TEST(guide_simple_resource_provider, register_from_dict)
{
    steward::manager<config_resource> manager{
        config_resource::with({.api_key = "secret", .endpoint = "https://api.example.com"})};
    EXPECT_EQ(manager.acquire<"config">()->endpoint, "https://api.example.com");
}

TEST(guide_simple_resource_provider, register_from_dict_whose_keys_are_known_at_run_time)
{
    using dictionary = std::map<std::string, std::string>;
    using resource = steward::resource<"config", steward::adapters::value<dictionary>>;
    steward::manager<resource> manager{
        resource::with({{"api_key", "secret"}, {"endpoint", "https://api.example.com"}})};
    EXPECT_EQ(manager.acquire<"config">()->at("endpoint"), "https://api.example.com");
}

TEST(guide_simple_resource_provider, create_simple_provider)
{
    steward::manager<settings_resource> manager{settings_resource::with({.timeout = 30s})};
    auto first = manager.acquire<"settings">();
    auto second = manager.acquire<"settings">();
    EXPECT_EQ(first->timeout, 30s);
    EXPECT_EQ(first.get(), second.get()) << "all use the same";
}

// Or a function, known when the program is compiled or when the manager is built.
settings make_settings() { return {.timeout = 60s}; }

TEST(guide_simple_resource_provider, from_a_function)
{
    using made = steward::resource<"settings", steward::adapters::from_function<make_settings>>;
    steward::manager<made> manager;
    EXPECT_EQ(manager.acquire<"settings">()->timeout, 60s);
}

TEST(guide_simple_resource_provider, from_a_function_that_is_given_at_run_time)
{
    using made = steward::resource<"settings", steward::adapters::factory<settings>>;
    const auto timeout = 90s;
    steward::manager<made> manager{made::with([&] { return settings{.timeout = timeout}; })};
    EXPECT_EQ(manager.acquire<"settings">()->timeout, 90s);
}

} // namespace guide::simple_resource_provider
