// SPDX-License-Identifier: BSL-1.0
// Of each component that is in the package: a header, and something that must be linked.

#include <steward/steward.hpp>

#if __has_include(<steward/adapters/database.hpp>)
#include <steward/adapters/database.hpp>
#endif
#if __has_include(<steward/adapters/filesystem.hpp>)
#include <steward/adapters/filesystem.hpp>
#endif
#if __has_include(<steward/adapters/http.hpp>)
#include <steward/adapters/http.hpp>
#endif
#if __has_include(<steward/adapters/llm.hpp>)
#include <steward/adapters/llm.hpp>
#endif
#if __has_include(<steward/adapters/redis.hpp>)
#include <steward/adapters/redis.hpp>
#endif
#if __has_include(<steward/format.hpp>)
#include <steward/format.hpp>
#endif
#if __has_include(<steward/settings.hpp>)
#include <steward/settings.hpp>
#endif
#if __has_include("counter.hpp")
#include "counter.hpp" // made from counter.yaml
#endif

#include <iostream>
#include <stdexcept>
#include <string_view>

namespace {

void expect(bool condition, std::string_view component)
{
    if (!condition)
        throw std::runtime_error{std::string{component} + " does not work"};
    std::cout << component << " works\n";
}

using numbers = steward::resource<"numbers", steward::adapters::value<int>, steward::pooling::bounded<0, 2>>;

void test_core()
{
    steward::manager<numbers> resources{numbers::with(42)};
    expect(*resources.acquire<"numbers">() == 42, "steward");
#if __has_include(<steward/format.hpp>)
    expect(!fmt::format("{}", steward::table_of(resources)).empty(), "format");
#endif
#if __has_include(<steward/settings.hpp>)
    const auto settings = steward::settings<steward::catalog<numbers>>::from_yaml("numbers: {pool: {max_size: 1}}");
    expect(settings.make<steward::manager<numbers>>().status<"numbers">().capacity == 1, "settings");
#endif
#if __has_include("counter.hpp")
    steward::simple_machine<counter::machine, counter::catalog> machine;
    expect(machine.process(1).data == 2, "gen");
#endif
}

void test_adapters()
{
#if __has_include(<steward/adapters/filesystem.hpp>)
    using files = steward::resource<"files", steward::adapters::filesystem>;
    steward::manager<files> areas{files::with({.base_path = "."})};
    expect(!areas.acquire<"files">()->exists("there is no such file"), "filesystem");
#endif
#if __has_include(<steward/adapters/database.hpp>)
    using database = steward::resource<"database", steward::adapters::database<steward::adapters::sqlite>>;
    steward::manager<database> databases{database::with({.connection = ":memory:"})};
    expect(databases.acquire<"database">()->query_one<int>("select 6 * ?", 7) == 42, "database");
#endif
#if __has_include(<steward/adapters/http.hpp>)
    using api = steward::resource<"api", steward::adapters::http>;
    steward::manager<api> services{api::with({.base_url = "http://127.0.0.1:1", .retry_count = 0})};
    bool refused = false;
    try {
        static_cast<void>(services.acquire<"api">()->get("/"));
    } catch (const steward::adapters::http_error& error) {
        refused = error.code() == steward::adapters::http_errc::cannot_connect; // nobody is there
    }
    expect(refused, "http");
#endif
#if __has_include(<steward/adapters/llm.hpp>)
    using model = steward::resource<"model", steward::adapters::llm<steward::adapters::openai>>;
    steward::manager<model> models{model::with({.model = "gpt-4", .api_key = "no-prompt-no-key"})};
    expect(bool(models.validate<"model">()), "llm");
#endif
#if __has_include(<steward/adapters/redis.hpp>)
    using cache = steward::resource<"cache", steward::adapters::redis>;
    steward::manager<cache> caches{cache::with({.host = "127.0.0.1", .port = 1})};
    expect(!caches.validate<"cache">(), "redis"); // nobody is there
#endif
}

} // namespace

int main()
{
    test_core();
    test_adapters();
}
