// Made by steward-gen from order_processor.yaml: change that file, not this one.
// clang-format off
#pragma once

#include <steward/adapters/database.hpp>
#include <steward/adapters/filesystem.hpp>
#include <steward/adapters/http.hpp>
#include <steward/fsm.hpp>
#include <steward/fsm/generated.hpp>
#include <steward/settings.hpp>
#include <steward/steward.hpp>

#include <chrono>
#include <cstdint>
#include <string_view>

/// order_processor 1.0.0
namespace order_processor {

namespace resources {
struct database : steward::resource<"database", steward::adapters::database<steward::adapters::memory>,
                                    steward::pooling::bounded<0, 10>> {};
struct api : steward::resource<"api", steward::adapters::http,
                               steward::pooling::bounded<0, 10>> {};
struct files : steward::resource<"files", steward::adapters::filesystem> {};
} // namespace resources

/// In the order in which they are acquired. Their owners and what these did can be asked for.
using catalog = steward::catalog<steward::defaults<steward::ownership::tracked, steward::metrics::sampled<64>>,
                                 resources::database, resources::api, resources::files>;

// What the machine calls. A compiler shows what is wrong with it, or that it is missing, at its line of
// order_processor.yaml.
namespace functions {
#line 21 "order_processor.yaml"
inline constexpr auto process_with_db = [](auto&... with) -> decltype(::process_with_db(with...)) { return ::process_with_db(with...); };
#line 25 "order_processor.yaml"
inline constexpr auto enrich = [](auto&... with) -> decltype(::enrich(with...)) { return ::enrich(with...); };
#line 40 "order_processor.hpp"
} // namespace functions

namespace code {
using namespace steward::literals; // "name"_r
#line 17 "order_processor.yaml"
inline constexpr auto main_start_to_process_data_condition = []([[maybe_unused]] auto& data, [[maybe_unused]] auto& resources) -> decltype(auto) { return !data.lines.empty(); };
#line 47 "order_processor.hpp"
} // namespace code

namespace main {

struct start {};
struct process_data {
    using needs = steward::needs<"database">;
    void operator()(auto& data, auto& resources) const
    {
        steward::generated::transforms<functions::process_with_db>{}(data, resources);
    }
};
struct done {
    using needs = steward::needs<"files">;
};

struct machine {
    static constexpr std::string_view name = "order_processor";
    using needs = steward::needs<"database", "api", "files">;
    using states = steward::states<start, process_data, done>;
    using final_states = steward::states<done>;
    using arcs = steward::arcs<
        steward::arc<start, process_data, steward::when<steward::generated::conditions<code::main_start_to_process_data_condition>{}>>,
        steward::arc<process_data, done, steward::needs<"api">,
                     steward::transform<steward::generated::with_roles<
                         steward::generated::transforms<functions::enrich>,
                         steward::generated::role<"service", "api">>{}>>>;
    static constexpr int max_transitions = 1000;
};

} // namespace main

using machine = main::machine;

/// Holds what the machine declares, and nothing else.
using manager = steward::manager_for<machine, catalog>;

/// The settings of the resources as order_processor.yaml has them; its variables are read when this is called.
/// Throws steward::settings_error. Settings for another place are read by settings<catalog>::from_file.
inline steward::settings<catalog> settings()
{
    return steward::settings<catalog>::from_yaml(R"yaml(
database:
  pool:
    acquire_timeout: 30s
api:
  base_url: "https://api.example.com"
  timeout: 30
files:
  base_path: data
)yaml",
                                                 "order_processor.hpp: settings()");
}

} // namespace order_processor
