// SPDX-License-Identifier: BSL-1.0
// What a user's program has of every component: a header, and something that must be linked.

#include <steward/adapters/database.hpp>
#include <steward/adapters/filesystem.hpp>
#include <steward/adapters/llm.hpp>
#include <steward/adapters/redis.hpp>
#include <steward/format.hpp>
#include <steward/settings.hpp>
#include <steward/steward.hpp>

#include "counter.hpp" // made from counter.yaml

#include "httplib_sizes.hpp" // steward's own, which run.sh puts here

#include <filesystem>

using database = steward::resource<"database", steward::adapters::database<steward::adapters::sqlite>>;
using files = steward::resource<"files", steward::adapters::filesystem>;
using cache = steward::resource<"cache", steward::adapters::redis>;
using model = steward::resource<"model", steward::adapters::llm<steward::adapters::openai>>;

int main()
{
    using namespace steward::adapters::detail;
    if (httplib_sizes_here != httplib_sizes_in_library())
        return 1;
    auto settings = steward::settings<steward::catalog<database, files>>::from_yaml(
        "database: {connection: ':memory:', journal: unchanged}");
    settings.get<"files">().base_path = std::filesystem::temp_directory_path();
    auto resources = settings.make<steward::manager<database, files>>();
    resources.acquire<"database">()->execute("create table event (name text)");
    if (resources.acquire<"files">()->exists("there is no such file"))
        return 1;
    steward::manager<model> models{model::with({.model = "gpt-4", .api_key = "no-prompt-no-key"})};
    if (!models.validate<"model">())
        return 1;
    steward::manager<cache> caches{cache::with({.host = "127.0.0.1", .port = 1})};
    if (caches.validate<"cache">()) // nobody is there
        return 1;
    fmt::print("{}\n", steward::table_of(resources));
    steward::simple_machine<counter::machine, counter::catalog> machine;
    fmt::print("counted to {}\n", machine.process(1).data);
}
